"""One form for what engines and lists write of a host."""

import string

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from filters.outbound.errors import BadNameError
from filters.outbound.names import LONGEST, canonical, is_address, suffixes

LABELS = st.text(string.ascii_lowercase + string.digits, min_size=1, max_size=20)
NAMES = st.lists(LABELS, min_size=1, max_size=5).map(".".join)


@pytest.mark.parametrize(
    ("written", "name"),
    [
        ("openai.com", "openai.com"),
        ("OpenAI.COM.", "openai.com"),
        ("openai.com..", "openai.com"),
        ("api.openai.com:443", "api.openai.com"),
        ("api.openai.com.:443", "api.openai.com"),
        (" openai.com\n", "openai.com"),
        ("ＯpenAI．com", "openai.com"),
        ("openai。com。", "openai.com"),
        ("open\u00adai.com", "openai.com"),
        ("hôpital.fr", "xn--hpital-ixa.fr"),
        ("HÔPITAL.fr:8443", "xn--hpital-ixa.fr"),
        ("xn--hpital-ixa.fr", "xn--hpital-ixa.fr"),
        ("faß.de", "xn--fa-hia.de"),
        ("_dmarc.a_b.chu.example", "_dmarc.a_b.chu.example"),
        ("r3---sn-abc.example", "r3---sn-abc.example"),
        ("localhost", "localhost"),
        ("127.0.0.1:3128", "127.0.0.1"),
        ("[::1]:443", "::1"),
        ("[::1]", "::1"),
        ("2001:0DB8:0::1", "2001:db8::1"),
        ("[fe80::1%eth0]:80", "fe80::1"),
    ],
)
def test_one_form(written: str, name: str) -> None:
    assert canonical(written) == name
    assert canonical(name) == name


@pytest.mark.parametrize(
    "written",
    [
        "",
        " ",
        "-",
        ".",
        ".openai.com",
        "open..ai",
        "*.openai.com",
        "open ai.com",
        "https://openai.com",
        "openai.com/chat",
        "nom@openai.com",
        "openai.com:abc",
        "openai.com:1234567",
        "openai.com：443",
        "[::1",
        "[::1]x",
        "[openai.com]",
        "1:2:3",
        "a" * 64 + ".fr",
        "é" * 64 + ".fr",
        ".".join(["abcdefgh"] * 29),
        "a." * 600 + "fr",
        "é" * 100_000,
        "\u00ad.com",
        "\u00ad",
        "a\u2028b.fr",
        "\ud800.fr",
        "\x00",
    ],
)
def test_no_name(written: str) -> None:
    """A request for something odd would end the process that a whole hospital's browsing passes through."""
    with pytest.raises(BadNameError):
        canonical(written)


@given(st.text(max_size=300))
def test_nothing_else_is_raised_and_the_form_is_final(written: str) -> None:
    try:
        name = canonical(written)
    except BadNameError:
        return
    assert canonical(name) == name
    assert name.isascii()
    assert name == name.lower()
    assert 0 < len(name) <= LONGEST


@given(NAMES, st.sampled_from(["", ".", ":443", ".:80"]), st.booleans())
def test_what_engines_add_changes_nothing(name: str, added: str, shouted: bool) -> None:  # noqa: FBT001 - drawn
    assert canonical((name.upper() if shouted else name) + added) == name


@given(st.ip_addresses(v=6))
def test_addresses_with_and_without_brackets(address: object) -> None:
    for written in (f"{address}", f"[{address}]", f"[{address}]:443"):
        assert canonical(written) == canonical(str(address))
        assert is_address(canonical(written))


@pytest.mark.parametrize("address", ["127.0.0.1", "::1", "2130706433", "0x7f.1", "0x7f000001", "1.2.3.400"])
def test_addresses(address: str) -> None:
    """A page opened by the number of its machine would pass for an unknown name."""
    assert is_address(address)


@pytest.mark.parametrize("name", ["openai.com", "1.fr", "127.0.0.1.fr", "abc", "fed", "0xa.example", "x"])
def test_names_that_end_in_letters(name: str) -> None:
    assert not is_address(name)


def test_suffixes() -> None:
    assert list(suffixes("api.openai.com")) == ["api.openai.com", "openai.com", "com"]
    assert list(suffixes("::1")) == ["::1"]


@given(LABELS, LABELS)
def test_an_entry_matches_below_and_never_beside(label: str, tld: str) -> None:
    """A list with openai.com would cut notopenai.com, or let openai.com.evil.fr stand for it."""
    entry = "openai.com"
    assert entry in suffixes(f"{label}.{entry}")
    assert entry not in suffixes(f"{label}{entry}")
    assert entry not in suffixes(f"{entry}.{label}.{tld}") or (label, tld) == ("openai", "com")


@given(NAMES, NAMES)
def test_suffixes_end_at_labels(name: str, other: str) -> None:
    assume(name != other)
    assert (other in suffixes(name)) == name.endswith(f".{other}")
