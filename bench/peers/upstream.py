"""A bare OpenAI-compatible server that echoes the last message, as cheap as Python allows.

A stream comes in 300 pieces, one each five milliseconds. After `/record` it keeps the requests that it gets, for
`/seen`, so that what reached it in clear can be counted. Prints its port on the first line.
"""

import asyncio
import itertools

import orjson
import uvloop

PIECES = 300
PERIOD = 0.005
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: "
BASE = {"id": "chatcmpl-bench", "created": 0, "model": "bench"}


class Echo(asyncio.Protocol):
    """Answers one request after the other on a connection."""

    seen: list[bytes] | None = None
    transport: asyncio.Transport

    def __init__(self) -> None:
        self.buffer = b""
        self.streams: set[asyncio.Task[None]] = set()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport  # type: ignore[assignment]

    def connection_lost(self, _: Exception | None) -> None:
        """Stop what is being streamed to nobody."""
        for stream in self.streams:
            stream.cancel()

    def data_received(self, data: bytes) -> None:
        """Answer each whole request that the buffer holds."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            head = self.buffer[:end].lower()
            at = head.find(b"content-length:")
            length = int(head[at + 15 :].split(b"\r\n", 1)[0]) if at >= 0 else 0
            if len(self.buffer) < end + 4 + length:
                return
            body, self.buffer = self.buffer[end + 4 : end + 4 + length], self.buffer[end + 4 + length :]
            self.asked(head.split(b" ", 2)[1], body)

    def asked(self, path: bytes, body: bytes) -> None:
        """Answer one request."""
        if path == b"/record":
            Echo.seen = []
            return self.transport.write(whole(b"{}"))
        if path == b"/seen":
            kept, Echo.seen = Echo.seen or [], None
            return self.transport.write(whole(b"[" + b",".join(kept) + b"]"))
        if not body:
            return self.transport.write(whole(b'{"object":"list","data":[]}'))
        if Echo.seen is not None:
            Echo.seen.append(body)
        request = orjson.loads(body)
        text = request["messages"][-1]["content"]
        if isinstance(text, list):
            text = "".join(part.get("text", "") for part in text)
        if not request.get("stream"):
            return self.transport.write(whole(completion(text)))
        stream = asyncio.get_running_loop().create_task(self.streamed(text))
        self.streams.add(stream)
        return stream.add_done_callback(self.streams.discard)

    async def streamed(self, text: str) -> None:
        """Send the pieces, each at its time: a pause that lasts too long is made up for."""
        loop = asyncio.get_running_loop()
        self.transport.write(HEAD + b"text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n")
        start = loop.time()
        for number, piece in enumerate(pieces(text), 1):
            await asyncio.sleep(start + number * PERIOD - loop.time())
            self.transport.write(event([{"index": 0, "delta": {"content": piece}, "finish_reason": None}]))
        self.transport.write(
            event([{"index": 0, "delta": {}, "finish_reason": "stop"}]) + chunk(b"data: [DONE]\n\n") + b"0\r\n\r\n"
        )


def pieces(text: str) -> list[str]:
    """Return the text in 300 pieces; fewer where it has fewer characters."""
    cuts = [len(text) * number // PIECES for number in range(PIECES + 1)]
    return [text[left:right] for left, right in itertools.pairwise(cuts) if left < right]


def whole(body: bytes) -> bytes:
    """Return a whole HTTP response."""
    return HEAD + b"application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body


def completion(text: str) -> bytes:
    """Return a chat completion."""
    usage = {"prompt_tokens": len(text) // 4, "completion_tokens": len(text) // 4, "total_tokens": len(text) // 2}
    choice = {"index": 0, "message": {"role": "assistant", "content": text}, "finish_reason": "stop"}
    return orjson.dumps({**BASE, "object": "chat.completion", "choices": [choice], "usage": usage})


def event(choices: list[dict[str, object]]) -> bytes:
    """Return one event of a stream."""
    return chunk(b"data: " + orjson.dumps({**BASE, "object": "chat.completion.chunk", "choices": choices}) + b"\n\n")


def chunk(data: bytes) -> bytes:
    """Return a chunk of HTTP."""
    return b"%x\r\n%b\r\n" % (len(data), data)


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
