"""A stream of server-sent events, read to the letter: litellm drops what it cannot read, and a text that says `[DONE]`.

What cannot be read raises `UpstreamRefusedError`: an answer that lacks a piece is no answer.
"""

import json
from collections.abc import AsyncGenerator, AsyncIterable, Iterable
from typing import Any, Final

import orjson

from gateway.errors import UpstreamRefusedError

LONGEST_LINE: Final = 16_000_000
"""Bytes of one event; a server that never ends its line would fill the memory."""

_DONE: Final = b"[DONE]"

_NOT_DATA: Final = (b":", b"event:", b"id:", b"retry:")
"""A comment, which servers send to keep a connection open, and the fields that say nothing of an answer."""

_UNREADABLE: Final = object()


class EventReader:
    """Reads one stream, however it is cut; each byte is looked at once.

    An event of several `data:` lines is read at the blank line after it. One that is whole in its line is read at once:
    some servers part their events by a single line end.
    """

    def __init__(self) -> None:
        self.done = False
        """Whether the stream has said that it is done; nothing after it is read."""
        self._begun: list[bytes] = []
        self._lines: list[bytes] = []
        self._held = 0
        """Bytes of the line that has begun and of the event that is not over."""
        self._returned = False
        """Whether the piece before ended in \\r, of which a \\n may still be part."""

    def feed(self, piece: bytes) -> list[dict[str, Any]]:
        """Return the objects of the events that end in `piece`."""
        if self._returned and piece.startswith(b"\n"):
            piece = piece[1:]
            self._returned = False
        if not piece or self.done:
            return []
        # On bytes, which a text's own line separators (U+2028) do not cut.
        lines = piece.splitlines()
        self._returned = piece.endswith(b"\r")
        rest = b"" if piece.endswith((b"\n", b"\r")) else lines.pop()
        if lines and self._begun:
            self._held -= sum(map(len, self._begun))
            lines[0] = b"".join([*self._begun, lines[0]])
            self._begun.clear()
        if rest:
            self._begun.append(rest)
            self._hold(rest)
        return self._events(lines)

    def finish(self) -> list[dict[str, Any]]:
        """Return the objects that the end of the stream ends: its last line needs no end."""
        rest = b"".join(self._begun)
        self._begun.clear()
        return [] if self.done else self._events([rest, b""])

    def _events(self, lines: Iterable[bytes]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = []
        for line in lines:
            if (event := self._event(line)) is not None:
                found.append(event)
            if self.done:
                break
        return found

    def _event(self, line: bytes) -> dict[str, Any] | None:
        """Return what a whole line ends; None where it ends nothing."""
        if not line:
            return self._over() if self._lines else None
        named = line.startswith(b"data:")
        data = line[5:].strip() if named else line.strip()
        if not self._lines:
            if not data or (not named and line.startswith(_NOT_DATA)):
                return None
            if data == _DONE:
                self.done = True
                return None
            if (read := _read(data)) is not _UNREADABLE or not named:
                return _object(read)
        if named:
            self._lines.append(data)
            self._hold(data)
        return None

    def _over(self) -> dict[str, Any]:
        data = b"\n".join(self._lines)
        self._held -= sum(map(len, self._lines))
        self._lines.clear()
        return _object(_read(data))

    def _hold(self, data: bytes) -> None:
        self._held += len(data)
        if self._held > LONGEST_LINE:
            raise UpstreamRefusedError("an event without end")


async def events(pieces: AsyncIterable[bytes]) -> AsyncGenerator[dict[str, Any] | None, None]:
    """Yield the object of each event, then None where the stream says that it is done; nothing after it is read."""
    reader = EventReader()
    async for piece in pieces:
        for event in reader.feed(piece):
            yield event
        if reader.done:
            break
    for event in reader.finish():
        yield event
    if reader.done:
        yield None


def parsed(data: bytes) -> dict[str, Any]:
    """Return the object that `data` spells; raises `UpstreamRefusedError` where it spells none."""
    return _object(_read(data))


def _read(data: bytes) -> Any:  # noqa: ANN401 - whatever JSON holds
    try:
        return orjson.loads(data)
    except ValueError:
        pass
    try:
        return json.loads(data)  # which reads half a surrogate pair, and endless numbers
    except (ValueError, RecursionError):
        return _UNREADABLE


def _object(read: Any) -> dict[str, Any]:  # noqa: ANN401 - whatever JSON holds
    if isinstance(read, dict):
        return read
    raise UpstreamRefusedError("an event that is no object")
