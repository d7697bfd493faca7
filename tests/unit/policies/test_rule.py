"""The parts of a charter that carry rules of their own."""

import datetime as dt

import pytest
from pydantic import ValidationError

from policies.decision import Review
from policies.facts import Tier
from policies.rule import NoticeText, Refusal, Use

USE = Use(
    id="traduction",
    title="Traduction",
    description="Traduire.",
    roles=frozenset({"*"}),
    tier=Tier.D1,
    review=Review.R1,
    reviewer="un interprète",
    article="art. 1",
    risk="limité",
)
FROM, UNTIL = dt.date(2026, 3, 1), dt.date(2026, 3, 31)


@pytest.mark.parametrize(
    ("today", "open_"),
    [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)],
)
def test_a_use_is_open_from_its_first_day_to_its_last(today: str, open_: bool) -> None:  # noqa: FBT001  a table
    """Would catch: an authorisation that outlives its date, or ends a day early."""
    use = USE.model_copy(update={"valid_from": FROM, "valid_until": UNTIL})
    assert use.open_on(dt.date.fromisoformat(today)) is open_


def test_a_disabled_use_is_closed_whatever_the_day() -> None:
    assert not USE.model_copy(update={"enabled": False}).open_on(FROM)


def test_a_use_without_dates_is_open() -> None:
    assert USE.open_on(FROM)


@pytest.mark.parametrize(
    "text",
    ["sans système", "{nom}", "{nom} {version} {auteur}", "{nom} {version", "{nom} {version} }", "{nom!r} {version}",
     "{nom:>9} {version}", "{{nom}} {version}", "{} {nom} {version}", "{nom.x} {version}"],
)  # fmt: skip
def test_a_notice_that_could_show_a_hole_is_refused(text: str) -> None:
    """Would catch: an answer that leaves with `{auteur}` in its notice, or an error in the middle of marking."""
    with pytest.raises(ValidationError):
        NoticeText(before=text)


def test_a_refusal_cannot_name_what_the_caller_typed() -> None:
    """Would catch: a charter whose messages repeat a request, hence a patient's name."""
    with pytest.raises(ValidationError):
        Refusal(article="art. 1", message="« {prompt} » est refusé.")
