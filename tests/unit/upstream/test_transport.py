"""Connections to a model's server: kept, found closed, closed, and trusted by the hospital's own authority."""

import asyncio
import contextlib
import datetime as dt
import ipaddress
import ssl
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError
from gateway.upstream import provider
from gateway.upstream.target import Target
from gateway.upstream.transport import Connection, Transport
from gateway.upstream.watch import Watch
from tests.fakes.openai_server import Drops, Fails, Hangs, Raw, RecordingUpstream, Says, recording_upstream
from tests.fakes.prompts import masked

BODY = b'{"messages": [{"role": "user", "content": "Bonjour"}]}'
STREAMED = b'{"stream": true, "messages": [{"role": "user", "content": "Bonjour"}]}'


@contextlib.asynccontextmanager
async def transport_to(server: RecordingUpstream) -> AsyncIterator[Transport]:
    transport = Transport(Connection(f"{server.url}/chat/completions", {"Content-Type": "application/json"}, 20.0))
    try:
        yield transport
    finally:
        await transport.close()


async def read(transport: Transport, body: bytes = BODY) -> bytes:
    pieces = []
    async with await transport.ask(body, streamed=body is STREAMED) as answer:
        while piece := await answer.read():
            pieces.append(piece)
            if body is STREAMED and b"[DONE]" in piece:
                await answer.linger()
                break
    return b"".join(pieces)


async def test_a_connection_is_kept_between_requests() -> None:
    """Catches a connection, and a TLS handshake, for each request, after a stream above all."""
    async with recording_upstream() as server, transport_to(server) as transport:
        for body in (BODY, STREAMED, BODY, STREAMED, BODY):
            assert b"Bon" in await read(transport, body)
        assert server.accepted == 1


async def test_a_connection_that_its_server_closed_meanwhile_is_replaced() -> None:
    """Catches a request lost because a server closed an idle connection in the moment when it was taken again."""
    async with recording_upstream() as server, transport_to(server) as transport:
        await read(transport)
        server.reply_with(Drops(), Says("Bonjour"))
        assert b"Bonjour" in await read(transport)
        assert (server.accepted, len(server.requests)) == (2, 3)


async def test_a_new_connection_that_is_closed_is_not_asked_again() -> None:
    """Catches a request, and its cost, doubled where a server falls on it."""
    async with recording_upstream() as server, transport_to(server) as transport:
        server.reply_with(Drops())
        with pytest.raises(UpstreamOverloadedError):
            await read(transport)
        assert len(server.requests) == 1


async def test_a_request_is_sent_again_once_only() -> None:
    async with recording_upstream() as server, transport_to(server) as transport:
        await read(transport)
        server.reply_with(Drops())
        with pytest.raises(UpstreamOverloadedError):
            await read(transport)
        assert len(server.requests) == 3


async def test_an_answer_that_has_begun_is_not_asked_again() -> None:
    """Catches an answer asked for twice, half of which may have been read."""
    async with recording_upstream() as server, transport_to(server) as transport:
        await read(transport)
        server.reply_with(Says("Bonjour", cut_after=2))
        with pytest.raises(UpstreamOverloadedError):
            await read(transport, STREAMED)
        assert len(server.requests) == 2


async def test_idle_connections_are_closed_at_the_end() -> None:
    async with recording_upstream() as server:
        async with transport_to(server) as transport:
            await read(transport)
            assert len(server._connections) == 1
        async with asyncio.timeout(60):
            while server._connections:  # noqa: ASYNC110 - the server tells nobody
                await asyncio.sleep(0.01)


async def test_what_is_sent_says_nothing_of_the_house() -> None:
    async with recording_upstream() as server, transport_to(server) as transport:
        server.reply_with(Raw(b"{}"), Raw(b"{}"))
        await read(transport)
        await read(transport)
    assert set(server.requests[1].headers) <= {
        "host", "accept", "accept-encoding", "content-type", "content-length", "user-agent"
    }  # fmt: skip
    assert server.requests[1].headers["accept-encoding"] == "identity"


