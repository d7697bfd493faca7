"""The rules of quotas, over any store of buckets."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, Protocol

from gateway.conversation import Prompt, TextPart, Usage
from gateway.errors import QuotaExceededError
from gateway.quota.allowances import Allowances, Purse, Unit
from policies.facts import Caller

CHARACTERS: Final = 4
"""Of a French text in a token, about; what was reserved is corrected once the model has counted."""

RETRY_SECONDS: Final = 5
"""After which to try again where too much is in progress: nobody knows when an answer ends, and most take seconds."""


@dataclass(frozen=True, slots=True)
class Draw:
    """What is taken out of a purse, where at least `need` is in it; less than nothing is put back."""

    purse: Purse
    need: int
    amount: int


@dataclass(frozen=True, slots=True)
class Slots:
    """What one request in progress takes: a slot of each purse, under its own name."""

    request: str
    purses: tuple[Purse, ...]


@dataclass(frozen=True, slots=True)
class Shortage:
    """The first purse with less than was needed, and in how many seconds it may be there."""

    purse: Purse
    seconds: int


class Buckets(Protocol):
    """Keeps a bucket for each purse, full until something is taken, and the names of what is in progress.

    Fails with whatever error it likes. What was asked for then may have been done or not: a slot that nobody was told
    of is free again after a while.
    """

    async def take(self, draws: Sequence[Draw], slots: Slots | None = None) -> Shortage | None:
        """Take every draw and every slot in one step, or nothing at all and return what is short."""
        ...

    async def give_back(self, draws: Sequence[Draw], slots: Slots) -> None:
        """Take every draw, whatever is left, and free these slots; one that is not taken is free already."""
        ...


class CountingQuota:
    """A `Quota`. A request is refused once what was asked before has used up the minute, and takes nothing then.

    Tokens are reserved by the prompt's length and settled by the model's count, so a purse can be in debt: by what
    the answers to requests already admitted take beyond it. Nobody draws on it again before the debt is paid.

    A request in progress holds a slot of each of its limits until it is settled; where there is no such limit, nothing
    more is done than to count.
    """

    def __init__(self, allowances: Allowances, buckets: Buckets) -> None:
        self._allowances, self._buckets = allowances, buckets
        self._limits_concurrency = allowances.limits_concurrency

    async def spend(
        self, caller: Caller, use: str | None = None, prompt: Prompt | None = None, slot: str | None = None
    ) -> None:
        """Take one request, the prompt's tokens and a slot, or raise `QuotaExceededError`."""
        tokens = expected(prompt)
        draws = [
            Draw(purse, 1, tokens if purse.unit is Unit.TOKENS else 1) for purse in self._allowances.purses(caller, use)
        ]
        slots = self._slots(caller, use, slot)
        if (draws or slots) and (short := await self._buckets.take(draws, slots)):
            raise QuotaExceededError(short.purse.unit, short.seconds, short.purse.holder)

    async def settle(
        self,
        caller: Caller,
        usage: Usage,
        use: str | None = None,
        prompt: Prompt | None = None,
        slot: str | None = None,
    ) -> None:
        """Count the tokens of an answer, which the next requests wait for until they are paid, and free its slot."""
        amount = usage.total_tokens - expected(prompt)
        purses = self._allowances.purses(caller, use)
        draws = [Draw(purse, 0, amount) for purse in purses if purse.unit is Unit.TOKENS]
        if slots := self._slots(caller, use, slot):
            await self._buckets.give_back(draws, slots)
        elif draws:
            await self._buckets.take(draws)

    def _slots(self, caller: Caller, use: str | None, slot: str | None) -> Slots | None:
        if slot is None or not self._limits_concurrency:
            return None
        purses = self._allowances.slots(caller, use)
        return Slots(slot, purses) if purses else None


def expected(prompt: Prompt | None) -> int:
    """Return about how many tokens the messages are."""
    contents = [message.content for message in prompt.messages] if prompt else []
    return sum(_characters(content) for content in contents) // CHARACTERS


def _characters(content: object) -> int:
    if isinstance(content, tuple):
        return sum(len(part.text) for part in content if isinstance(part, TextPart))
    return len(content) if isinstance(content, str) else 0
