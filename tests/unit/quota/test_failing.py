"""What happens when the quota store does not answer."""

import pytest

from gateway.conversation import Usage
from gateway.errors import QuotaExceededError, QuotaUnavailableError
from gateway.quota.failing import Guarded
from policies.facts import Caller


class Store:
    """A store that answers with an error."""

    def __init__(self, error: Exception) -> None:
        self.error = error

    async def spend(self, *_: object) -> None:
        """Fail."""
        raise self.error

    async def settle(self, *_: object) -> None:
        """Fail."""
        raise self.error


def caller(*, tool: bool) -> Caller:
    return Caller("a", "medecin", "cardiologie", tool=tool)


async def test_a_tool_is_refused() -> None:
    flags: list[None] = []
    with pytest.raises(QuotaUnavailableError):
        await Guarded(Store(ConnectionError()), lambda: flags.append(None)).spend(caller(tool=True))
    assert flags == []


async def test_a_clinician_is_let_through_and_flagged() -> None:
    """Would catch a counter that stands between a clinician and care."""
    flags: list[None] = []
    quota = Guarded(Store(ConnectionError()), lambda: flags.append(None))
    await quota.spend(caller(tool=False))
    await quota.settle(caller(tool=False), Usage(1, 1))
    assert len(flags) == 2


@pytest.mark.parametrize("tool", [True, False])
async def test_a_store_that_answers_is_obeyed(tool: bool) -> None:  # noqa: FBT001 - a parameter of the test
    with pytest.raises(QuotaExceededError):
        await Guarded(Store(QuotaExceededError("requests", 1)), list).spend(caller(tool=tool))
