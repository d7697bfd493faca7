"""A bare OpenAI-compatible server: streams as many pieces as it is asked for, at once or one after the other.

`max_tokens` says how many pieces, `seed` how many microseconds lie between two. Prints its port on the first line.
"""

import asyncio
import itertools
import json

import uvloop

BASE = {"id": "chatcmpl-bench", "created": 0, "model": "bench"}
USAGE = {"prompt_tokens": 11, "completion_tokens": 7, "total_tokens": 18}
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"


def framed(line: str) -> bytes:
    """Return one event in one piece of HTTP."""
    event = f"data: {line}\n\n".encode()
    return b"%x\r\n%s\r\n" % (len(event), event)


def wire(**fields: object) -> bytes:
    """Return one chunk of an answer."""
    return framed(json.dumps({**BASE, "object": "chat.completion.chunk", **fields}))


def delta(content: str | None, finish: str | None = None) -> bytes:
    """Return one chunk with a piece of text, as vLLM writes it."""
    inner = {"content": content} if content is not None else {}
    return wire(choices=[{"index": 0, "delta": inner, "logprobs": None, "finish_reason": finish, "token_ids": None}])


PIECES = [delta(f" mot{number},") for number in range(50)]
"""No two alike one after the other: litellm takes a repetition for a broken model."""
END = delta(None, "stop") + wire(choices=[], usage=USAGE) + framed("[DONE]") + b"0\r\n\r\n"


def whole() -> bytes:
    """Return a whole answer."""
    message = {"role": "assistant", "content": "Bonjour"}
    choices = [{"index": 0, "message": message, "finish_reason": "stop"}]
    body = json.dumps({**BASE, "object": "chat.completion", "choices": choices, "usage": USAGE}).encode()
    return b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n%s" % (len(body), body)


async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
    """Answer the requests of one connection."""
    while head := await _head(reader):
        length = next(int(line[15:]) for line in head.lower().split(b"\r\n") if line.startswith(b"content-length:"))
        asked = json.loads(await reader.readexactly(length))
        if not asked.get("stream"):
            writer.write(whole())
        elif not (pause := asked.get("seed") or asked.get("random_seed")):
            writer.write(HEAD + b"".join(itertools.islice(itertools.cycle(PIECES), asked["max_tokens"])) + END)
        else:
            writer.write(HEAD)
            for piece in itertools.islice(itertools.cycle(PIECES), asked["max_tokens"]):
                writer.write(piece)
                await asyncio.sleep(pause / 1_000_000)
            writer.write(END)
        await writer.drain()
    writer.close()


async def _head(reader: asyncio.StreamReader) -> bytes:
    try:
        return await reader.readuntil(b"\r\n\r\n")
    except (asyncio.IncompleteReadError, ConnectionError):
        return b""


async def main() -> None:
    """Serve until killed."""
    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    print(server.sockets[0].getsockname()[1], flush=True)
    await server.serve_forever()


if __name__ == "__main__":
    uvloop.run(main())
