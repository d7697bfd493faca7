"""What a request pays, however it ends."""

import asyncio

import pytest

from gateway.conversation import Choice, ChoiceDelta, Chunk, Message, Prompt, Reply, Role, Usage
from gateway.errors import (
    GatewayError,
    MaskingOverloadedError,
    MaskingUnavailableError,
    SystemStoppedError,
    UpstreamOverloadedError,
    UpstreamRefusedError,
    UpstreamTimeoutError,
)
from gateway.quota.bill import Bill
from policies.facts import Caller

WHO = Caller("abcd1234", "medecin", "cardiologie")
PROMPT = Prompt((Message(Role.USER, "x" * 400),))
PIECE = Chunk("modele", (ChoiceDelta(0, "y" * 80),))


class Quota:
    """Keeps what is settled."""

    def __init__(self) -> None:
        self.settled: list[Usage] = []

    async def spend(self, *_: object) -> None:
        """Take nothing."""

    async def settle(
        self,
        _who: Caller,
        usage: Usage,
        use: str | None = None,
        prompt: Prompt | None = None,
        slot: str | None = None,
    ) -> None:
        """Note it."""
        assert (use, prompt, slot) == ("traduction", PROMPT, "out-1")
        self.settled.append(usage)


async def paid(*chunks: Chunk, reply: Reply | None = None, error: BaseException | None = None) -> int:
    """Return how many tokens a request has paid in the end."""
    quota = Quota()

    async def work() -> None:
        async with Bill(quota, WHO, "traduction", PROMPT, "out-1") as bill:
            for chunk in chunks:
                bill.add(chunk)
            if reply is not None:
                bill.replied(reply)
            if error is not None:
                raise error

    if error is None:
        await work()
    else:
        with pytest.raises(type(error)):
            await work()
    (usage,) = quota.settled
    return usage.total_tokens


async def test_the_model_s_own_count_is_what_is_paid() -> None:
    assert await paid(PIECE, Chunk("modele", usage=Usage(7, 5))) == 12
    assert await paid(reply=Reply((Choice(0, "y"),), Usage(7, 5), "modele")) == 12


@pytest.mark.parametrize(
    "error",
    [
        MaskingUnavailableError(),
        MaskingOverloadedError(3),
        UpstreamOverloadedError(),
        UpstreamRefusedError(),
        SystemStoppedError(),
    ],
)
async def test_where_no_model_has_worked_nothing_is_paid(error: GatewayError) -> None:
    """Would catch: a ward that tries again while a model is down, and is told that its tokens are used up."""
    assert await paid(error=error) == 0


@pytest.mark.parametrize("error", [UpstreamTimeoutError(), asyncio.CancelledError(), GeneratorExit()])
async def test_a_model_that_may_have_worked_is_paid_for_the_prompt(error: BaseException) -> None:
    assert await paid(error=error) == 100


@pytest.mark.parametrize("error", [None, asyncio.CancelledError(), GeneratorExit(), UpstreamRefusedError()])
async def test_an_answer_that_nobody_counted_is_paid_by_its_length(error: BaseException | None) -> None:
    """Would catch: a tool that leaves just before each answer's end, or a server that counts nothing: never limited."""
    assert await paid(PIECE, PIECE, error=error) == 100 + 40


async def test_a_whole_answer_that_nobody_counted_is_paid_by_its_length() -> None:
    assert await paid(reply=Reply((Choice(0, "y" * 80), Choice(1, None, refusal="z" * 40)), Usage(), "modele")) == 130