async def test_cookies_are_not_kept() -> None:
    """The leak caught: a server that follows one caller's requests, which share a connection with everybody's."""
    async with recording_upstream() as server, transport_to(server) as transport:
        server.reply_with(Fails(500, headers={"set-cookie": "a=b"}), Raw(b"{}"))
        with pytest.raises(UpstreamRefusedError):
            await read(transport)
        await read(transport)
        assert "cookie" not in server.requests[1].headers


@pytest.mark.parametrize("said", [b"SECRET-MARKER\r\n\r\n", b"HTTP/1.1 200 OK\r\nSECRET-MARKER\r\n\r\n", b"\x00" * 100])
async def test_what_is_no_http_is_an_error(said: bytes) -> None:
    """The leak caught: bytes of a server in the text of an error."""

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await reader.readuntil(b"Bonjour")
        writer.write(said)
        writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    url = f"http://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    async with server:
        transport = Transport(Connection(url, {}, 5.0))
        with pytest.raises(UpstreamError) as caught:
            await read(transport)
        await transport.close()
    assert caught.value.__context__ is None
    assert "SECRET" not in str(caught.value)


async def test_an_address_that_is_none_is_an_error() -> None:
    transport = Transport(Connection("ftp://127.0.0.1/v1", {}, 5.0))
    with pytest.raises(UpstreamError):
        await read(transport)
    await transport.close()


async def test_a_request_that_is_given_up_leaves_no_timer(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches memory that grows with the callers who hang up."""
    closed: list[Watch] = []

    def close(watch: Watch) -> None:
        closed.append(watch)

    monkeypatch.setattr(Watch, "close", close)
    async with recording_upstream() as server, transport_to(server) as transport:
        server.reply_with(Hangs())
        asking = asyncio.get_running_loop().create_task(transport.ask(BODY, streamed=False))
        await server.holding.wait()
        asking.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await asking
    assert closed


def test_a_key_is_in_no_representation() -> None:
    """The leak caught: a route's key in a log line or in a report of an error."""
    assert "cle-secrete" not in repr(Connection("http://a", {"Authorization": "Bearer cle-secrete"}, 1.0))


def certified(folder: Path) -> tuple[Path, Path]:
    """Return the files of a certificate for the loopback that no public authority has signed, and of its key."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(x509.NameOID.COMMON_NAME, "modele.exemple")])
    now = dt.datetime.now(dt.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(hours=1))
        .not_valid_after(now + dt.timedelta(hours=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    chain, secret = folder / "cert.pem", folder / "key.pem"
    chain.write_bytes(certificate.public_bytes(serialization.Encoding.PEM))
    form = serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    secret.write_bytes(key.private_bytes(serialization.Encoding.PEM, *form))
    return chain, secret


async def test_only_the_authorities_of_the_hospital_are_trusted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Catches certificates that nobody checks, and the hospital's own authority forgotten."""
    chain, key = certified(tmp_path)
    tls = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    tls.load_cert_chain(chain, key)
    upstream = RecordingUpstream()
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", 0, ssl=tls)
    url = f"https://127.0.0.1:{server.sockets[0].getsockname()[1]}/v1"
    async with server:
        distrusting = provider.model(Target("local", "hosted_vllm/m", url, timeout_seconds=5))
        with pytest.raises(UpstreamOverloadedError):
            await distrusting.complete(masked("Bonjour"))
        assert upstream.requests == []
        monkeypatch.setenv("SSL_CERT_FILE", str(chain))
        trusting = provider.model(Target("local", "hosted_vllm/m", url, timeout_seconds=5))
        assert (await trusting.complete(masked("Bonjour"))).choices[0].text == "Bonjour"
        for model in (distrusting, trusting):
            await model.close()
        await upstream.close()
