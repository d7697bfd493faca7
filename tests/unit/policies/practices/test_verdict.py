"""What both voices together make of a passage."""

import pytest

from policies.practices import verdict
from policies.practices.voice import Level

LEVELS = list(Level)


@pytest.mark.parametrize("alone", [True, False])
@pytest.mark.parametrize("level", LEVELS)
def test_whatever_is_forbidden_is_doubtful_at_least(level: Level, *, alone: bool) -> None:
    """Catches a certainty at which a request is refused and one that is surer is let pass."""
    for certainty in (number / 100 for number in range(101)):
        refused = verdict.forbidden(certainty, level, alone=alone)
        assert not refused or verdict.doubtful(certainty, level, alone=alone)
        assert not refused or verdict.forbidden(min(1.0, certainty + 0.01), level, alone=alone)


@pytest.mark.parametrize("level", LEVELS)
def test_one_passage_of_many_has_to_be_surer(level: Level) -> None:
    for certainty in (number / 100 for number in range(101)):
        assert verdict.forbidden(certainty, level) >= verdict.forbidden(certainty, level, alone=False)


def test_who_says_nothing_of_what_they_want_is_asked() -> None:
    """Catches a clinician who is told off for « tu peux regarder ce dossier ? »."""
    assert verdict.forbidden(0.8, Level.NONE, vague=0.3)
    assert not verdict.forbidden(0.8, Level.NONE, vague=0.8)
    assert verdict.doubtful(0.8, Level.NONE)


@pytest.mark.parametrize(("certainty", "level"), [(0.95, Level.NONE), (0.6, Level.ASKED)])
def test_what_is_plain_is_refused_however_short(certainty: float, level: Level) -> None:
    """Would let pass: a forbidden request in four words."""
    assert verdict.forbidden(certainty, level, vague=0.9)
