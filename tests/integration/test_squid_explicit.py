"""Browsers that know the proxy, an authority for the page: real Squid, real TLS, curl. Rows (a) to (k) of the plan.

Everybody signs in, as in a hospital; the gateway's own address does not.
"""

import datetime as dt
import subprocess
import threading
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from filters.outbound.decision import Mode, Status
from filters.outbound.passes import Passes
from gateway.outbound.squid.authentication import Authentication
from gateway.outbound.squid.running import Squid, given
from tests.fakes.policies_in_force import DECIDED, PAGE, snapshot
from tests.fakes.squid_ground import ALLOWED, GATEWAY, Got, Ground, eventually, ground

AGENT = "drdupont-invente"
SIGNED = ("--proxy-user", f"{AGENT}:mot-de-passe")
WARD = "127.0.0.77"


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground(61) as made:
        yield made


@pytest.fixture(scope="module")
def squid(place: Ground) -> Iterator[Squid]:
    hashed = subprocess.run(["openssl", "passwd", "-5", "mot-de-passe"], capture_output=True, text=True, check=True)
    (place.folder / "passwords").write_text(f"{AGENT}:{hashed.stdout.strip()}\n")
    known = Authentication("basic", ("/usr/lib/squid/basic_ncsa_auth", str(place.folder / "passwords")))
    with place.squid(certificate=place.folder / "authority.pem", authentication=known) as running:
        # The first question starts the program that answers it.
        place.curl(f"https://{ALLOWED}:{{tls}}/", *SIGNED)
        yield running


@pytest.fixture(autouse=True)
def fresh(place: Ground, squid: Squid) -> Iterator[None]:
    place.forget()
    yield
    assert squid.alive, squid.fatal()


def asked(place: Ground, url: str, *more: str, source: str = WARD, html: bool = False) -> Got:
    return place.curl(url, *SIGNED, *more, source=source, html=html)


def through(place: Ground, name: str) -> bool:
    return asked(place, f"https://{name}:{{tls}}/").code == 200


def test_an_allowed_site_shows_its_own_certificate(place: Ground) -> None:
    """Staff's visits to any other site would be decrypted."""
    got = asked(place, f"https://{ALLOWED}:{{tls}}/", html=True)
    assert (got.code, got.body) == (200, f"origin {ALLOWED}")
    assert "publique" in got.issuer
    assert place.counted(0) == []


def test_nobody_gets_through_without_signing_in(place: Ground) -> None:
    assert place.curl(f"https://{ALLOWED}:{{tls}}/").connect == 407
    assert place.sites.connections.total() == 0


def test_a_browser_is_led_to_the_page(place: Ground) -> None:
    got = asked(place, "https://chatgpt.com:{tls}/c/1?q=secret", html=True)
    assert (got.code, got.location) == (303, f"{PAGE}?service=chatgpt")
    assert "Filtre" in got.issuer


def test_a_program_is_given_an_error_that_it_understands(place: Ground) -> None:
    """A program that follows a redirect would take the page for the model's answer."""
    got = asked(place, "https://api.openai.com:{tls}/v1/chat/completions", "-d", "{{}}")
    assert got.code == 403
    assert '"code": "service_not_allowed", "service": "chatgpt"' in got.body


def test_plain_http_is_refused_alike(place: Ground) -> None:
    assert asked(place, "http://chatgpt.com:{http}/", html=True).location == f"{PAGE}?service=chatgpt"
    assert asked(place, "http://chatgpt.com:{http}/").code == 403


def test_a_refused_origin_is_never_contacted(place: Ground) -> None:
    """The address of the hospital, and that somebody there asked, would reach the vendor all the same."""
    for name in ("chatgpt.com", "api.openai.com", "claude.ai"):
        asked(place, f"https://{name}:{{tls}}/", html=True)
        asked(place, f"http://{name}:{{http}}/", html=True)
    assert asked(place, f"https://{ALLOWED}:{{tls}}/").code == 200
    assert place.sites.connections == Counter({ALLOWED: 1})


def test_each_attempt_is_counted_once(place: Ground) -> None:
    """Squid writes up to three lines for an attempt, and none of the visits to other sites is anybody's affair."""
    other = "chatgpt.com:{tls}"
    hidden = ("--connect-to", f"{other}:{ALLOWED}:{{tls}}")
    work = [
        *[lambda: asked(place, "https://chatgpt.com:{tls}/", html=True)] * 20,
        *[lambda: asked(place, "https://api.openai.com:{tls}/v1/models")] * 10,
        *[lambda: asked(place, "http://claude.ai:{http}/", html=True)] * 5,
        *[lambda: asked(place, "https://chatgpt.com:{tls}/", *hidden)] * 3,
        *[lambda: asked(place, "https://www.deepl.com:{tls}/")] * 4,
        *[lambda: asked(place, f"https://{ALLOWED}:{{tls}}/")] * 6,
        *[lambda: place.curl("https://api.mistral.ai:{tls}/", source=GATEWAY)] * 3,
    ]
    with ThreadPoolExecutor(8) as pool:
        list(pool.map(lambda one: one(), work))
    counted = Counter((one.service, one.verdict) for one in place.counted(42))
    assert counted == {("chatgpt", "block"): 33, ("claude", "coach"): 5, ("deepl", "observe"): 4}


def test_the_gateway_reaches_models_that_staff_do_not(place: Ground) -> None:
    """The sanctioned use would be cut by the filter of the others."""
    assert place.curl("https://api.mistral.ai:{tls}/", source=GATEWAY).body == "origin api.mistral.ai"
    assert place.counted(0) == []
    assert not through(place, "api.mistral.ai")


