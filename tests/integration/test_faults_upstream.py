"""A model's server that is slow, cut, talks nonsense or never ends: its callers are told so, in time, and no more."""

import asyncio
import gzip
import json
import time
from collections.abc import AsyncIterator
from typing import Any

import pytest
import pytest_asyncio

from tests.fakes.account import Account, account
from tests.fakes.faults import memory, opened, written
from tests.fakes.openai_replies import Scripted, completion
from tests.fakes.openai_server import Drops, Hangs, Pieces, RecordingUpstream, Says, Wire, recording_upstream
from tests.fakes.serving import SECONDS, Serving

pytestmark = [pytest.mark.xdist_group("faults-upstream"), pytest.mark.asyncio(loop_scope="module")]

PATIENCE, MARGIN = 4, 30
"""Seconds that a model is waited for, and that a busy machine may take beside the patience that was chosen."""

GROWTH = 160
"""MiB that a gateway may hold more while a model floods it: the largest answer, and what reading it takes."""

WHOLE = json.dumps(completion(Says("Bonjour à tous, voici le texte."), {})).encode()
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: "
JSON, EVENTS = HEAD + b"application/json\r\n", HEAD + b"text/event-stream\r\n"


def event(text: str) -> bytes:
    said = {"choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}]}
    return b"data: " + json.dumps(said).encode() + b"\n\n"


FIRST, FAT = event("Bonjour à tous, "), event("Bonjour à tous. " * 16_000)


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def upstream() -> AsyncIterator[RecordingUpstream]:
    async with recording_upstream() as served:
        yield served


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def house(upstream: RecordingUpstream, tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Serving]:
    async with opened(written(tmp_path_factory.mktemp("house"), upstream.url, patience=PATIENCE)) as serving:
        yield serving


@pytest_asyncio.fixture(loop_scope="module")
async def callers(house: Serving, upstream: RecordingUpstream) -> AsyncIterator[Account]:
    """Give callers, of whom all is in order at the end, and who are answered again."""
    made = await account([house], upstream)
    yield made
    upstream.reply_with(Says("Bonjour à tous."))
    for stream in (False, True):
        assert (await made.ask(stream=stream)).answered
    await made.balanced(resent=1)


async def ends(callers: Account, script: Scripted, codes: set[str], *, stream: bool) -> None:
    """Ask while the model does as the script says, and be told one of these codes in time."""
    callers.upstream.reply_with(script)
    began = time.monotonic()
    heard = await callers.ask(stream=stream)
    assert heard.code in codes, heard
    assert time.monotonic() - began < PATIENCE + MARGIN


SLOW: dict[str, tuple[Scripted, bool]] = {
    "nothing": (Hangs(), False),
    "nothing, streamed": (Hangs(), True),
    "byte after byte": (Pieces([WHOLE[:1], b" "], "application/json", endless=True, pause=0.05), False),
    "silent in the middle, whole": (Pieces([WHOLE[:40]], "application/json", then_silent=True), False),
    "silent after the head": (Pieces([b": \n\n"], then_silent=True), True),
    "silent in the middle": (Pieces([FIRST], then_silent=True), True),
    "half an event": (Pieces([FIRST, FIRST[:20]], then_silent=True), True),
}


async def test_a_slow_model_is_not_waited_for_without_end(callers: Account) -> None:
    """Would catch: a ward whose screens stand still because a model's server does."""
    asked_for = {f"Reformule : {count} patients ont bien dormi.": name for count, name in enumerate(SLOW, 2)}
    callers.upstream.reply_with(lambda body: SLOW[asked_for[body["messages"][-1]["content"]]][0])
    began = time.monotonic()
    async with asyncio.TaskGroup() as group:
        asking = {name: group.create_task(callers.ask(text, stream=SLOW[name][1])) for text, name in asked_for.items()}
    assert {name: asked.result().code for name, asked in asking.items()} == dict.fromkeys(SLOW, "modele_trop_lent")
    assert time.monotonic() - began < PATIENCE + MARGIN


CUT: dict[str, tuple[Scripted, bool]] = {
    "before a word": (Drops(), False),
    "before a word, streamed": (Drops(), True),
    "in the status": (Wire(b"HTTP/1.1 20"), False),
    "in the head": (Wire(JSON), False),
    "in the head, streamed": (Wire(EVENTS), True),
    "in a body of known length": (Wire(JSON + b"content-length: 4000\r\n\r\n" + WHOLE), False),
    "in a body of unknown length": (Wire(JSON + b"\r\n" + WHOLE[:-9]), False),
    "in a chunk": (Wire(JSON + b"transfer-encoding: chunked\r\n\r\nffff\r\n" + WHOLE), False),
    "in a streamed chunk": (Wire(EVENTS + b"transfer-encoding: chunked\r\n\r\nffff\r\n" + FIRST), True),
    "between two events": (Says("Bonjour à tous, voici le texte.", cut_after=4), True),
    "at the end of an event, as if it were over": (Wire(EVENTS + b"\r\n" + FIRST), True),
}


@pytest.mark.parametrize(("script", "stream"), CUT.values(), ids=CUT)
async def test_an_answer_that_is_cut_is_none(callers: Account, script: Scripted, *, stream: bool) -> None:
    """Would catch: half a letter that looks whole."""
    await ends(callers, script, {"modele_en_erreur", "modele_sature"}, stream=stream)


def sent(value: Any) -> bytes:
    return b"data: " + json.dumps(value).encode() + b"\n\n"


GARBAGE: dict[str, bytes] = {
    "no HTTP": b"SSH-2.0-OpenSSH_9.2p1\r\n",
    "a page": HEAD + b"text/html\r\n\r\n<html>SECRET-MARKER</html>",
    "nothing at all": JSON + b"content-length: 0\r\n\r\n",
    "no UTF-8": JSON + b"\r\n" + WHOLE[:20] + b"\xff\xfe\x80" + WHOLE[20:],
    "events that are no UTF-8": EVENTS + b"\r\n" + FIRST + b"data: \xff\xfe\x80\n\n",
    "events that are no JSON": EVENTS + b"\r\n" + FIRST + b"data: {SECRET-MARKER\n\n",
    "events of another shape": EVENTS + b"\r\n" + FIRST + sent({"choices": {"0": "SECRET-MARKER"}}),
    "an event that is a list": EVENTS + b"\r\n" + FIRST + sent([["SECRET-MARKER"]]),
    "an event that is null": EVENTS + b"\r\n" + FIRST + sent(None),
    "deep": JSON + b"\r\n" + b"[" * 100_000,
    "deep events": EVENTS + b"\r\n" + FIRST + b"data: " + b'{"choices":[' * 50_000 + b"\n\n",
    "packed, though nobody asked": JSON + b"content-encoding: gzip\r\n\r\n" + gzip.compress(b" " * 100_000_000),
    "a flood of headers": HEAD + b"x\r\n" + b"x-flood: SECRET-MARKER\r\n" * 100_000 + b"\r\n",
    "a header without end": HEAD + b"x" * 10_000_000,
    "a length that is none": JSON + b"content-length: -5\r\n\r\n" + WHOLE,
    "a chunk that is none": JSON + b"transfer-encoding: chunked\r\n\r\nSECRET-MARKER\r\n" + WHOLE,
}


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "streamed"])
@pytest.mark.parametrize("wire", GARBAGE.values(), ids=GARBAGE)
async def test_nonsense_is_an_error_and_is_not_passed_on(callers: Account, wire: bytes, *, stream: bool) -> None:
    """Would catch: a provider's page, which may quote the request, shown to a caller; a 500 without a word."""
    await ends(callers, Wire(wire), {"modele_en_erreur", "modele_sature"}, stream=stream)
    assert b"SECRET-MARKER" not in callers.heard[-1].body


