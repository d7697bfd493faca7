from pathlib import Path

import pytest

from gateway.outbound.squid.authentication import Authentication
from gateway.outbound.squid.options import Mode, Options, OptionsError

KNOWN = Authentication("basic", ("/usr/lib/squid/basic_ncsa_auth", "/etc/squid/passwords"))


def options(**chosen: object) -> Options:
    given: dict[str, object] = {"folder": Path("/etc/squid/ecluse"), "state": Path("/var/lib/ecluse/outbound")}
    return Options(**given | {"page": "https://ia.hopital.example/page"} | chosen)  # type: ignore[arg-type]


def test_the_defaults_are_a_configuration() -> None:
    options().check()


@pytest.mark.parametrize(
    "chosen",
    [
        {"folder": Path("relative")},
        {"state": Path("/var/lib/with space")},
        {"certificate": Path("/etc/x\nhttp_access allow all")},
        {"page": "https://ia.hopital.example/page?user=%un"},
        {"page": "ia.hopital.example"},
        {"page": "https://ia.hopital.example/a b"},
        {"mode": Mode.TRANSPARENT, "authentication": KNOWN},
        {"mode": Mode.TRANSPARENT, "https_port": 3128},
        {"localnet": ()},
        {"localnet": ("10.0.0.1/8",)},
        {"gateway": ("all",)},
        {"port": 0},
        {"doh": ("dns.google\nhttp_access",)},
        {"visible_hostname": "proxy; rm"},
        {"icap": "127.0.0.1"},
        {"user": "proxy allow"},
        {"workers": 0},
        {"timezone": "Europe/Paris; reboot"},
    ],
)
def test_what_squid_would_read_as_something_else_is_refused(chosen: dict[str, object]) -> None:
    """An address with a line break would be directives of its own."""
    with pytest.raises(OptionsError):
        options(**chosen).check()


def test_all_faults_are_told_at_once() -> None:
    with pytest.raises(OptionsError) as caught:
        options(page="x", localnet=(), workers=0).check()
    assert len(caught.value.faults) == 3