def test_a_name_that_hides_in_tls_is_refused(place: Ground) -> None:
    for target in (ALLOWED, place.sites.addresses["chatgpt.com"]):
        got = asked(place, "https://chatgpt.com:{tls}/", "--connect-to", f"chatgpt.com:{{tls}}:{target}:{{tls}}")
        assert got.code == 0
    assert place.sites.connections.total() == 0
    assert [one.service for one in place.counted(2)] == ["chatgpt", "chatgpt"]


def test_an_address_without_a_name_passes(place: Ground) -> None:
    """Medical devices do that; a hospital that wants it closed says so."""
    got = asked(place, f"https://{place.sites.addresses[ALLOWED]}:{{tls}}/", "-k")
    assert got.body == f"origin {ALLOWED}"


@pytest.mark.parametrize("name", ["dns.google", "cloudflare-ech.com"])
def test_ways_around_names_are_closed(place: Ground, name: str) -> None:
    assert not through(place, name)
    hidden = ("--connect-to", f"{name}:{{tls}}:{ALLOWED}:{{tls}}")
    assert asked(place, f"https://{name}:{{tls}}/", *hidden).code == 0
    assert place.sites.connections.total() == 0


def test_a_refused_name_outside_the_authority_has_no_page(place: Ground) -> None:
    """If it had one, the authority's constraints would constrain nothing."""
    got = asked(place, "https://api.mistral.ai:{tls}/", html=True)
    assert (got.code, got.exit) == (0, 60)
    assert [one.service for one in place.counted(1)] == ["mistral"]


def test_nobody_is_written_down(place: Ground) -> None:
    """The name or the address of an agent would be on the proxy's disk, beside what they tried to reach."""
    asked(place, "https://chatgpt.com:{tls}/", html=True)
    asked(place, f"https://{ALLOWED}:{{tls}}/")
    asked(place, "https://chatgpt.com:{tls}/", "--connect-to", f"chatgpt.com:{{tls}}:{ALLOWED}:{{tls}}")
    place.counted(2)
    kept = [path for path in place.folder.rglob("*") if path.is_file() and path.name != "passwords"]
    assert any(path.parent.name == "spool" for path in kept)
    for path in kept:
        text = path.read_bytes()
        assert AGENT.encode() not in text, path
        assert WARD.encode() not in text, path


def test_a_policy_replaced_under_load_counts_and_closes_nothing(place: Ground, squid: Squid) -> None:
    """`reconfigure` closes the port: a hospital would lose connections whenever a name is added."""
    stop, seen, before = threading.Event(), Counter[int](), squid.pid

    def load() -> None:
        while not stop.is_set():
            seen[asked(place, f"https://{ALLOWED}:{{tls}}/").code] += 1

    with ThreadPoolExecutor(3) as pool:
        running = [pool.submit(load) for _ in range(3)]
        try:
            place.put(snapshot(decided={**DECIDED, "deepl": (Status.BLOCK, ("deepl.com",))}))
            assert eventually(lambda: not through(place, "www.deepl.com"))
            place.put()
            assert eventually(lambda: through(place, "www.deepl.com"))
        finally:
            stop.set()
    for one in running:
        one.result()
    assert set(seen) == {200}
    assert squid.pid == before


def test_observing_refuses_nothing_and_counts_what_would_be(place: Ground) -> None:
    place.put(snapshot(Mode.OBSERVE))
    try:
        assert eventually(lambda: through(place, "chatgpt.com"))
        place.forget()
        assert through(place, "chatgpt.com")
        assert [(one.verdict, one.planned) for one in place.counted(1)] == [("observe", "block")]
    finally:
        place.put()
        assert eventually(lambda: not through(place, "chatgpt.com"))


def test_an_exception_ends_by_itself(place: Ground) -> None:
    ends = dt.datetime.now(dt.UTC) + dt.timedelta(seconds=10)
    place.put(snapshot(leaves={"chatgpt": ends}))
    try:
        assert eventually(lambda: through(place, "chatgpt.com"))
        assert eventually(lambda: not through(place, "chatgpt.com"))
        assert dt.datetime.now(dt.UTC) >= ends
    finally:
        place.put()


def test_a_tunnel_from_before_a_pass_does_not_carry_the_site(place: Ground) -> None:
    """Would catch: a site decrypted by the proxy of the hospital, once it is open to whoever had a tunnel already."""
    (place.state / "passes.json").unlink(missing_ok=True)
    assert eventually(lambda: not through(place, "claude.ai"))
    with place.tunnel("claude.ai", SIGNED[1], source=WARD) as inside:
        Passes(place.state / "passes.json").grant(WARD, "claude", 1, dt.datetime.now(dt.UTC))
        given(place.state)
        assert eventually(lambda: through(place, "claude.ai"))
        place.sites.connections.clear()
        answer = inside("/a%20b?c=1&d=%2F")
    assert answer.startswith("HTTP/1.1 307")
    assert f"Location: https://claude.ai:{place.sites.port}/a%20b?c=1&d=%2F\r\n" in answer
    assert "Connection: close" in answer
    assert place.sites.connections.total() == 0


def test_a_pass_opens_one_service_to_one_source(place: Ground) -> None:
    Passes(place.state / "passes.json").grant(WARD, "claude", 1, dt.datetime.now(dt.UTC))
    given(place.state)
    assert eventually(lambda: through(place, "claude.ai"))
    assert asked(place, "https://claude.ai:{tls}/", source="127.0.0.78", html=True).code == 303
    assert not through(place, "chatgpt.com")
