"""What a record gathers on the way."""

from collections.abc import Iterator

import pytest

from gateway.audit.event import Ending
from gateway.audit.record import OpenRecord
from gateway.conversation import Usage
from gateway.errors import MaskingUnavailableError
from policies.decision import Decision
from policies.facts import AiSystem, Route, Tier
from tests.fakes.journal import ALLOWED
from tests.fakes.month import line

SPARE = Route("spare", Tier.D1, "FR", AiSystem("Secours", "2", "Écluse"))


def record(*instants: float) -> OpenRecord:
    times: Iterator[float] = iter(instants)
    decision = Decision(
        ALLOWED.outcome, "permis", "v", "", "12.1", "dpo", "compte_rendu", ALLOWED.route, (SPARE,), ALLOWED.duties
    )
    return OpenRecord(line(), decision, clock=lambda: next(times))


def test_stages_add_up_also_when_they_fail() -> None:
    found = record(0.0, 1.0, 1.5, 2.0, 2.25, 3.0)
    with found.stage("masking"):
        pass
    with pytest.raises(MaskingUnavailableError), found.stage("masking"):
        raise MaskingUnavailableError
    ended = found.end(MaskingUnavailableError("the text of a patient"))
    assert ended.stages_ms == {"masking": 750.0}
    assert ended.duration_ms == 3000
    assert (ended.ending, ended.failure) == (Ending.FAILED, "MaskingUnavailableError")


def test_a_fallback_is_named_with_its_own_system() -> None:
    """Would catch a line that credits the first route with another model's answer."""
    found = record(0.0, 1.0)
    found.replied("spare", Usage(1, 2))
    ended = found.end(None)
    assert (ended.route, ended.system) == ("spare", "Secours 2")
