"""What becomes of a connection: in order, for some and at times, and never an error."""

import datetime as dt
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from filters.outbound.deciding import decide, decide_service, strictest
from filters.outbound.decision import Decision, Mode, Query, Verdict
from filters.outbound.guards import load_guards
from tests.fakes.outbound_policies import GATEWAY, snapshot

NOON = dt.datetime(2026, 12, 3, 12, tzinfo=dt.UTC)
"""A Thursday."""
HOSTS = [
    "bavard.example",
    "api.bavard.example",
    "x.scribe.example",
    "neuf.ai",
    "mairie.example",
    "192.0.2.7",
    "a b",
    "",
]
STATUSES = st.sampled_from(["a_instruire", "observer", "avertir", "bloquer", "autoriser"])
CATEGORIES = st.sampled_from(["chat", "api", "transcription", "traduction"])
SERVICES = st.sampled_from(["bavard", "bavard_api", "scribe", "traducteur"])
SUBNETS = st.sampled_from(["10.1.0.0/16", "10.1.2.0/24", "2001:db8::/32", "0.0.0.0/0"])
SCOPES: dict[str, Any] = {"groups": st.lists(st.just("dim"), max_size=1), "subnets": st.lists(SUBNETS, max_size=2)}
RULES = st.fixed_dictionaries({
    "status": STATUSES, "services": st.lists(SERVICES, min_size=1, max_size=2), "categories": st.lists(CATEGORIES),
    "days": st.lists(st.sampled_from(["lundi", "jeudi"])), "hours": st.lists(st.just("08:00-18:00")), **SCOPES,
})  # fmt: skip
LEAVES = st.fixed_dictionaries({
    "services": st.lists(SERVICES, min_size=1), "users": st.lists(st.sampled_from(["u1", "u2"]), max_size=1), **SCOPES,
    "reason": st.just("essai"), "author": st.just("DSI"),
    "expires": st.dates(dt.date(2026, 11, 1), dt.date(2027, 1, 1)),
})  # fmt: skip
POLICIES = st.fixed_dictionaries({
    "categories": st.dictionaries(CATEGORIES, STATUSES), "services": st.dictionaries(SERVICES, STATUSES),
    "groups": st.just({"dim": {"subnets": ["10.4.0.0/16"]}}),
    "without_name": st.sampled_from(["autoriser", "observer", "bloquer"]),
    "rules": st.lists(RULES, max_size=3).map(lambda rules: [{"id": f"r{n}"} | one for n, one in enumerate(rules)]),
    "exceptions": st.lists(LEAVES, max_size=2).map(lambda some: [{"id": f"e{n}"} | one for n, one in enumerate(some)]),
    "never_block": st.lists(st.sampled_from(["mairie.example", "scribe.example"]), unique=True),
})  # fmt: skip
QUERIES = st.builds(
    Query,
    st.sampled_from(HOSTS) | st.text(),
    st.sampled_from([*HOSTS, ""]) | st.text(),
    st.sampled_from(["10.1.2.3", "10.4.1.1", "2001:db8::1", "::ffff:10.1.2.3", "", "x"]) | st.text(),
    st.sampled_from(["u1", "U1@CHU.EXAMPLE", "CHU\\u2", ""]) | st.text(),
    st.none() | st.just(NOON) | st.datetimes() | st.datetimes(timezones=st.just(dt.UTC)),
)


class Everyone:
    """Everyone has a pass for everything."""

    def holds(self, source: str, service: str, now: dt.datetime) -> bool:  # noqa: ARG002 - the protocol's
        """Return True, for a time that is aware."""
        return now.tzinfo is not None


def verdict(host: str, sni: str = "", **keys: Any) -> Verdict:
    return decide(snapshot(**keys), Query(host, sni, at=NOON)).verdict


@given(POLICIES, QUERIES, st.booleans())
@example({}, Query("\ud800.ai", "\udfff"), True)  # noqa: FBT003 - of an example
@example({}, Query("bavard.example", user="\ud800", source="\ud800", at=dt.datetime.max), True)  # noqa: FBT003, DTZ901
@settings(deadline=None)
def test_every_query_gets_a_decision(keys: dict[str, Any], query: Query, passes: bool) -> None:  # noqa: FBT001
    """Would catch: an error in the helper, with which Squid lets nobody out to the web."""
    made = snapshot(**keys)
    decision = decide(made, query, Everyone() if passes else None)
    assert decision == decide(made, query, Everyone() if passes else None) or query.at is None
    assert (decision.version, decision.planned.severity >= decision.verdict.severity) == (made.version, True)
    assert len(decision.mark.split("/")) == 5


