"""Putting the values of one request back into whole texts."""

import re

from filters.identifiers.placeholders import BARE, read_bare
from filters.identifiers.stream import StreamRestorer, Tally
from filters.identifiers.vault import Vault


class Restorer:
    """Restores what one request masked, and nothing else; counts through all the texts of its answer.

    One pass: restored text is never read again, so a value that looks like a placeholder is not expanded.
    Nothing can fail: what is unknown or damaged stays visible and is counted, never guessed.
    """

    def __init__(self, vault: Vault) -> None:
        self._vault, self._tally = vault, Tally()

    def restore(self, text: str, *, json_escaped: bool = False, bare: bool = False) -> str:
        """Return `text` with each placeholder replaced by its value.

        `json_escaped`: `text` is JSON, so that values are escaped as inside a JSON string. `bare`: `text` is a name
        in which brackets are illegal; only exact bare placeholders are looked for.
        """
        if bare:
            return BARE.sub(self._bare, text)
        stream = self.stream(json_escaped=json_escaped)
        return stream.feed(text) + stream.flush()

    def stream(self, *, json_escaped: bool = False) -> StreamRestorer:
        """Return a restorer for one text that will come in pieces."""
        return StreamRestorer(self._vault, self._tally, json_escaped=json_escaped)

    @property
    def lost(self) -> int:
        """Return how many damaged placeholders were left visible."""
        return self._tally.lost

    @property
    def unknown(self) -> int:
        """Return how many placeholders of no value of this request were left visible."""
        return self._tally.unknown

    def _bare(self, match: re.Match[str]) -> str:
        placeholder = read_bare(match)
        value = self._vault.values.get(placeholder) if placeholder else None
        if value is None:
            self._tally.unknown += placeholder is not None and not self._vault.is_typed(placeholder)
            return match[0]
        return value
