"""The service as a proxy meets it: bytes over a connection."""

import asyncio
import contextlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.outbound.attempt import Attempt
from gateway.outbound.icap.message import LONGEST, IcapError, IcapRequest
from gateway.outbound.icap.server import IcapServer
from gateway.outbound.judge import PolicyJudge
from tests.fakes.policies_in_force import PAGE, put


class Wire:
    """One connection to a server."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self.reader, self.writer = reader, writer

    async def ask(
        self, http: str, body: bytes = b"", *, service: str = "reqmod", headers: str = "Allow: 204\r\n"
    ) -> str:
        """Send a request and return the answer's head."""
        self.writer.write(request(http, body, service=service, headers=headers))
        return (await self.reader.readuntil(b"\r\n\r\n")).decode()

    async def encapsulated(self, head: str) -> str:
        """Return what an answer holds: its head, and its body where it has one."""
        ends = int(head.partition("-body=")[2].partition("\r")[0])
        text = (await self.reader.readexactly(ends)).decode()
        if "null-body" in head:
            return text
        while size := int((await self.reader.readuntil(b"\r\n")).strip(), 16):
            text += (await self.reader.readexactly(size + 2))[:-2].decode()
        await self.reader.readuntil(b"\r\n")
        return text


def request(http: str, body: bytes = b"", *, service: str = "reqmod", headers: str = "") -> bytes:
    head = (http.replace("\n", "\r\n") + "\r\n\r\n").encode()
    kind = "req-body" if body else "null-body"
    icap = f"REQMOD icap://127.0.0.1/{service} ICAP/1.0\r\nHost: x\r\nX-Client-IP: 10.0.0.1\r\n{headers}"
    return icap.encode() + f"Encapsulated: req-hdr=0, {kind}={len(head)}\r\n\r\n".encode() + head + body


@pytest.fixture
async def counted() -> list[Attempt]:
    return []


@pytest.fixture
async def wire(tmp_path: Path, counted: list[Attempt]) -> AsyncIterator[Wire]:
    put(tmp_path)
    server = IcapServer(PolicyJudge(tmp_path), counted.append)
    reader, writer = await asyncio.open_connection("127.0.0.1", await server.start("127.0.0.1", 0))
    yield Wire(reader, writer)
    writer.close()
    await server.close()


async def test_options_say_what_the_service_does(wire: Wire) -> None:
    wire.writer.write(b"OPTIONS icap://127.0.0.1/reqmod ICAP/1.0\r\nHost: x\r\n\r\n")
    head = (await wire.reader.readuntil(b"\r\n\r\n")).decode()
    assert head.startswith("ICAP/1.0 200")
    for line in ("Methods: REQMOD", "Allow: 204", "Preview: 0", "X-Include: X-Client-IP, X-Client-Username"):
        assert line in head


async def test_one_connection_serves_many(wire: Wire) -> None:
    for _ in range(3):
        assert (await wire.ask("GET http://has-sante.example/ HTTP/1.1\nHost: x")).startswith("ICAP/1.0 204")
    head = await wire.ask("GET http://chatgpt.com/c/1?q=x HTTP/1.1\nHost: chatgpt.com\nAccept: text/html")
    assert f"Location: {PAGE}?service=chatgpt\r\n" in await wire.encapsulated(head)
    head = await wire.ask("POST https://api.openai.com/v1 HTTP/1.1\nHost: api.openai.com", b"2\r\n{}\r\n0\r\n\r\n")
    text = await wire.encapsulated(head)
    assert text.startswith("HTTP/1.1 403")
    assert json.loads(text.partition("\r\n\r\n")[2])["error"]["service"] == "chatgpt"
    assert (await wire.ask("GET / HTTP/1.1\nHost: has-sante.example")).startswith("ICAP/1.0 204")


