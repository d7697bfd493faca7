"""The decision as an ICAP service, asked by a real Squid: with and without an authority, and while it is down."""

import asyncio
import datetime as dt
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from filters.outbound.passes import Passes
from gateway.outbound.icap.server import IcapServer
from gateway.outbound.judge import PolicyJudge
from gateway.outbound.squid.options import Mode
from gateway.ports import free_port
from tests.fakes.policies_in_force import PAGE
from tests.fakes.squid_ground import ALLOWED, GATEWAY, PERSON, Ground, eventually, ground


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground(64) as made:
        yield made


@contextmanager
def icap(state: Path, port: int) -> Iterator[None]:
    """Serve in a thread of its own."""
    loop, server, ready = asyncio.new_event_loop(), IcapServer(PolicyJudge(state)), threading.Event()

    async def serve() -> None:
        await server.start("127.0.0.1", port)
        ready.set()

    def run() -> None:
        loop.run_until_complete(serve())
        loop.run_forever()
        loop.run_until_complete(server.close())
        loop.close()

    thread = threading.Thread(target=run)
    thread.start()
    assert ready.wait(5)
    try:
        yield
    finally:
        loop.call_soon_threadsafe(loop.stop)
        thread.join()


def ask(place: Ground) -> None:
    """Ask for one of each; two with a body."""
    assert place.curl(f"https://{ALLOWED}:{{tls}}/").body == f"origin {ALLOWED}"
    assert place.curl("https://api.mistral.ai:{tls}/", source=GATEWAY).code == 200
    assert place.curl("https://www.deepl.com:{tls}/").code == 200
    assert place.curl("http://www.deepl.com:{http}/", "-d", "@/etc/services").code == 200
    got = place.curl("http://chatgpt.com:{http}/", "-d", "@/etc/services")
    assert (got.code, '"service": "chatgpt"' in got.body) == (403, True)
    assert place.curl("http://chatgpt.com:{http}/", html=True).location == f"{PAGE}?service=chatgpt"


def test_refused_and_counted_once_then_down(place: Ground) -> None:
    port = free_port()
    with place.squid(mode=Mode.ICAP, icap=f"127.0.0.1:{port}"):
        with icap(place.state, port):
            place.forget()
            ask(place)
            assert place.curl("https://chatgpt.com:{tls}/", html=True).connect == 403
            assert Counter(one.service for one in place.counted(5)) == {"chatgpt": 3, "deepl": 2}
            assert place.sites.connections["chatgpt.com"] == 0
        assert place.curl("https://chatgpt.com:{tls}/").body == "origin chatgpt.com"
        with icap(place.state, port):
            assert eventually(lambda: place.curl("https://chatgpt.com:{tls}/").connect == 403)
        for _ in range(15):
            assert place.curl(f"https://{ALLOWED}:{{tls}}/").code == 200


def test_with_an_authority_browsers_have_the_page(place: Ground) -> None:
    port = free_port()
    certificate = place.folder / "authority.pem"
    with icap(place.state, port), place.squid(mode=Mode.ICAP, icap=f"127.0.0.1:{port}", certificate=certificate):
        place.forget()
        ask(place)
        got = place.curl("https://chatgpt.com:{tls}/", html=True)
        assert (got.code, got.location) == (303, f"{PAGE}?service=chatgpt")
        assert place.curl("https://claude.ai:{tls}/v1/messages", "-d", "{{}}").code == 403
        assert Counter(one.service for one in place.counted(6)) == {"chatgpt": 3, "deepl": 2, "claude": 1}
        assert place.sites.connections["chatgpt.com"] == 0


def test_a_tunnel_from_before_a_pass_does_not_carry_the_site(place: Ground) -> None:
    """Would catch: a site decrypted by the proxy of the hospital, once it is open to whoever had a tunnel already."""
    port = free_port()
    certificate = place.folder / "authority.pem"
    with icap(place.state, port), place.squid(mode=Mode.ICAP, icap=f"127.0.0.1:{port}", certificate=certificate):
        with place.tunnel("claude.ai") as inside:
            Passes(place.state / "passes.json").grant(PERSON, "claude", 1, dt.datetime.now(dt.UTC))
            assert eventually(lambda: place.curl("https://claude.ai:{tls}/").code == 200)
            place.sites.connections.clear()
            answer = inside("/a?b=1&c=2")
        assert answer.startswith("HTTP/1.1 307")
        assert f"Location: https://claude.ai:{place.sites.port}/a?b=1&c=2\r\n" in answer
        assert place.sites.connections.total() == 0


def test_closed_and_down_refuses(place: Ground) -> None:
    port = free_port()
    with place.squid(mode=Mode.ICAP, icap=f"127.0.0.1:{port}", closed=True):
        assert place.curl(f"http://{ALLOWED}:{{http}}/").code == 500