ENDLESS = [
    pytest.param(Pieces([WHOLE[:-1], b" " * 1_000_000], "application/json", endless=True), False, id="whole"),
    pytest.param(Pieces([b"data: ", b"x" * 1_000_000], endless=True), True, id="one line"),
    pytest.param(Pieces([FIRST, FAT], endless=True), True, id="in large pieces"),
]


@pytest.mark.parametrize(("script", "stream"), ENDLESS)
async def test_an_answer_without_end_neither_fills_the_memory_nor_lasts(
    callers: Account, script: Scripted, *, stream: bool
) -> None:
    """Would catch: one broken model that takes the gateway, and every other model's callers, with it."""
    pid = callers.houses[0].process.pid
    before = memory(pid)
    callers.upstream.reply_with(script)
    async with asyncio.timeout(SECONDS):
        asking = asyncio.get_running_loop().create_task(callers.ask(stream=stream))
        while not asking.done() and memory(pid) - before < GROWTH:  # noqa: ASYNC110 - a process has no event
            await asyncio.sleep(0.05)
    if not asking.done():
        asking.cancel()
        callers.heard.clear()
        pytest.fail(f"holds {memory(pid) - before} MiB more")
    assert asking.result().code in {"modele_en_erreur", "modele_trop_lent"}


async def test_a_huge_answer_comes_whole(callers: Account) -> None:
    """Would catch: a bound so low, or a scan so slow, that a long document is lost."""
    text = "Le patient va bien, la suite demain. " * 20_000
    for stream in (False, True):
        callers.upstream.reply_with(Says(text, piece=4_000))
        assert (await callers.ask(stream=stream)).answered