async def test_the_host_is_found_wherever_it_stands(wire: Wire) -> None:
    for http in (
        "CONNECT chatgpt.com:443 HTTP/1.1\nHost: has-sante.example",
        "GET http://user:pass@chatgpt.com:80/ HTTP/1.1\nHost: has-sante.example",
        "GET / HTTP/1.1\nhost:  ChatGPT.com.",
    ):
        head = await wire.ask(http)
        assert head.startswith("ICAP/1.0 200"), http
        await wire.encapsulated(head)


async def test_a_preview_is_enough(wire: Wire) -> None:
    """The rest of a file that is refused would leave the workstation for nothing."""
    headers = "Preview: 4\r\n"
    head = await wire.ask("POST http://chatgpt.com/ HTTP/1.1", b"4\r\nabcd\r\n0\r\n\r\n", headers=headers)
    assert (await wire.encapsulated(head)).startswith("HTTP/1.1 403")
    shown = b"2\r\nab\r\n0; ieof\r\n\r\n"
    assert (await wire.ask("POST http://vidal.example/ HTTP/1.1", shown, headers=headers)).startswith("ICAP/1.0 204")


async def test_a_proxy_that_takes_no_204_gets_its_request_back(wire: Wire) -> None:
    http = "POST http://has-sante.example/ HTTP/1.1\nHost: has-sante.example"
    head = await wire.ask(http, b"3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n", headers="")
    assert await wire.encapsulated(head) == http.replace("\n", "\r\n") + "\r\n\r\nabcde"
    head = await wire.ask("GET http://has-sante.example/ HTTP/1.1", headers="")
    assert "null-body" in head
    await wire.encapsulated(head)


