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


@dataclass(frozen=True, slots=True)
class Draw:
    """What is taken out of a purse, where at least `need` is in it; less than nothing is put back."""

    purse: Purse
    need: int
    amount: int


@dataclass(frozen=True, slots=True)
class Shortage:
    """The first purse with less than was needed, and in how many seconds it will be there."""

    purse: Purse
    seconds: int


class Buckets(Protocol):
    """Keeps a bucket for each purse, full until something is taken; fails with whatever error it likes."""

    async def take(self, draws: Sequence[Draw]) -> Shortage | None:
        """Take every draw in one step, or nothing at all and return what is short."""
        ...


class CountingQuota:
    """A `Quota`. A request is refused once what was asked before has used up the minute, and takes nothing then.

    Tokens are reserved by the prompt's length and settled by the model's count, so a purse can be in debt: by what
    the answers to requests already admitted take beyond it. Nobody draws on it again before the debt is paid.
    """

    def __init__(self, allowances: Allowances, buckets: Buckets) -> None:
        self._allowances, self._buckets = allowances, buckets

    async def spend(self, caller: Caller, use: str | None = None, prompt: Prompt | None = None) -> None:
        """Take one request and the prompt's tokens, or raise `QuotaExceededError`."""
        tokens = expected(prompt)
        draws = [
            Draw(purse, 1, tokens if purse.unit is Unit.TOKENS else 1) for purse in self._allowances.purses(caller, use)
        ]
        if draws and (short := await self._buckets.take(draws)):
            raise QuotaExceededError(short.purse.unit, short.seconds, short.purse.holder)

    async def settle(self, caller: Caller, usage: Usage, use: str | None = None, prompt: Prompt | None = None) -> None:
        """Count the tokens of an answer; the next requests wait until they are paid."""
        amount = usage.total_tokens - expected(prompt)
        purses = self._allowances.purses(caller, use)
        if draws := [Draw(purse, 0, amount) for purse in purses if purse.unit is Unit.TOKENS]:
            await self._buckets.take(draws)


def expected(prompt: Prompt | None) -> int:
    """Return about how many tokens the messages are."""
    contents = [message.content for message in prompt.messages] if prompt else []
    return sum(_characters(content) for content in contents) // CHARACTERS


def _characters(content: object) -> int:
    if isinstance(content, tuple):
        return sum(len(part.text) for part in content if isinstance(part, TextPart))
    return len(content) if isinstance(content, str) else 0
