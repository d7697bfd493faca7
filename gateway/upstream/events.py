"""A stream of server-sent events, read to the letter: litellm drops what it cannot read, and a text that says `[DONE]`.

What cannot be read raises `UpstreamRefusedError`: an answer that lacks a piece is no answer.
"""

import json
import re
from collections.abc import AsyncGenerator, AsyncIterable
from typing import Final

from gateway.errors import UpstreamRefusedError
from gateway.structures import Json

LONGEST_LINE: Final = 16_000_000
"""Bytes of one event; a server that never ends its line would fill the memory."""

_DONE: Final = b"[DONE]"
_LINE_END: Final = re.compile(rb"[\r\n]")
"""Bytes, since a text may hold other characters that end a line (U+2028)."""

_NOT_DATA: Final = (b":", b"event:", b"id:", b"retry:")
"""A comment, which servers send to keep a connection open, and the fields that say nothing of an answer."""


async def events(pieces: AsyncIterable[bytes]) -> AsyncGenerator[dict[str, Json] | None, None]:
    """Yield the object of each event, then None where the stream says that it is done; nothing after it is read."""
    rest = b""
    async for piece in pieces:
        *lines, rest = _LINE_END.split(rest + piece)
        if len(rest) > LONGEST_LINE:
            raise UpstreamRefusedError("an event without end")
        for line in lines:
            if (data := _data(line)) == _DONE:
                yield None
                return
            if data:
                yield _object(data)
    if data := _data(rest):
        yield None if data == _DONE else _object(data)


def _data(line: bytes) -> bytes:
    return b"" if line.startswith(_NOT_DATA) else line.removeprefix(b"data:").strip()


def _object(data: bytes) -> dict[str, Json]:
    try:
        event = json.loads(data)
    except (ValueError, RecursionError):
        event = None
    if not isinstance(event, dict):
        raise UpstreamRefusedError("an event that is no object")
    return event