@given(POLICIES, st.sampled_from(HOSTS), st.sampled_from(HOSTS))
@settings(deadline=None)
def test_the_gateway_is_never_refused(keys: dict[str, Any], host: str, sni: str) -> None:
    """Would catch: the sanctioned models cut by the policy that steers people to them."""
    decision = decide(snapshot(**keys), Query(host, sni, source=GATEWAY, user="u1", at=NOON))
    assert (decision.verdict, decision.planned, decision.rule) == (Verdict.ALLOW, Verdict.ALLOW, "gateway")


@given(POLICIES, st.sampled_from(sorted(load_guards().never)), st.sampled_from(["", "www.", "a.b."]), QUERIES)
@settings(deadline=None)
def test_what_is_never_to_be_blocked_is_not(keys: dict[str, Any], name: str, below: str, query: Query) -> None:
    """Would catch: nobody able to sign in to anything, on the day a policy is put in force."""
    asked = Query(below + name, "", query.source, query.user, query.at)
    assert decide(snapshot(**keys), asked).planned is Verdict.ALLOW


@given(POLICIES, QUERIES, st.booleans())
@settings(deadline=None)
def test_a_weaker_mode_never_refuses_more(keys: dict[str, Any], query: Query, passes: bool) -> None:  # noqa: FBT001
    query = Query(query.host, query.sni, query.source, query.user, NOON)
    holder = Everyone() if passes else None
    found = [decide(snapshot(**keys, mode=mode), query, holder).verdict.severity for mode in Mode]
    assert found == sorted(found)
    assert found[0] == found[1] <= Verdict.OBSERVE.severity


@given(st.from_regex(r"[a-z0-9-]{0,5}", fullmatch=True), st.from_regex(r"([a-z]{1,3}\.){0,3}", fullmatch=True))
@settings(deadline=None)
def test_a_name_stands_for_those_below_it_and_no_other(glued: str, below: str) -> None:
    """Would catch: `notopenai.com` or `openai.com.evil.example` taken for `openai.com`."""
    blocked = {"services": {"bavard": "bloquer"}}
    assert verdict(f"{below}bavard.example", **blocked) is Verdict.BLOCK
    assert verdict(f"bavard.example.{below}fr", **blocked) is Verdict.ALLOW
    if glued:
        assert verdict(f"{glued}bavard.example", **blocked) is Verdict.ALLOW


def test_the_longest_name_counts() -> None:
    keys = {"services": {"bavard": "bloquer", "bavard_api": "autoriser"}}
    assert [verdict("bavard.example", **keys), verdict("api.bavard.example", **keys)] == [Verdict.BLOCK, Verdict.ALLOW]


def test_names_are_read_as_people_and_engines_write_them() -> None:
    for host in ("BAVARD.example.", "bavard.example:443", "ｂavard。example"):
        assert verdict(host, services={"bavard": "bloquer"}) is Verdict.BLOCK


@pytest.mark.parametrize(("host", "sni", "expected"), [
    ("mairie.example", "bavard.example", Verdict.BLOCK),
    ("bavard.example", "mairie.example", Verdict.BLOCK),
    ("bavard.example", "scribe.example", Verdict.BLOCK),
    ("192.0.2.7", "bavard.example", Verdict.BLOCK),
    ("192.0.2.7", "mairie.example", Verdict.ALLOW),
    ("192.0.2.7", "", Verdict.BLOCK),
    ("[2001:db8::1]:443", "", Verdict.BLOCK),
    ("a b", "", Verdict.ALLOW),
])  # fmt: skip
def test_both_names_are_looked_up_and_an_address_only_where_there_is_none(
    host: str, sni: str, expected: Verdict
) -> None:
    """Would catch: a CONNECT to an innocent name, with a refused one inside the tunnel."""
    assert verdict(host, sni, services={"bavard": "bloquer", "scribe": "observer"}, without_name="bloquer") is expected


def test_the_order_of_what_decides() -> None:
    keys: dict[str, Any] = {"categories": {"chat": "bloquer"}}

    def rule(query: Query | None = None) -> str:
        return decide(snapshot(**keys), query or Query("bavard.example", user="u1", at=NOON)).rule

    assert rule() == "category"
    keys["services"] = {"bavard": "avertir"}
    assert rule() == "service"
    keys["rules"] = [{"id": "large", "status": "observer", "categories": ["chat"]}]
    assert rule() == "rule:large"
    keys["rules"] += [{"id": "juste", "status": "observer", "services": ["bavard"]}]
    assert rule() == "rule:juste"
    leave = {"id": "essai", "services": ["bavard"], "users": ["u1"], "reason": "essai", "author": "DSI"}
    keys["exceptions"] = [leave | {"expires": "2026-12-03"}]
    assert rule() == "exception:essai"
    assert rule(Query("bavard.example", user="u2", at=NOON)) == "rule:juste"
    keys["never_block"] = ["bavard.example"]
    assert rule() == "never_block"
    assert rule(Query("neuf.ai")) == "candidate"
    assert rule(Query("neuf.fr")) == "default"


