"""What was found in texts already seen, without the texts: clients send their history again at each turn."""

import hashlib
import hmac
import secrets
from collections import OrderedDict
from collections.abc import Sequence

from filters.identifiers.entity import Span
from filters.identifiers.text import Text


class SpanCache:
    """Keeps offsets and labels by keyed hash of a text; the key dies with the process, the least used go first.

    Nothing of a text can be read from it, and whether a text was seen can be asked only with the key.
    """

    def __init__(self, entries: int, characters: int = 20_000_000) -> None:
        """Bound the number of texts, and the sum of their lengths, which bounds the number of spans."""
        self._most_entries, self._most_characters = entries, characters
        self._key = secrets.token_bytes(32)
        self._found: OrderedDict[bytes, tuple[int, tuple[Span, ...]]] = OrderedDict()
        self._characters = 0

    def get(self, text: Text) -> tuple[Span, ...] | None:
        """Return what was found in `text`, or None where that is not known (any more)."""
        digest = self._digest(text)
        known = self._found.get(digest)
        if known is None:
            return None
        self._found.move_to_end(digest)
        return known[1]

    def put(self, text: Text, spans: Sequence[Span]) -> None:
        """Keep what was found in `text`."""
        digest, length = self._digest(text), len(text.value)
        if self._most_entries < 1 or length > self._most_characters:
            return
        replaced = self._found.pop(digest, None)
        self._characters += length - (replaced[0] if replaced else 0)
        self._found[digest] = (length, tuple(spans))
        while len(self._found) > self._most_entries or self._characters > self._most_characters:
            _, (dropped, _) = self._found.popitem(last=False)
            self._characters -= dropped

    def __len__(self) -> int:
        return len(self._found)

    def _digest(self, text: Text) -> bytes:
        # Lengths first: no two different texts may give the same bytes.
        head = f"{len(text.field)}:{int(text.bare)}:".encode()
        body = f"{text.field}{text.value}".encode("utf-8", "surrogatepass")
        return hmac.digest(self._key, head + body, hashlib.sha256)
