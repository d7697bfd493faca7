"""A bare OpenAI-compatible server, as cheap as Python allows, so that what is measured is the gateway.

Echoes the last message; streams it in pieces of four characters. Prints its port on the first line.
"""

import asyncio
import json

import uvloop

HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: "
PIECE = 4


class Echo(asyncio.Protocol):
    """Answers one request after the other on a connection."""

    def __init__(self) -> None:
        self.buffer = b""
        self.transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep the transport."""
        self.transport = transport  # type: ignore[assignment]

    def data_received(self, data: bytes) -> None:
        """Answer each whole request that the buffer holds."""
        self.buffer += data
        while (end := self.buffer.find(b"\r\n\r\n")) >= 0:
            length = next(
                (
                    int(line[15:])
                    for line in self.buffer[:end].lower().split(b"\r\n")
                    if line.startswith(b"content-length:")
                ),
                0,
            )
            if len(self.buffer) < end + 4 + length:
                return
            body, self.buffer = self.buffer[end + 4 : end + 4 + length], self.buffer[end + 4 + length :]
            assert self.transport is not None  # noqa: S101  (asyncio calls connection_made first)
            self.transport.write(answer(json.loads(body) if body else {}))


def answer(request: dict) -> bytes:
    """Return the whole HTTP response to a chat completion request."""
    text = request.get("messages", [{"content": "ok"}])[-1]["content"]
    usage = {"prompt_tokens": len(text) // 4, "completion_tokens": len(text) // 4, "total_tokens": len(text) // 2}
    base = {"id": "chatcmpl-bench", "created": 0, "model": "bench"}
    if not request.get("stream"):
        message = {"role": "assistant", "content": text}
        choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
        body = json.dumps({**base, "object": "chat.completion", "choices": choices, "usage": usage}).encode()
        return HEAD + b"application/json\r\ncontent-length: %d\r\n\r\n" % len(body) + body
    deltas = [{"content": text[start : start + PIECE]} for start in range(0, len(text), PIECE)]
    events = [{"choices": [{"index": 0, "delta": delta, "finish_reason": None}]} for delta in deltas]
    events += [{"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}, {"choices": [], "usage": usage}]
    lines = [json.dumps({**base, "object": "chat.completion.chunk", **event}) for event in events]
    body = b"".join(f"data: {line}\n\n".encode() for line in [*lines, "[DONE]"])
    return HEAD + b"text/event-stream\r\ncontent-length: %d\r\n\r\n" % len(body) + body


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.get_running_loop().create_server(Echo, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
