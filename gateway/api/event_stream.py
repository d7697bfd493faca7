"""A streamed answer as server-sent events, in the exact format that OpenAI's clients read.

Nothing is sent until the first event has come, so that a refusal keeps its HTTP status. What fails later is said in
one `error` event, and the stream ends without `[DONE]`: an answer that lacks its end is not an answer.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Callable, Iterator, Mapping
from contextlib import aclosing
from dataclasses import dataclass, field
from typing import Any

import orjson
from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from typing_extensions import override

from gateway.api.connection import GONE, CallerGoneError, while_connected
from gateway.api.context import Note
from gateway.api.problems import Problem
from gateway.api.translation import Envelope, usage
from gateway.conversation import Chunk
from gateway.errors import UpstreamRefusedError
from gateway.pipeline import StreamEnd, StreamEvent, StreamStart

DONE = b"data: [DONE]\n\n"


@dataclass(slots=True)
class Encoder:
    """Writes the events of one answer; `include_usage` asks for a chunk of its own with the tokens."""

    created: int
    model: str
    include_usage: bool
    _introduced: set[int] = field(default_factory=set)
    _envelope: Envelope | None = None

    def encode(self, event: StreamEvent) -> Iterator[bytes]:
        """Yield the server-sent events of `event`; the last chunk carries the marks, and `[DONE]` follows it."""
        match event:
            case StreamStart():
                self._envelope = Envelope(event.opening.output_id, self.created, self.model)
            case Chunk() if event.deltas:
                yield _event(self._chunk(event))
            case Chunk():
                return
            case StreamEnd():
                yield from self._end(event)

    def _end(self, event: StreamEnd) -> Iterator[bytes]:
        last = self._chunk(event.last)
        if self.include_usage:
            yield _event(last)
            last = self._chunk(Chunk(event.last.route)) | {"usage": usage(event.usage)}
        yield _event(last | {"ecluse": event.marks.body})
        yield DONE

    def _chunk(self, chunk: Chunk) -> dict[str, Any]:
        if self._envelope is None:
            raise RuntimeError("a stream begins with its start")
        wire = self._envelope.chunk(chunk, self._introduced)
        return wire | {"usage": None} if self.include_usage else wire


class EventStream(Response):
    """Sends the events of a pipeline as they come; the caller's leaving closes the pipeline and the model's answer.

    What the pipeline raises before its first event is raised by this response, before anything is sent.
    """

    def __init__(
        self,
        events: AsyncGenerator[StreamEvent, None],
        encoder: Encoder,
        note: Note,
        told: Callable[[Exception], Problem],
    ) -> None:
        """`told` turns what breaks a stream that has begun into what its reader is told."""
        super().__init__()
        self.events, self.encoder, self.note, self.told = events, encoder, note, told

    @override
    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send the stream; raises `CallerGoneError` where the caller leaves before it has begun."""
        begun = False
        try:
            async with while_connected(receive), aclosing(self.events) as events:
                first = await anext(events)
                if not isinstance(first, StreamStart):
                    raise UpstreamRefusedError
                self.note.output_id = first.opening.output_id
                begun = True
                await send(_head(first.headers))
                async for piece in self._pieces(first, events):
                    await send({"type": "http.response.body", "body": piece, "more_body": True})
                await send({"type": "http.response.body", "body": b""})
        except CallerGoneError:
            self.note.code = GONE
            if not begun:
                raise

    async def _pieces(self, first: StreamEvent, events: AsyncGenerator[StreamEvent, None]) -> AsyncIterator[bytes]:
        try:
            for piece in self.encoder.encode(first):
                yield piece
            async for event in events:
                for piece in self.encoder.encode(event):
                    yield piece
        except Exception as error:  # noqa: BLE001 - whatever it is, the reader is told that the answer is cut
            yield _framed(self.told(error).body())


def _head(marks: Mapping[str, str]) -> dict[str, Any]:
    headers = {
        **marks,
        "Content-Type": "text/event-stream; charset=utf-8",
        "Cache-Control": "no-store",
        # Tells reverse proxies (nginx) not to collect the stream before passing it on.
        "X-Accel-Buffering": "no",
    }
    raw = [(name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in headers.items()]
    return {"type": "http.response.start", "status": 200, "headers": raw}


def _event(wire: dict[str, Any]) -> bytes:
    return _framed(orjson.dumps(wire))


def _framed(data: bytes) -> bytes:
    return b"data: " + data + b"\n\n"
