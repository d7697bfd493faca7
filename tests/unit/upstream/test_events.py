"""Server-sent events, however they are cut, and nothing of them lost."""

from collections.abc import AsyncIterator, Iterable
from contextlib import aclosing
from typing import Any

import pytest

from gateway.errors import UpstreamError, UpstreamRefusedError
from gateway.upstream import events as module
from gateway.upstream.events import events
from gateway.upstream.litellm_client import LitellmModel
from gateway.upstream.target import Target
from tests.fakes.openai_replies import Scripted
from tests.fakes.openai_server import Raw, Says, recording_upstream
from tests.fakes.prompts import masked

STREAM = (
    ': keep-alive\n\nevent: message\r\nid: 7\nretry: 3\ndata: {"a": "[DONE] é"}\r\n\r\ndata:{"b": "x\u2028y\x85z"}\n\n'
    '{"c": 1}\n\ndata:\n\ndata: {\ndata: "d":\n: alive\ndata:2}\n\n'
    'data: {\r\ndata: "e": 3}\r\n\r\ndata: {"f": 4}\ndata: {"g": "\\ud83d"}\n\n'
    'data: [DONE]\n\ndata: {"d": 1}\n\nrubbish'
).encode()
WHOLE = [{"a": "[DONE] é"}, {"b": "x\u2028y\x85z"}, {"c": 1}, {"d": 2}, {"e": 3}, {"f": 4}, {"g": "\ud83d"}, None]


async def each(pieces: Iterable[bytes]) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def read(*pieces: bytes) -> list[Any]:
    async with aclosing(events(each(pieces))) as found:
        return [event async for event in found]


@pytest.mark.parametrize("size", [1, 2, 3, 7, 50, 1000])
async def test_every_cut_gives_the_same_events(size: int) -> None:
    """Catches a text that says `[DONE]` taken for the end, one with a line separator cut in two, and both dropped."""
    assert await read(*(STREAM[start : start + size] for start in range(0, len(STREAM), size))) == WHOLE


@pytest.mark.parametrize("end", [b"data: [DONE]", b"data: [DONE]\n", b"[DONE]"])
async def test_the_end_needs_no_line_end(end: bytes) -> None:
    assert await read(b'data: {"a": 1}\n\n', end) == [{"a": 1}, None]


async def test_a_stream_that_only_stops_is_not_done() -> None:
    assert await read(b'data: {"a": 1}\n\n') == [{"a": 1}]


@pytest.mark.parametrize(
    "line",
    [
        b'data: {"a": "x\n',
        b"data: 7\n",
        b"rubbish\n",
        b"data: [DONE] or so\n",
        b'data: {"a"',
        b"\xff\n",
        b"data: \xff\n",
        b'data: {\ndata: "a"\n\n',
    ],
)
async def test_what_cannot_be_read_is_refused(line: bytes) -> None:
    """The bug caught: a piece of an answer dropped in silence, and the rest shown to a clinician as the whole."""
    with pytest.raises(UpstreamRefusedError):
        await read(b'data: {"a": 1}\n\n', line)


async def test_a_line_without_end_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LONGEST_LINE", 100)
    with pytest.raises(UpstreamRefusedError):
        await read(*[b"x" * 60] * 3)


async def answers(provider: str, script: Scripted) -> tuple[str, str]:
    """Return a model's text, whole where the script allows it, and streamed."""
    async with recording_upstream() as server:
        server.reply_with(script)
        model = LitellmModel(Target("local", f"{provider}/m", server.url))
        try:
            whole = await model.complete(masked("Bonjour")) if isinstance(script, Says) else None
            async with aclosing(model.stream(masked("Bonjour"))) as chunks:
                text = "".join([delta.text async for chunk in chunks for delta in chunk.deltas])
        finally:
            await model.close()
    return (whole.choices[0].text or "" if whole else text), text


@pytest.mark.parametrize("provider", ["hosted_vllm", "openai", "mistral"])
@pytest.mark.parametrize("piece", [1, 6, 100])
async def test_a_text_that_says_done_is_whole(provider: str, piece: int) -> None:
    """The bug caught: litellm takes any piece that holds `[DONE]` for the end of the stream, and drops its text."""
    text = "Écrire [DONE] puis data: [DONE] à la fin.\n[DONE]"
    assert await answers(provider, Says(text, piece=piece)) == (text, text)


BEGUN = 'data: {"choices": [{"index": 0, "delta": {"content": "Bonjour"}}]}\n\n'
ENDED = 'data: {"choices": [{"index": 0, "delta": {}, "finish_reason": "stop"}]}\n\n'


@pytest.mark.parametrize("provider", ["hosted_vllm", "openai"])
@pytest.mark.parametrize(
    "rest",
    [
        'data: {"choices": [{"index": 0, "delta": {"content": "[DONE]"}}]}\n\n',
        'data: {"choices": [{"index": 0, "delta": {"content": "[DONE]',
        f'data: {{"choices": [{{"index": 0, "delta": {{"conte\n\n{ENDED}',
    ],
)
async def test_a_stream_that_lacks_a_piece_is_an_error(provider: str, rest: str) -> None:
    """The bug caught: an answer cut after a text that says `[DONE]`, or without one of its pieces, shown as whole."""
    with pytest.raises(UpstreamError):
        await answers(provider, Raw((BEGUN + rest).encode(), "text/event-stream"))


async def test_a_stream_may_say_its_end_by_done_alone() -> None:
    assert (await answers("hosted_vllm", Raw(f"{BEGUN}data: [DONE]\n\n".encode(), "text/event-stream")))[1] == "Bonjour"


async def test_half_a_surrogate_pair_breaks_no_answer() -> None:
    """Catches an answer that cannot be written as bytes, after it was recorded as given."""
    half = BEGUN.replace("Bonjour", r"\ud83d")
    assert (await answers("hosted_vllm", Raw((half + ENDED).encode(), "text/event-stream")))[1] == "\ufffd"
