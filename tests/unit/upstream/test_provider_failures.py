"""One contract for both roads to a model that fails: the same error, in our words, and nothing left open."""

import asyncio
import logging
from contextlib import aclosing

import pytest

from gateway.errors import UpstreamError, UpstreamOverloadedError, UpstreamRefusedError, UpstreamTimeoutError
from gateway.upstream import events, reception
from tests.fakes.openai_server import Fails, Hangs, Pieces, Raw, Says, recording_upstream
from tests.fakes.prompts import masked
from tests.fakes.roads import (
    EVENTS,
    answered,
    data,
    each_road,
    each_way,
    event,
    model_at,
    streamed,
    whole_or_streamed,
)


@each_road
@each_way
@whole_or_streamed
@pytest.mark.parametrize(
    ("script", "expected"),
    [
        (Fails(400), UpstreamRefusedError),
        (Fails(401), UpstreamRefusedError),
        (Fails(404), UpstreamRefusedError),
        (Fails(408), UpstreamTimeoutError),
        (Fails(429), UpstreamOverloadedError),
        (Fails(500), UpstreamRefusedError),
        (Fails(503), UpstreamOverloadedError),
        (Fails(504), UpstreamTimeoutError),
        (Raw(b"SECRET-MARKER"), UpstreamRefusedError),
        (Raw(b"\xff\xfe\x00SECRET-MARKER"), UpstreamRefusedError),
        (Raw(b"{}"), UpstreamRefusedError),
        (Raw(b'{"choices": []}'), UpstreamRefusedError),
        (Raw(b'data: {"error": {"message": "SECRET-MARKER"}}\n\n', EVENTS), UpstreamRefusedError),
        (Raw(data(event("a", "stop", error={"message": "SECRET-MARKER"})), EVENTS), UpstreamRefusedError),
        (Raw(b'data: {"choices": [{"index": 0, "delta": {"content": "a"}}]}\n\n', EVENTS), UpstreamRefusedError),
    ],
)
async def test_problems_are_told_in_our_words(
    road: str,
    told: str,
    script: Fails | Raw,
    expected: type[UpstreamError],
    *,
    stream: bool,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    """The leak caught: a provider's error, which may quote the request, in our exception, its chain, a log, a print."""
    caplog.set_level(logging.DEBUG)
    async with recording_upstream() as server, model_at(server, road, told) as model:
        server.reply_with(script)
        with pytest.raises(UpstreamError) as caught:
            await answered(model, masked("note-confidentielle"), stream=stream)
    assert type(caught.value) is expected
    assert caught.value.__cause__ is None
    assert caught.value.__context__ is None
    said = f"{caught.value}{caplog.text}{capfd.readouterr()}"
    assert "SECRET-MARKER" not in said
    assert "note-confidentielle" not in said
    assert "cle-de-la-route" not in said
    assert len(server.requests) == 1, "retries belong to the router"


@each_road
@each_way
@whole_or_streamed
@pytest.mark.parametrize(
    ("header", "seconds"),
    [("7", 7), ("0", 1), ("999999999999", 600), ("Wed, 21 Oct 2026 07:28:00 GMT", 10), ("soon", 10)],
)
async def test_how_long_to_wait_is_told(road: str, told: str, header: str, seconds: int, *, stream: bool) -> None:
    async with recording_upstream() as server, model_at(server, road, told) as model:
        server.reply_with(Fails(429, headers={"retry-after": header}))
        with pytest.raises(UpstreamOverloadedError) as caught:
            await answered(model, masked("Bonjour"), stream=stream)
    assert caught.value.retry_after == seconds


@each_road
@each_way
@whole_or_streamed
async def test_redirects_are_not_followed(road: str, told: str, *, stream: bool) -> None:
    """The leak caught: a masked note, and the key, sent to whatever address a server answers."""
    async with recording_upstream() as server, recording_upstream() as elsewhere, model_at(server, road, told) as model:
        server.reply_with(Fails(307, headers={"location": f"{elsewhere.url}/chat/completions"}))
        with pytest.raises(UpstreamRefusedError):
            await answered(model, masked("Bonjour"), stream=stream)
        assert elsewhere.requests == []


@each_road
@each_way
async def test_a_cut_stream_is_an_error(road: str, told: str) -> None:
    async with recording_upstream() as server, model_at(server, road, told) as model:
        server.reply_with(Says("Bonjour", cut_after=2))
        with pytest.raises(UpstreamOverloadedError) as caught:
            await streamed(model, masked("Bonjour"))
    assert caught.value.__context__ is None


SILENCES = {
    "at once": Hangs(),
    "within a whole answer": Pieces([b'{"choices": ['], "application/json", then_silent=True),
    "within a stream": Pieces([data(event("Bon"))], then_silent=True),
}


@each_road
@each_way
@whole_or_streamed
@pytest.mark.parametrize("silence", SILENCES)
async def test_a_silent_server_times_out(road: str, told: str, silence: str, *, stream: bool) -> None:
    async with recording_upstream() as server, model_at(server, road, told, timeout_seconds=0.2) as model:
        server.reply_with(SILENCES[silence])
        with pytest.raises(UpstreamTimeoutError) as caught:
            await answered(model, masked("Bonjour"), stream=stream)
        await asyncio.wait_for(server.disconnected.wait(), 60)
    assert caught.value.__context__ is None


@each_road
@each_way
@whole_or_streamed
async def test_a_server_that_is_down(road: str, told: str, *, stream: bool) -> None:
    async with recording_upstream() as server:
        pass
    async with model_at(server, road, told) as model:
        with pytest.raises(UpstreamOverloadedError) as caught:
            await answered(model, masked("Bonjour"), stream=stream)
    assert caught.value.__context__ is None


@each_road
@each_way
@pytest.mark.parametrize(
    "script",
    [
        Pieces([b" " * 1000], "application/json", endless=True),
        Pieces([data(event("a"))], endless=True),
        Pieces([b": alive\n\n"], endless=True),
        Pieces([b"data: " + b"x" * 1000], endless=True),
        Pieces([b'data: "x\n'], endless=True),
    ],
    ids=["whole", "words", "comments", "line", "lines"],
)
async def test_an_answer_without_end_is_left(
    road: str, told: str, script: Pieces, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The bug caught: a server that never ends its answer fills the memory of the gateway, for everybody."""
    monkeypatch.setattr(events, "LONGEST_LINE", 50_000)
    monkeypatch.setattr(reception, "LONGEST_STREAM", 100_000)
    monkeypatch.setattr(reception, "LONGEST_ANSWER", 100_000)
    async with recording_upstream() as server, model_at(server, road, told) as model:
        server.reply_with(script)
        with pytest.raises(UpstreamRefusedError) as caught:
            await answered(model, masked("Bonjour"), stream=script.content_type == EVENTS)
        await asyncio.wait_for(server.disconnected.wait(), 60)
    assert caught.value.__context__ is None


@each_road
@each_way
async def test_closing_the_stream_closes_the_connection(road: str, told: str) -> None:
    """The bug caught: a model that goes on writing, and a hospital that goes on paying, for nobody."""
    async with recording_upstream() as server, model_at(server, road, told) as model:
        server.reply_with(Says("Bonjour à tous", hold_after=2))
        async with aclosing(model.stream(masked("Bonjour"))) as chunks:
            async for chunk in chunks:
                if chunk.deltas:
                    break
        async with asyncio.timeout(60):
            await server.disconnected.wait()


@each_road
@each_way
@whole_or_streamed
async def test_cancelling_closes_the_connection(road: str, told: str, *, stream: bool) -> None:
    async with recording_upstream() as server, model_at(server, road, told) as model, asyncio.TaskGroup() as group:
        server.reply_with(Hangs())
        task = group.create_task(answered(model, masked("Bonjour"), stream=stream))
        await server.holding.wait()
        task.cancel()
        async with asyncio.timeout(60):
            await server.disconnected.wait()
