"""How a charter writes what it asks of people."""

import pytest
from pydantic import ValidationError

from policies.people import GENERAL, PeopleRule, Required, Tools


def test_nothing_is_asked_unless_it_is_written() -> None:
    rule = PeopleRule()
    assert (rule.required, rule.trainings, rule.sign, rule.tools, rule.months) == (
        Required.OFF, GENERAL, True, Tools.REFUSED, 12,
    )  # fmt: skip


@pytest.mark.parametrize(
    "written",
    [
        {"required": "some"},
        {"required": False},
        {"trainings": ["ia-socle"]},
        {"trainings": ["RGPD 2026"]},
        {"trainings": [""]},
        {"trainings": ["A" * 41]},
        {"tools": "allowed"},
        {"months": 0},
        {"signed": True},
    ],
)
def test_what_could_be_misread_is_refused(written: dict[str, object]) -> None:
    """Would catch: a rule that its author believes to be on, and that asks for nothing."""
    with pytest.raises(ValidationError):
        PeopleRule.model_validate(written)
