"""What comes before a request is one: bounded in length and in time, and refused in the house's words."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from gateway.serving import protocol
from gateway.serving.protocol import LONGEST_HEAD, BoundedProtocol
from tests.fakes.house import _Server

HEAD = b"GET / HTTP/1.1\r\nhost: ecluse\r\n"


async def hello(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer in two pieces, the second once the caller has said more."""
    if scope["type"] != "http":
        return
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"first", "more_body": True})
    while (await receive()).get("more_body"):
        continue
    await send({"type": "http.response.body", "body": b"last"})


@pytest.fixture
async def port() -> AsyncIterator[int]:
    config = uvicorn.Config(hello, "127.0.0.1", 0, http=BoundedProtocol, lifespan="off", log_config=None)
    server = _Server(config)
    async with asyncio.TaskGroup() as group:
        group.create_task(server.serve())
        await server.opened.wait()
        yield server.servers[0].sockets[0].getsockname()[1]
        server.should_exit = True


async def heard(port: int, *pieces: bytes) -> bytes:
    """Send pieces, and return all that comes until the connection is closed."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answer = b""
    with contextlib.suppress(ConnectionError):
        for piece in pieces:
            writer.write(piece)
            await writer.drain()
            await asyncio.sleep(0.05)
        while piece := await asyncio.wait_for(reader.read(65_536), 60):
            answer += piece
    writer.close()
    return answer


def told(answer: bytes) -> tuple[int, str]:
    head, _, body = answer.partition(b"\r\n\r\n")
    assert b"connection: close" in head
    return int(head.split()[1]), json.loads(body)["error"]["code"]


async def test_a_request_is_served(port: int) -> None:
    answer = await heard(port, HEAD + b"connection: close\r\n\r\n")
    assert answer.startswith(b"HTTP/1.1 200")
    assert b"last" in answer


@pytest.mark.parametrize(
    "pieces",
    [
        [HEAD, b"x-flood: 0\r\n" * (LONGEST_HEAD // 10)],
        [HEAD + b"x-flood: ", b"0" * LONGEST_HEAD],
        [b"GET /", b"0" * LONGEST_HEAD],
    ],
    ids=["many", "long", "address"],
)
async def test_a_head_without_end_is_refused(port: int, pieces: list[bytes]) -> None:
    """Would catch: memory that anybody without a key can fill."""
    assert told(await heard(port, *pieces)) == (431, "demande_trop_volumineuse")


async def test_the_next_request_of_a_connection_has_its_own_bound(port: int) -> None:
    """Would catch: a long conversation over one connection that is taken for a flood."""
    half = b"x-long: " + b"0" * (LONGEST_HEAD // 2) + b"\r\n"
    answer = await heard(port, *[HEAD + half, b"\r\n"] * 4, HEAD + b"connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200") == 5


async def test_what_is_no_http_is_refused_in_the_house_s_words(port: int) -> None:
    assert told(await heard(port, b"\x16\x03\x01\x02\x00\x01\r\n\r\n")) == (400, "requete_invalide")


async def test_nonsense_in_mid_answer_writes_nothing_into_it(port: int) -> None:
    """Would catch: an error that the reader of a stream takes for a piece of its answer."""
    answer = await heard(port, b"POST / HTTP/1.1\r\nhost: a\r\ntransfer-encoding: chunked\r\n\r\n", b"nonsense\r\n")
    assert answer.endswith(b"first\r\n")


async def test_a_head_is_not_waited_for_without_end(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: connections kept by whoever opens them and says nothing, or half of something."""
    monkeypatch.setattr(protocol, "HEAD_SECONDS", 0.1)
    assert told(await heard(port, HEAD)) == (408, "requete_invalide")
    assert await heard(port) == b""
