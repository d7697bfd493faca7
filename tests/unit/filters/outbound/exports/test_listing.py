"""Which names of a policy are written for other filters."""

import datetime as dt
import random
from collections.abc import Mapping

import pytest

from filters.outbound.decision import Mode, Status, Verdict
from filters.outbound.exports.listing import Entry, Listing, entries, listing
from filters.outbound.names import suffixes
from filters.outbound.service import Category
from filters.outbound.snapshot import Content, Leave, Rule, Scope, Snapshot, Table
from filters.outbound.snapshot import Entry as SnapshotEntry

BLOCK, COACH, OBSERVE, ALLOW = Verdict.BLOCK, Verdict.COACH, Verdict.OBSERVE, Verdict.ALLOW


def made(planned: Mapping[str, Verdict], kept: tuple[str, ...] = (), verdict: Verdict = BLOCK) -> Listing:
    return listing([Entry(name, "s", what) for name, what in planned.items()], kept, verdict)


def test_only_what_is_refused_to_all() -> None:
    found = made({"b.example": BLOCK, "a.example": BLOCK, "c.example": COACH, "o.example": OBSERVE})
    assert [rule.domain for rule in found.rules] == ["a.example", "b.example"]
    assert [rule.domain for rule in made({"b.example": BLOCK, "c.example": COACH}, verdict=COACH).rules] == [
        "c.example"
    ]


def test_a_name_under_another_is_refused_by_it() -> None:
    found = made({"openai.com": BLOCK, "chat.openai.com": BLOCK})
    assert [rule.domain for rule in found.rules] == ["openai.com"]
    assert found.names == ("chat.openai.com", "openai.com")


def test_what_is_milder_below_a_refused_name_stays_open() -> None:
    found = made({"openai.com": BLOCK, "api.openai.com": OBSERVE, "x.api.openai.com": BLOCK, "chat.openai.com": BLOCK})
    assert {rule.domain: rule.open for rule in found.rules} == {
        "chat.openai.com": (),  # named too: some formats can only refuse `openai.com` by itself
        "openai.com": ("api.openai.com",),
        "x.api.openai.com": (),
    }


def test_never_block_names_and_the_gateways_hosts_are_never_cut() -> None:
    planned = {"microsoft.com": BLOCK, "copilot.login.ameli.fr": BLOCK, "mistral.ai": BLOCK}
    found = made(planned, ("Login.Microsoft.com:443", "ameli.fr", "api.mistral.ai", "10.0.0.1", "", "not a name"))
    assert {rule.domain: rule.open for rule in found.rules} == {
        "microsoft.com": ("login.microsoft.com",),
        "mistral.ai": ("api.mistral.ai",),
    }
    assert [one.domain for one in found.left_out] == ["copilot.login.ameli.fr"]


@pytest.mark.parametrize(
    "name", ["10.0.0.1", "UPPER.example", "a b.example", "x;y.example", f"{'a.' * 115}example", "a\nb"]
)
def test_what_is_no_name_never_reaches_a_file(name: str) -> None:
    """A line end in a list from elsewhere would write a line of its own into a zone or a proxy's file."""
    found = made({name: BLOCK})
    assert not found.rules
    assert not found.names
    assert len(found.left_out) == 1


def test_decisions_by_the_listing_are_those_of_the_policy() -> None:
    """For any tree of names: refused by the rules exactly where the longest known name is refused, or not to be cut."""
    chance = random.Random(3)
    for _ in range(300):
        pool = [
            ".".join(chance.choice("ab") for _ in range(depth)) + ".example" for depth in range(1, 5) for _ in range(3)
        ]
        planned = {name: chance.choice([BLOCK, BLOCK, OBSERVE]) for name in pool}
        kept = {name for name in chance.sample(pool, 2) if chance.random() < 0.3}
        found = made(planned, tuple(kept))
        rules, opened = {rule.domain for rule in found.rules}, set(found.open)
        for name in {f"{prefix}{name}" for name in pool for prefix in ("", "x.")}:
            above = list(suffixes(name))
            expected = not kept.intersection(above) and next(
                (planned[one] is BLOCK for one in above if one in planned), False
            )
            known = next((one for one in above if one in rules or one in opened), "")
            assert (known in rules) is expected, (planned, kept, name)


NOW = dt.datetime(2026, 1, 1, tzinfo=dt.UTC)


def snapshot(status: Status, rules: tuple[Rule, ...] = (), leaves: tuple[Leave, ...] = ()) -> Snapshot:
    entry = SnapshotEntry("chatgpt", "ChatGPT", "OpenAI", "US", Category.CHAT, "", status, "service")
    content = Content(
        "1", Mode.OBSERVE, "", "", "Europe/Paris", Status.ALLOW, (), {},
        (Scope("soins", ("10.1.0.0/16",), ()),), (entry,), rules, leaves, (),
    )  # fmt: skip
    return Snapshot(content, Table({"ameli.fr": 0, "chatgpt.com": 1}), "v1")


def rule(status: Status, scope: int = 0, days: tuple[int, ...] = ()) -> Rule:
    return Rule("r", status, scope, ("chatgpt",), (), days, ())


def leave(scope: int, until: dt.datetime) -> Leave:
    return Leave("l", ("chatgpt",), scope, until.timestamp())


@pytest.mark.parametrize(
    ("policy", "planned"),
    [
        (snapshot(Status.BLOCK), BLOCK),
        (snapshot(Status.PENDING), OBSERVE),
        (snapshot(Status.BLOCK, (rule(Status.COACH, scope=2),)), COACH),
        (snapshot(Status.BLOCK, (rule(Status.ALLOW, days=(0,)),)), ALLOW),
        (snapshot(Status.ALLOW, (rule(Status.BLOCK),)), BLOCK),
        (snapshot(Status.ALLOW, (rule(Status.BLOCK, scope=2),)), ALLOW),
        (snapshot(Status.BLOCK, (), (leave(2, NOW + dt.timedelta(1)),)), ALLOW),
        (snapshot(Status.BLOCK, (), (leave(2, NOW - dt.timedelta(1)),)), BLOCK),
    ],
)
def test_a_list_knows_neither_people_nor_hours(policy: Snapshot, planned: Verdict) -> None:
    """Refused to some or at times, a name in a list would be refused to all, always: to a ward that may, too."""
    assert list(entries(policy, NOW)) == [Entry("chatgpt.com", "chatgpt", planned)]
