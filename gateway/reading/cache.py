"""What was recognised in texts already seen, without the texts: clients send their history again at each turn."""

import hashlib
import hmac
import secrets
from collections import OrderedDict

from policies.facts import Recognition


class RecognitionCache:
    """Keeps findings by keyed hash of a text; the key dies with the process, the least used go first.

    Findings are ids from closed lists: nothing of a text can be read from them.
    """

    def __init__(self, entries: int) -> None:
        self._most = entries
        self._key = secrets.token_bytes(32)
        self._found: OrderedDict[bytes, Recognition] = OrderedDict()

    def get(self, text: str) -> Recognition | None:
        """Return what was recognised in `text`, or None where that is not known (any more)."""
        digest = self._digest(text)
        found = self._found.get(digest)
        if found is not None:
            self._found.move_to_end(digest)
        return found

    def put(self, text: str, found: Recognition) -> None:
        """Keep what was recognised in `text`."""
        if self._most < 1:
            return
        self._found[self._digest(text)] = found
        if len(self._found) > self._most:
            self._found.popitem(last=False)

    def _digest(self, text: str) -> bytes:
        return hmac.digest(self._key, text.encode("utf-8", "surrogatepass"), hashlib.sha256)