def test_an_exception_ends_with_its_last_day_of_the_hospital() -> None:
    leave = {"id": "e", "services": ["bavard"], "reason": "essai", "author": "DSI", "expires": "2026-12-03"}
    made = snapshot(services={"bavard": "bloquer"}, exceptions=[leave])
    midnight = dt.datetime(2026, 12, 3, 23, tzinfo=dt.UTC)
    before = decide(made, Query("bavard.example", at=midnight - dt.timedelta(seconds=10)))
    assert (before.verdict, before.seconds) == (Verdict.ALLOW, 10)
    assert decide(made, Query("bavard.example", at=midnight)).verdict is Verdict.BLOCK


@pytest.mark.parametrize(("at", "expected"), [
    ("2026-12-03T07:30+01:00", Verdict.BLOCK),
    ("2026-12-03T08:00+01:00", Verdict.ALLOW),
    ("2026-12-03T18:29+01:00", Verdict.ALLOW),
    ("2026-12-03T18:30+01:00", Verdict.BLOCK),
    ("2026-07-02T08:00+02:00", Verdict.ALLOW),
    ("2026-12-05T12:00+01:00", Verdict.BLOCK),
    ("2026-12-03T22:00+01:00", Verdict.OBSERVE),
    ("2026-12-04T05:59+01:00", Verdict.OBSERVE),
    ("2026-12-04T22:00+01:00", Verdict.BLOCK),
    ("2026-12-03T05:59+01:00", Verdict.BLOCK),
])  # fmt: skip
def test_a_rule_holds_at_its_times(at: str, expected: Verdict) -> None:
    made = snapshot(
        services={"bavard": "bloquer"},
        rules=[
            {"id": "jour", "status": "autoriser", "services": ["bavard"], "days": ["jeudi"], "hours": ["08:00-18:30"]},
            {"id": "nuit", "status": "observer", "services": ["bavard"], "days": ["jeudi"], "hours": ["22:00-06:00"]},
        ],
    )
    assert decide(made, Query("bavard.example", at=dt.datetime.fromisoformat(at))).verdict is expected


def test_a_rule_holds_for_its_people() -> None:
    made = snapshot(
        services={"bavard": "bloquer"},
        groups={"dim": {"subnets": ["10.4.0.0/16"]}},
        rules=[
            {"id": "r", "status": "autoriser", "services": ["bavard"], "groups": ["dim"], "subnets": ["10.5.0.0/16"]}
        ],
    )
    found = {
        source: decide(made, Query("bavard.example", source=source)).verdict
        for source in ("10.4.1.1", "::ffff:10.4.1.1", "10.5.1.1", "10.6.1.1", "x")
    }
    assert [source for source, one in found.items() if one is Verdict.ALLOW] == [
        "10.4.1.1",
        "::ffff:10.4.1.1",
        "10.5.1.1",
    ]


def test_a_pass_opens_a_warning_and_nothing_else() -> None:
    warned = snapshot(services={"bavard": "avertir", "scribe": "bloquer"})
    assert decide(warned, Query("bavard.example")).seconds == 5
    passed = decide(warned, Query("bavard.example"), Everyone())
    assert (passed.verdict, passed.rule, passed.seconds) == (Verdict.OBSERVE, "pass", 5)
    assert decide(warned, Query("scribe.example"), Everyone()).verdict is Verdict.BLOCK
    coached = decide(snapshot(mode="coach", services={"scribe": "bloquer"}), Query("scribe.example"), Everyone())
    assert (coached.verdict, coached.planned) == (Verdict.OBSERVE, Verdict.BLOCK)


def test_what_was_remembered_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Would catch: a helper that grows with every name that anybody ever asked for."""
    monkeypatch.setattr("filters.outbound.deciding._REMEMBERED", 10)
    made = snapshot()
    for number in range(100):
        decide(made, Query(f"h{number}.example"))
        decide(made, Query(f"{number}" * 1000))
    assert len(made.recent) <= 10


def test_a_service_of_a_log_is_decided_as_its_host() -> None:
    made = snapshot(services={"bavard": "bloquer"})
    assert decide_service(made, "bavard", Query("")) == decide(made, Query("bavard.example"))
    assert decide_service(made, "inconnu", Query("")).rule == "default"
    assert decide_service(made, "bavard", Query("", source=GATEWAY)).rule == "gateway"


def test_the_strictest_is_what_anyone_may_meet() -> None:
    made = snapshot(
        rules=[{"id": "r", "status": "bloquer", "services": ["bavard"], "subnets": ["10.9.0.0/16"], "days": ["lundi"]}]
    )
    assert strictest(made, "bavard.example").planned is Verdict.BLOCK
    assert isinstance(strictest(made, "mairie.example"), Decision)
