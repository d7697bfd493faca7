"""The formats, each as its filter reads it."""

import datetime as dt
import json

import pytest

from filters.outbound.decision import Verdict
from filters.outbound.errors import BadNameError
from filters.outbound.exports import browsers, fortigate, hosts, paloalto, rpz, squid
from filters.outbound.exports.listing import Entry, Stamp, listing
from filters.outbound.exports.text import TooManyNamesError

STAMP = Stamp("a1b2c3", dt.date(2026, 1, 31))
LISTING = listing(
    [
        Entry("claude.ai", "claude", Verdict.BLOCK),
        Entry("openai.com", "chatgpt", Verdict.BLOCK),
        Entry("chat.openai.com", "chatgpt", Verdict.BLOCK),
        Entry("api.openai.com", "openai_api", Verdict.OBSERVE),
    ],
    (),
)
MANY = listing([Entry(f"n{number}.example", "s", Verdict.BLOCK) for number in range(1001)], ())


def body(text: str, mark: str = "#") -> list[str]:
    return [line for line in text.splitlines() if not line.startswith(mark)]


def test_the_head_says_version_and_date() -> None:
    for text, mark in ((squid.write(LISTING, STAMP).text, "#"), (rpz.write(LISTING, STAMP, 1).text, ";")):
        assert text.startswith(f"{mark} Ecluse : services d'IA a refuser (bloquer), ")
        assert f"{mark} version: a1b2c3\n{mark} date: 2026-01-31\n" in text
        assert text.isascii()
    assert "\nevil" not in squid.write(LISTING, Stamp("a\nevil.example", STAMP.made)).text


def test_fortigate_leaves_out_what_it_cannot_say() -> None:
    made = fortigate.write(LISTING, STAMP)
    assert body(made.text) == ["chat.openai.com", "*.chat.openai.com", "claude.ai", "*.claude.ai"]
    assert [one.domain for one in made.left_out] == ["openai.com"]


def test_paloalto_has_no_comments_and_closes_each_name() -> None:
    """Without its slash, `claude.ai` would match `claude.ai.example.fr`."""
    made = paloalto.write(LISTING, STAMP)
    lines = ["chat.openai.com/", "*.chat.openai.com/", "claude.ai/", "*.claude.ai/", "openai.com/"]
    assert made.text.splitlines() == lines
    assert made.partly == ("openai.com",)


def test_squid() -> None:
    made = squid.write(LISTING, STAMP)
    assert body(made.text) == [".chat.openai.com", ".claude.ai", "openai.com"]
    assert made.partly == ("openai.com",)


def test_hosts() -> None:
    lines = body(hosts.write(LISTING, STAMP).text)
    assert "0.0.0.0 openai.com" in lines
    assert "0.0.0.0 www.claude.ai" in lines
    assert not any("api.openai.com" in line for line in lines)
    assert lines == sorted(lines)


def test_rpz() -> None:
    lines = body(rpz.write(LISTING, STAMP, 2026013101).text, ";")
    assert lines[:3] == [
        "$TTL 300",
        "@ SOA localhost. hostmaster.localhost. 2026013101 3600 600 604800 300",
        "@ NS localhost.",
    ]
    assert {"openai.com CNAME .", "*.openai.com CNAME .", "api.openai.com CNAME rpz-passthru."} <= set(lines)
    assert len(lines) == len(set(lines))


def test_rpz_elsewhere_and_not_in_circles() -> None:
    assert "claude.ai CNAME ia.hopital.example.\n" in rpz.write(LISTING, STAMP, 1, "IA.hopital.example").text
    made = rpz.write(LISTING, STAMP, 1, "page.claude.ai")
    assert "\nclaude.ai CNAME" not in made.text
    assert [one.domain for one in made.left_out] == ["claude.ai"]
    with pytest.raises(BadNameError):
        rpz.write(LISTING, STAMP, 1, "a b\nc CNAME .")


def test_serials_only_grow() -> None:
    """A secondary server keeps the old zone for ever when the serial of the new one is not above it."""
    now = dt.datetime(2026, 1, 31, tzinfo=dt.UTC)
    first = rpz.next_serial("", now)
    text = rpz.write(LISTING, STAMP, first).text
    assert rpz.next_serial(text, now) == first + 1
    assert rpz.next_serial(text, now - dt.timedelta(days=900)) == first + 1
    assert rpz.next_serial("@ SOA a. b. 4294967295 1 1 1 1", now) == 2**32 - 1


def test_chrome_and_edge() -> None:
    made = json.loads(browsers.chromium(LISTING, STAMP).text)
    assert made["URLAllowlist"] == ["api.openai.com"]
    assert "openai.com" in made["URLBlocklist"]
    assert "URLAllowlist" not in json.loads(browsers.chromium(listing([], ()), STAMP).text)


def test_firefox() -> None:
    made = json.loads(browsers.firefox(LISTING, STAMP).text)["policies"]["WebsiteFilter"]
    assert made["Exceptions"] == ["*://*.api.openai.com/*"]
    assert "*://*.claude.ai/*" in made["Block"]


def test_firefox_says_what_an_exception_would_open() -> None:
    names = {"a.example": Verdict.BLOCK, "b.a.example": Verdict.ALLOW, "c.b.a.example": Verdict.BLOCK}
    made = browsers.firefox(listing([Entry(name, "s", what) for name, what in names.items()], ()), STAMP)
    assert [one.domain for one in made.left_out] == ["c.b.a.example"]


@pytest.mark.parametrize("write", [browsers.chromium, browsers.firefox])
def test_a_browser_is_never_given_more_than_it_reads(write) -> None:  # noqa: ANN001
    """The 1 001st name would be open, and nobody would know."""
    with pytest.raises(TooManyNamesError) as caught:
        write(MANY, STAMP)
    assert (caught.value.count, caught.value.limit) == (1001, 1000)


def test_the_same_list_gives_the_same_text() -> None:
    again = listing(
        [Entry(name, "s", Verdict.BLOCK) for name in ("b.example", "a.example")], ["z.b.example", "y.b.example"]
    )
    other = listing(
        [Entry(name, "s", Verdict.BLOCK) for name in ("a.example", "b.example")], {"y.b.example", "z.b.example"}
    )
    for write in (fortigate.write, paloalto.write, squid.write, hosts.write, browsers.chromium, browsers.firefox):
        assert write(again, STAMP) == write(other, STAMP)
    assert rpz.write(again, STAMP, 1) == rpz.write(other, STAMP, 1)
