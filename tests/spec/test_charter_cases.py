"""The shipped charter decides as its cases say: caller, request, decision, and what the journal writes of it."""

import datetime as dt
from typing import Any

import pytest
from pydantic import Field

from config.charter import SHIPPED
from config.reading import read_yaml
from config.routes import Id, RouteSettings
from config.section import Section
from policies.charter import Charter
from policies.decision import Decision, Outcome, Review
from policies.facts import Caller, Facts, Tier
from policies.loader import read_charter, routes_of
from policies.rule import IDENTIFIERS, CharterText, Code


class WhoAsks(Section):
    """The caller of a case."""

    role: str
    uses: frozenset[str] | None = None


class WhatIsAsked(Section):
    """The request of a case."""

    use: str | None = None
    route: str | None = None
    media: bool = False


class Expected(Section):
    """The decision, and the fields that the journal writes of it."""

    decision: Outcome
    code: Code
    article: str
    use: str | None = None
    route: str | None = None
    tier: Tier | None = None
    review: Review | None = None
    masked: bool = True
    fallbacks: tuple[str, ...] = ()


class Case(Section):
    """One case."""

    case: str
    caller: WhoAsks
    request: WhatIsAsked
    expect: Expected
    routes: tuple[Id, ...] = ("demo",)
    amend: dict[str, dict[str, Any]] = Field(default_factory=dict)
    today: dt.date | None = None


class Cases(Section):
    """The file of cases."""

    today: dt.date
    routes: tuple[RouteSettings, ...]
    cases: tuple[Case, ...]


CASES = read_yaml(SHIPPED.with_name("hospital_cases.yaml"), Cases).result()
ROUTES = {route.id: route for route in routes_of(CASES.routes)}
SHIPPED_TEXT = read_charter(SHIPPED, list(ROUTES)).result()


def charter(case: Case) -> Charter:
    written = SHIPPED_TEXT.model_dump()
    for use in written["uses"]:
        use.update(case.amend.get(use["id"], {}))
    return Charter(CharterText.model_validate(written), [ROUTES[id_] for id_ in case.routes])


def summary(decision: Decision) -> Expected:
    return Expected(
        decision=decision.outcome,
        code=Code(decision.code),
        article=decision.article,
        use=decision.use,
        route=decision.route.id if decision.route else None,
        tier=decision.duties.tier if decision.duties else None,
        review=decision.duties.review if decision.duties else None,
        masked=decision.duties.must_mask == IDENTIFIERS if decision.duties else True,
        fallbacks=tuple(route.id for route in decision.fallbacks),
    )


@pytest.mark.parametrize("case", CASES.cases, ids=[case.case for case in CASES.cases])
def test_case(case: Case) -> None:
    caller = Caller("cle-1", case.caller.role, "cardiologie", case.caller.uses)
    facts = Facts(case.request.use, case.request.route, case.today or CASES.today, has_media=case.request.media)
    assert summary(charter(case).decide(caller, facts)) == case.expect


def test_every_use_and_every_code_has_a_case() -> None:
    assert {case.expect.use for case in CASES.cases} - {None} == set(charter(CASES.cases[0]).uses)
    assert {case.expect.code for case in CASES.cases} == set(Code)


def test_no_case_is_written_twice() -> None:
    titles = [case.case for case in CASES.cases]
    assert len(titles) == len(set(titles))
