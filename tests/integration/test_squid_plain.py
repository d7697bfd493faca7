"""A fresh install: browsers know the proxy, and no authority is on the workstations."""

from collections import Counter
from collections.abc import Iterator

import pytest

from tests.fakes.policies_in_force import PAGE
from tests.fakes.squid_ground import ALLOWED, GATEWAY, Ground, ground


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground(63) as made, made.squid():
        yield made


def test_refused_tunnels_are_refused_and_counted_once(place: Ground) -> None:
    place.forget()
    for _ in range(4):
        assert place.curl("https://chatgpt.com:{tls}/", html=True).connect == 403
    assert place.curl("https://www.deepl.com:{tls}/").code == 200
    assert place.curl(f"https://{ALLOWED}:{{tls}}/").body == f"origin {ALLOWED}"
    assert place.curl("https://api.mistral.ai:{tls}/", source=GATEWAY).code == 200
    assert place.sites.connections == Counter({"www.deepl.com": 1, ALLOWED: 1, "api.mistral.ai": 1})
    assert Counter(one.service for one in place.counted(5)) == {"chatgpt": 4, "deepl": 1}


def test_plain_http_has_the_page(place: Ground) -> None:
    assert place.curl("http://claude.ai:{http}/", html=True).location == f"{PAGE}?service=claude"
    assert place.curl("http://claude.ai:{http}/").code == 403


def test_resolvers_over_https_are_closed(place: Ground) -> None:
    assert place.curl("https://dns.google:{tls}/dns-query").connect == 403
