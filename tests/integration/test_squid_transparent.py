"""A network that leads all web connections to Squid: nothing is known of the workstation, and nothing is set on it.

A network namespace with the nftables rule of the documentation; skipped where the account may not make one.
"""

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack

import pytest

from gateway.outbound.squid.options import Mode
from tests.fakes.networks import network_of_its_own
from tests.fakes.policies_in_force import PAGE
from tests.fakes.squid_ground import ALLOWED, GATEWAY, NAMES, Got, Ground, ground

RULES = """
table ip led {
  chain out {
    type nat hook output priority -100; policy accept;
    meta skuid proxy return
    tcp dport 80 redirect to :3129
    tcp dport 443 redirect to :3130
  }
}
"""


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ExitStack() as stack:
        try:
            stack.enter_context(network_of_its_own(RULES))
        except PermissionError:
            pytest.skip("only root makes network namespaces, and some containers forbid it to root too")
        made = stack.enter_context(ground(65, ports=(443, 80)))
        stack.enter_context(made.squid(mode=Mode.TRANSPARENT, address=""))
        visit(made, f"https://{ALLOWED}/")
        yield made


@pytest.fixture(autouse=True)
def fresh(place: Ground) -> None:
    place.forget()


def visit(place: Ground, url: str, *more: str, html: bool = False, source: str = "127.0.0.1") -> Got:
    known = [f"{name}:{port}:{place.sites.addresses[name]}" for name in NAMES for port in (80, 443)]
    resolve = [word for one in known for word in ("--resolve", one)]
    return place.curl(url, *resolve, *more, html=html, source=source, proxy=False)


def test_an_allowed_site_shows_its_own_certificate(place: Ground) -> None:
    got = visit(place, f"https://{ALLOWED}/")
    assert got.body == f"origin {ALLOWED}"
    assert "publique" in got.issuer


def test_refused_names_are_closed_before_their_origin_hears_of_it(place: Ground) -> None:
    for _ in range(3):
        assert visit(place, "https://chatgpt.com/", html=True).code == 0
    assert visit(place, "https://www.deepl.com/").code == 200
    assert place.sites.connections == Counter({"www.deepl.com": 1})
    assert Counter((one.service, one.verdict) for one in place.counted(4)) == {
        ("chatgpt", "block"): 3,
        ("deepl", "observe"): 1,
    }


def test_plain_http_has_the_page(place: Ground) -> None:
    got = visit(place, "http://chatgpt.com/", html=True)
    assert (got.code, got.location) == (303, f"{PAGE}?service=chatgpt")
    assert visit(place, f"http://{ALLOWED}/").body == f"origin {ALLOWED}"
    assert len(place.counted(1)) == 1


@pytest.mark.parametrize("name", ["dns.google", "cloudflare-ech.com"])
def test_ways_around_names_are_closed(place: Ground, name: str) -> None:
    assert visit(place, f"https://{name}/").code == 0
    assert place.sites.connections.total() == 0


def test_the_gateway_reaches_models_that_staff_do_not(place: Ground) -> None:
    assert visit(place, "https://api.mistral.ai/", source=GATEWAY).code == 200
    assert visit(place, "https://api.mistral.ai/").code == 0