async def test_a_large_file_takes_the_time_it_needs(wire: Wire, monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: an allowed upload that is cut, because all of it together takes longer than a part may."""
    monkeypatch.setattr("gateway.outbound.icap.server._SLOW", 3)
    http = "PUT http://has-sante.example/ HTTP/1.1\nHost: has-sante.example"
    head = await wire.ask(http, b"1\r\n", headers="")
    for _ in range(4):
        await asyncio.sleep(0.9)
        wire.writer.write(b"a\r\n1\r\n")
    wire.writer.write(b"b\r\n0\r\n\r\n")
    assert (await wire.encapsulated(head)).endswith("\r\n\r\naaaab")


async def test_a_chunk_is_passed_on_before_it_is_whole(wire: Wire) -> None:
    """Would catch: a chunk of a gigabyte kept in memory until its last byte."""
    http = "PUT http://has-sante.example/ HTTP/1.1\nHost: has-sante.example"
    head = await wire.ask(http, b"40000000\r\n" + b"a" * (1 << 16), headers="")
    await wire.reader.readexactly(int(head.partition("-body=")[2].partition("\r")[0]))
    assert await wire.reader.readuntil(b"\r\n") == b"40000000\r\n"
    async with asyncio.timeout(60):
        assert await wire.reader.readexactly(1 << 16) == b"a" * (1 << 16)


@pytest.mark.parametrize("size", [b"-5", b"zz", b""])
async def test_a_size_that_is_none_ends_the_connection(wire: Wire, size: bytes) -> None:
    head = await wire.ask("PUT http://chatgpt.com/ HTTP/1.1\nHost: chatgpt.com", size + b"\r\n", headers="")
    await wire.encapsulated(head)
    async with asyncio.timeout(60):
        assert (await wire.reader.read()).startswith(b"ICAP/1.0 400")


async def test_marking_lets_a_tunnel_be_opened_and_answers_inside(wire: Wire) -> None:
    head = await wire.ask("CONNECT chatgpt.com:443 HTTP/1.1\nHost: chatgpt.com", service="mark")
    assert "X-Ecluse-Mark: block/chatgpt/service/block/" in head
    text = await wire.encapsulated(head)
    assert text.startswith("CONNECT chatgpt.com:443 HTTP/1.1\r\n")
    assert text.endswith("\r\nX-Ecluse-Refused: chatgpt\r\n\r\n")
    head = await wire.ask("GET https://chatgpt.com/ HTTP/1.1\nAccept: text/html", service="mark")
    assert (await wire.encapsulated(head)).startswith("HTTP/1.1 303")


async def test_each_attempt_is_counted_once(wire: Wire, counted: list[Attempt]) -> None:
    for http in ("CONNECT www.deepl.com:443 HTTP/1.1", "GET http://www.deepl.com/ HTTP/1.1"):
        assert "X-Ecluse-Mark: observe/deepl/" in await wire.ask(http, headers="Allow: 204\r\nX-Client-Username: a\r\n")
    await wire.ask("GET https://www.deepl.com/ HTTP/1.1")
    await wire.ask("CONNECT has-sante.example:443 HTTP/1.1")
    assert [(one.service, one.user, one.source, one.engine) for one in counted] == [
        ("deepl", "a", "10.0.0.1", "icap")
    ] * 2


async def test_what_could_not_be_decided_is_counted_once(tmp_path: Path) -> None:
    """Would catch: a filter that is open for want of its policy, while the counts say that nothing was tried."""
    counted, undecided = list[Attempt](), list[int]()
    server = IcapServer(PolicyJudge(tmp_path), counted.append, lambda: undecided.append(1))
    reader, writer = await asyncio.open_connection("127.0.0.1", await server.start("127.0.0.1", 0))
    wire = Wire(reader, writer)
    for http in ("CONNECT chatgpt.com:443 HTTP/1.1", "GET https://chatgpt.com/ HTTP/1.1", "GET http://x.ai/ HTTP/1.1"):
        assert (await wire.ask(http)).startswith("ICAP/1.0 204")
    writer.close()
    await server.close()
    assert (counted, undecided) == ([], [1, 1])


@pytest.mark.parametrize(
    ("received", "answer"),
    [
        (b"GET / HTTP/1.1\r\n\r\n", b"400"),
        (b"REQMOD icap://x/reqmod ICAP/1.0\r\nEncapsulated: res-hdr=0\r\n\r\n", b"400"),
        (b"REQMOD icap://x/reqmod ICAP/1.0\r\nEncapsulated: req-hdr=0, null-body=99999999\r\n\r\n", b"400"),
        (b"REQMOD icap://x/other ICAP/1.0\r\n\r\n", b"404"),
        (b"RESPMOD icap://x/reqmod ICAP/1.0\r\n\r\n", b"405"),
        (b"x" * 100_000 + b"\r\n\r\n", b"400"),
    ],
)
async def test_what_is_no_request_ends_the_connection(wire: Wire, received: bytes, answer: bytes) -> None:
    wire.writer.write(received)
    assert (await wire.reader.read(100)).startswith(b"ICAP/1.0 " + answer)
    assert await wire.reader.read(1000) is not None
    assert await wire.reader.read(1000) == b""


HEADERS = st.sampled_from(["Encapsulated", "X-Authenticated-User", "X-Client-Username", "", "é"])
VALUES = st.sampled_from(["req-hdr=0, null-body=", "req-body=", "²", "12", "V2luTlQ6", "=", ","]) | st.text(max_size=9)


@given(st.lists(st.tuples(HEADERS, st.lists(VALUES, max_size=3).map("".join)), max_size=4))
def test_any_head_is_a_request_or_a_word_for_it(headers: list[tuple[str, str]]) -> None:
    """Would catch: a header that no proxy writes and that ends the service, and with it the hospital's web access."""
    lines = ["REQMOD icap://x/reqmod ICAP/1.0", *(f"{name}: {value}" for name, value in headers)]
    found = IcapRequest.read("\r\n".join(lines).encode("utf-8", "surrogatepass"))
    assert (found.method, found.service) == ("REQMOD", "reqmod")
    assert isinstance(found.user, str)
    with contextlib.suppress(IcapError):
        assert 0 <= found.parts[0] <= LONGEST


async def test_a_user_in_base_64(wire: Wire, counted: list[Attempt]) -> None:
    headers = "Allow: 204\r\nX-Authenticated-User: V2luTlQ6Ly9DSFUvZHVwb250\r\n"
    await wire.ask("CONNECT www.deepl.com:443 HTTP/1.1", headers=headers)
    assert counted[0].user == "dupont"
