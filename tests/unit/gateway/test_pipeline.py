"""The journey's own order, where a stage does something that its protocol forbids."""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import AbstractContextManager, asynccontextmanager, nullcontext
from dataclasses import replace
from typing import Any, cast

import pytest
from typing_extensions import override

from filters.identifiers.masker import Masked
from filters.identifiers.vault import Vault
from gateway.conversation import Choice, ChoiceDelta, Chunk, Message, Prompt, Reply, Role, Usage
from gateway.errors import ReadingUnavailableError, SystemStoppedError, UpstreamRefusedError
from gateway.pipeline import Pipeline, Request, StreamStart
from gateway.provenance.marks import Marks
from gateway.systems.board import Board
from gateway.systems.guard import Guard
from policies.decision import RefusedError
from policies.facts import Facts
from tests.fakes.answers import scanner
from tests.fakes.journal import REFUSED
from tests.fakes.pipeline import ALLOWED, DOCTOR, counting
from tests.fakes.systems import NOON, stopped


class Stages:
    """Every stage at once: all of them pass, and the model says nothing at all."""

    output_id = "out-1"
    code = "permis"

    def __init__(self) -> None:
        self.endings: list[str] = []
        self.routes: list[str] = []

    async def read(self, *_: object) -> None:
        """Recognise nothing."""

    def decide(self, *_: object) -> "Stages":
        """Allow."""
        return self

    def require_allowed(self, _: str) -> object:
        """Allow."""
        return ALLOWED

    @asynccontextmanager
    async def record(self, *_: object, **__: object) -> AsyncIterator["Stages"]:
        """Keep how the record ends."""
        try:
            yield self
        except Exception as error:
            self.endings.append(type(error).__name__)
            raise
        self.endings.append("answered")

    def stage(self, _: str) -> AbstractContextManager[None]:
        """Measure nothing."""
        return nullcontext()

    def masked(self, _: Mapping[str, int]) -> None:
        """Note nothing."""

    def replied(self, route: str, _: Usage) -> None:
        """Keep who answered."""
        self.routes.append(route)

    async def mask(self, texts: Any, *_: object) -> Masked:
        """Mask nothing."""
        return Masked(tuple(text.value for text in texts), None, {}, ((),) * len(texts), Vault(()))

    async def stream(self, *_: object) -> AsyncGenerator[Chunk, None]:
        """Say nothing."""
        chunks: tuple[Chunk, ...] = ()
        for chunk in chunks:
            yield chunk

    def notice(self, *_: object) -> str:
        """Append nothing."""
        return ""


class StoppedLate(Stages):
    """A model that answers, and a stop that comes while the answer is being marked."""

    def __init__(self, board: Board) -> None:
        super().__init__()
        self.board = board

    async def complete(self, *_: object) -> Reply:
        """Answer."""
        return Reply((Choice(0, "Bonjour"),), Usage(1, 1), "demo")

    @override
    async def stream(self, *_: object) -> AsyncGenerator[Chunk, None]:
        """Answer."""
        yield Chunk("demo", (ChoiceDelta(0, "Bonjour", finish_reason="stop"),))

    def headers(self, *_: object) -> Mapping[str, str]:
        """Add nothing."""
        return {}

    def restored(self, *_: int) -> None:
        """Note nothing."""

    def scanned(self, _: Mapping[str, int]) -> None:
        """Note nothing."""

    async def mark(self, _: object) -> Marks:
        """Take so long that everything is stopped meanwhile."""
        self.board.merge([stopped(since=NOON)])
        return Marks({}, {})


class Endless(Stages):
    """Another route than the first, which never comes to an end."""

    @override
    async def stream(self, *_: object) -> AsyncGenerator[Chunk, None]:
        """Say one word again and again."""
        while True:
            yield Chunk("secours", (ChoiceDelta(0, "Bonjour "),))

    def headers(self, *_: object) -> Mapping[str, str]:
        """Add nothing."""
        return {}


class Refusing(Stages):
    """A charter that refuses as it is told to."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    @override
    def require_allowed(self, output_id: str) -> object:
        """Refuse."""
        return replace(REFUSED, code=self.code).require_allowed(output_id)


ASKED = Request(Prompt((Message(Role.USER, "Bonjour"),)), cast("Facts", None))


def pipeline(stages: Stages, board: Board | None = None) -> Pipeline:
    every = cast("Any", stages)
    guard = Guard(board or Board())
    return Pipeline(every, every, every, counting(), every, every, every, scanner(), guard)


async def test_a_model_that_says_nothing_at_all_is_a_failure() -> None:
    """The bug caught: a request recorded as answered whose caller was told of an error."""
    stages = Stages()
    with pytest.raises(UpstreamRefusedError):
        await anext(pipeline(stages).stream(DOCTOR, ASKED))
    assert stages.endings == ["UpstreamRefusedError"]


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("code", "error", "output_id"),
    [("hors_role", RefusedError, "out-1"), ("lecture_indisponible", ReadingUnavailableError, None)],
)
async def test_a_refusal_names_its_record_and_an_outage_is_none(
    code: str, error: type[Exception], output_id: str | None, *, stream: bool
) -> None:
    """The bug caught: a refusal that nobody can find again, or an outage counted as a refusal."""
    stages = Refusing(code)
    journey = pipeline(stages)
    with pytest.raises(error) as caught:
        await (anext(journey.stream(DOCTOR, ASKED)) if stream else journey.answer(DOCTOR, ASKED))
    assert getattr(caught.value, "output_id", None) == output_id
    assert stages.endings == [error.__name__]


@pytest.mark.parametrize("stream", [False, True])
async def test_an_answer_that_is_not_out_when_all_is_stopped_stays_in(*, stream: bool) -> None:
    """The bug caught: a slow disk that lets whole answers out seconds after everything was stopped."""
    board = Board()
    stages = StoppedLate(board)
    journey = pipeline(stages, board)
    events = journey.stream(DOCTOR, ASKED)
    if stream:
        assert isinstance(await anext(events), StreamStart)
    with pytest.raises(SystemStoppedError):
        await (anext(events) if stream else journey.answer(DOCTOR, ASKED))
    assert stages.endings == ["SystemStoppedError"]


async def test_an_answer_that_is_cut_is_recorded_with_the_route_that_gave_it() -> None:
    """The leak caught: words of one system shown, and another system in the journal, since the caller left early."""
    stages = Endless()
    events = pipeline(stages).stream(DOCTOR, ASKED)
    assert isinstance(await anext(events), StreamStart)
    await events.aclose()
    assert stages.routes == ["secours"]
