"""The cases that an author keeps beside a charter: who asks what, and what the charter has to answer. Pure."""

import datetime as dt
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from pydantic import Field, ValidationError

from config.reading import Reading, read_yaml
from config.routes import Id, RouteSettings
from config.section import Section
from config.sentences import suggestion
from policies.charter import Charter
from policies.decision import Decision, Outcome, Review
from policies.facts import Caller, Facts, Likely, Recognised, Recognition, Standing, Tier
from policies.loader import routes_of
from policies.rule import IDENTIFIERS, CharterText

Recognise = Callable[[str], Recognition]
"""Reads the text of a request."""


class Known(Section):
    """What the register of people knows."""

    trainings: dict[str, dt.date] = Field(default_factory=dict)
    signed: dict[str, dt.date] = Field(default_factory=dict)
    habilitations: dict[str, dt.date] = Field(default_factory=dict)


class WhoAsks(Section):
    """The caller of a case."""

    role: str
    service: str = "cardiologie"
    uses: frozenset[str] | None = None
    tool: bool = True
    standing: Known | None = None
    removed: bool = False
    """Whether the person behind the key is no longer in the register."""

    @property
    def caller(self) -> Caller:
        """Return the caller as identity and the register would make it."""
        known = self.standing
        return Caller(
            "cle-1",
            self.role,
            self.service,
            self.uses,
            tool=self.tool,
            person="a123" if known or self.removed else None,
            standing=Standing(known.trainings, known.signed, known.habilitations) if known else None,
        )


class WhatIsAsked(Section):
    """The request of a case. With a `prompt` its text is read; otherwise the case says what reading would find."""

    use: str | None = None
    route: str | None = None
    media: bool = False
    prompt: str | None = None
    forbidden: tuple[str, ...] = ()
    doubtful: tuple[str, ...] = ()
    likely: dict[str, float] = Field(default_factory=dict)
    emergency: bool = False
    unread: bool = False

    def recognition(self, recognise: Recognise | None) -> Recognition | None:
        """Return what was recognised in the texts; None where they were not read, and nothing is then allowed."""
        if self.unread:
            return None
        if self.prompt is not None:
            return recognise(self.prompt) if recognise else None
        return Recognition(
            tuple(Recognised(practice, 1.0) for practice in self.forbidden),
            tuple(Recognised(practice, 0.5) for practice in self.doubtful),
            tuple(Likely(use, chance) for use, chance in self.likely.items()),
            emergency=self.emergency,
        )


class Expected(Section):
    """The decision, and the fields that the journal writes of it."""

    decision: Outcome
    code: str
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
    """What the governance would have changed of a use."""
    people: dict[str, Any] = Field(default_factory=dict)
    """What it would have changed of what is asked of people."""
    today: dt.date | None = None


class Cases(Section):
    """The file of cases."""

    today: dt.date
    routes: tuple[RouteSettings, ...]
    cases: tuple[Case, ...]


def beside(charter: Path) -> Path:
    """Return where the cases of a charter are kept: `groupe.yaml` has `groupe_cases.yaml`."""
    return charter.with_name(f"{charter.stem}_cases.yaml")


def read_cases(path: Path) -> Reading[Cases]:
    """Return the cases of a file, with its faults; also those of what a case names and the file does not have."""
    reading = read_yaml(path, Cases)
    if reading.value is None:
        return reading
    known, seen = [route.id for route in reading.value.routes], set[str]()
    for index, case in enumerate(reading.value.cases):
        for name in case.routes:
            if name not in known:
                reading.add(
                    ("cases", index, "routes"),
                    f"La route « {name} » n’est pas sous `routes` ; {suggestion(name, known)}",
                )
        if case.case in seen:
            reading.add(("cases", index, "case"), "Deux cas portent ce titre : changez celui-ci.")
        seen.add(case.case)
    return reading


def decided(case: Case, cases: Cases, text: CharterText, recognise: Recognise | None = None) -> Expected:
    """Return what the charter answers in a case; raises ValidationError where `amend` makes no charter."""
    facts = Facts(
        case.request.use,
        case.request.route,
        case.today or cases.today,
        has_media=case.request.media,
        recognition=case.request.recognition(recognise),
    )
    return _summary(_amended(case, cases, text).decide(case.caller.caller, facts))


def failures(case: Case, cases: Cases, text: CharterText, recognise: Recognise | None = None) -> tuple[str, ...]:
    """Return in French what differs between what a case expects and what the charter answers; empty: nothing."""
    try:
        answered = decided(case, cases, text, recognise)
    except ValidationError:
        return ("`amend` ou `people` ne donne pas une charte valide : corrigez ce cas.",)
    return tuple(_differences(case.expect, answered))


def _amended(case: Case, cases: Cases, text: CharterText) -> Charter:
    routes = {route.id: route for route in routes_of(cases.routes)}
    if case.amend or case.people:
        written = text.model_dump()
        for use in written["uses"]:
            use.update(case.amend.get(use["id"], {}))
        written["people"].update(case.people)
        text = CharterText.model_validate(written)
    return Charter(text, [routes[id_] for id_ in case.routes])


def _summary(decision: Decision) -> Expected:
    return Expected(
        decision=decision.outcome,
        code=decision.code,
        article=decision.article,
        use=decision.use,
        route=decision.route.id if decision.route else None,
        tier=decision.duties.tier if decision.duties else None,
        review=decision.duties.review if decision.duties else None,
        masked=decision.duties.must_mask == IDENTIFIERS if decision.duties else True,
        fallbacks=tuple(route.id for route in decision.fallbacks),
    )


def _differences(expected: Expected, answered: Expected) -> Iterator[str]:
    for name in Expected.model_fields:
        wanted, given = getattr(expected, name), getattr(answered, name)
        if wanted != given:
            yield f"{name} : attendu {_shown(wanted)}, obtenu {_shown(given)}"


def _shown(value: object) -> str:
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple):
        return f"[{', '.join(map(str, value))}]"
    return "rien" if value is None else f"« {value} »"
