"""Where an address leads, read as browsers read it."""

import pytest

from filters.answers.hosts import Hosts, shown

HOSTS = Hosts(["has-sante.fr", "Service-Public.fr"])


@pytest.mark.parametrize(
    "address",
    [
        "https://has-sante.fr",
        "https://www.has-sante.fr/a?b#c",
        "HTTPS://HAS-SANTE.FR/",
        "https://service-public.fr/x",
        "#note",
        "page.html",
        "/dossier",
        "mailto:a@b.example",
        "tel:15",
        "data:image/png;base64,AA",
        "RDV:14h",
    ],
)
def test_inside(address: str) -> None:
    assert HOSTS.allow(address)


@pytest.mark.parametrize(
    "address",
    [
        "http://has-sante.fr",
        "https://has-sante.fr:8443/",
        "https://u@has-sante.fr/",
        "https://has-sante.fr@evil.example",
        "https://has-sante.fr.evil.example",
        "https://xhas-sante.fr",
        "https://evil.example/has-sante.fr",
        "//has-sante.fr",
        "\\\\evil.example",
        "https:evil.example",
        "https:\\\\evil.example",
        "ht\ntps://evil.example",
        "javascript:alert(1)",
        "data:text/html,x",
        "ms-msdt:/id",
        "https://has-sante\u3002fr.evil.example",
        "https://hаs-sante.fr",
        "https://%68as-sante.fr",
        "ftp://has-sante.fr",
        "file:///etc/passwd",
    ],
)
def test_outside(address: str) -> None:
    """Would catch: an address outside that is written like one inside."""
    assert not HOSTS.allow(address)


def test_a_host_is_shown_without_anything_that_acts() -> None:
    assert shown("https://evil`](x)<b>.example/p") == "`evilxb.example`"
    assert shown("https://") == "adresse illisible"
