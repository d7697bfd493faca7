"""Restoring while an answer comes in: only what could still become a placeholder is held back."""

import json
import re
from dataclasses import dataclass

from filters.identifiers.placeholders import BRACKETED, LONGEST, UNFINISHED, could_become, damaged, read
from filters.identifiers.vault import Vault

_SPECIAL = frozenset("[［【\\")


@dataclass(slots=True)
class Tally:
    """Placeholders of an answer that could not be put back."""

    lost: int = 0
    """Damaged beyond reading."""
    unknown: int = 0
    """Well formed, but of no value of this request."""


class StreamRestorer:
    """Restores one text that comes in pieces; one instance for each text.

    However the text is cut, the pieces returned make up the same whole. What is restored is never read again. At most
    one placeholder's length is held back. Nothing can fail: what cannot be restored stays as it is and is counted.
    """

    def __init__(self, vault: Vault, tally: Tally, *, json_escaped: bool) -> None:
        """`json_escaped`: the text is JSON, so that values are escaped as inside a JSON string."""
        self._vault, self._tally, self._json_escaped = vault, tally, json_escaped
        self._held = ""

    def feed(self, piece: str) -> str:
        """Return what is certain once `piece` has come."""
        if not self._held and _SPECIAL.isdisjoint(piece):
            return piece
        text = self._held + piece
        cut = self._certain(text)
        self._held = text[cut:]
        return self._restored(text[:cut], ended=False)

    def flush(self) -> str:
        """Return what was held back, at the end of the text."""
        text, self._held = self._held, ""
        return self._restored(text, ended=True)

    def _certain(self, text: str) -> int:
        match = UNFINISHED.search(text, max(0, len(text) - LONGEST))
        if match is None:
            return len(text)
        inside = match["inside"]
        if inside is None or could_become(inside, json_escaped=self._json_escaped):
            return match.start()
        # Not this bracket; but the next one may come, and the end of this text be its escape.
        return len(text[:-2] + text[-2:].rstrip("\\"))

    def _restored(self, text: str, *, ended: bool) -> str:
        def replaced(match: re.Match[str]) -> str:
            return self._replaced(match, ended=ended and match.end() + len(match["unclosed"] or "") == len(text))

        return BRACKETED.sub(replaced, text)

    def _replaced(self, match: re.Match[str], *, ended: bool) -> str:
        inside = match["inside"]
        placeholder = read(inside, json_escaped=self._json_escaped) if inside is not None else None
        if placeholder is None:
            closed = inside is not None
            label = damaged(inside if closed else match["unclosed"], ended=closed or ended)
            self._tally.lost += label is not None and self._vault.is_lost(label)
            return match[0]
        value = self._vault.values.get(placeholder)
        if value is None:
            self._tally.unknown += not self._vault.is_typed(placeholder)
            return match[0]
        if self._json_escaped:
            value = json.dumps(value, ensure_ascii=False)[1:-1]
        # `\[NOM_1\]`: both escapes go, or none; a backslash before an unescaped bracket is the text's own.
        escape = match["escape"]
        return value if inside.endswith(escape or "\\") else escape + value
