"""The design's table: when a stage cannot do its work, nothing goes by it."""

import asyncio
import json
import os
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from typing import Any

import openai
import pytest

from tests.fakes.house import House
from tests.fakes.openai_server import Fails, Hangs, Raw, RecordingUpstream, Says
from tests.fakes.patients import SOLENE

USE = "reformulation@modele"
ASKED: dict[str, Any] = {"model": USE, "messages": [{"role": "user", "content": SOLENE.note()}]}


def last_ending(house: House) -> tuple[str, str | None]:
    """Return how the journal says that the last request ended."""
    with closing(sqlite3.connect(house.settings.data_dir / "ecluse.db")) as database:
        rows = [json.loads(row[0]) for row in database.execute("SELECT body FROM journal ORDER BY at, seq")]
    closed = [row for row in rows if "ending" in row]
    return closed[-1]["ending"], closed[-1].get("failure")


async def refused(house: House, asked: dict[str, Any] = ASKED, *, stream: bool = False) -> openai.APIStatusError:
    with pytest.raises(openai.APIStatusError) as caught:
        await house.openai().chat.completions.create(**asked, stream=stream)
    return caught.value


@pytest.mark.parametrize("stream", [False, True])
async def test_a_detector_that_dies_at_work_lets_nothing_out(
    house: House, upstream: RecordingUpstream, *, stream: bool
) -> None:
    """Catches a gateway that sends the original when it could not be masked."""
    await house.services.masking.canary()  # waits for the worker that replaces another test's
    pool: Any = house.services.masking._detector
    (pid,) = pool.pids
    os.kill(pid, signal.SIGSTOP)
    fresh = {**ASKED, "messages": [{"role": "user", "content": f"{SOLENE.note()} {stream}"}]}
    async with asyncio.TaskGroup() as group:
        asking = group.create_task(refused(house, fresh, stream=stream))
        while not pool._idle.empty():  # noqa: ASYNC110 - the queue tells nobody when it is empty
            await asyncio.sleep(0)
        os.kill(pid, signal.SIGKILL)
    error = asking.result()
    # The texts are read before they are masked, by the same workers.
    assert (error.status_code, error.code) == (503, "lecture_indisponible")
    assert "Rien n’a été envoyé au modèle." in error.message
    assert upstream.requests == []
    assert last_ending(house) == ("failed", "ReadingUnavailableError")


@pytest.mark.usefixtures("innocent")
async def test_a_detector_that_died_is_replaced_before_anything_leaves(
    house: House, upstream: RecordingUpstream
) -> None:
    """Catches the request after a crash, sent unmasked or lost."""
    await house.services.masking.canary()  # waits for the worker that replaces another test's
    pool: Any = house.services.masking._detector
    (worker,) = pool._workers
    os.kill(worker.pid, signal.SIGKILL)
    worker._process.join(10)  # a signal is sent before it has killed
    note = f"{SOLENE.note()} Sortie demain."
    answer = await house.openai().chat.completions.create(model=USE, messages=[{"role": "user", "content": note}])
    assert answer.choices[0].message.content == note
    received = upstream.everything.decode()
    assert [text for text in SOLENE.identifiers if text in received] == []


@contextmanager
def journal_locked(house: House) -> Iterator[None]:
    """Hold the journal's database, as a failing disk or another program would."""
    with closing(sqlite3.connect(house.settings.data_dir / "ecluse.db", isolation_level=None)) as database:
        database.execute("BEGIN EXCLUSIVE")
        yield
        database.execute("ROLLBACK")


@pytest.mark.parametrize("stream", [False, True])
async def test_a_journal_that_cannot_be_written_lets_nothing_out(
    house: House, upstream: RecordingUpstream, *, stream: bool
) -> None:
    """Catches a request that goes to a model without a line in the journal."""
    await house.openai().chat.completions.create(**ASKED)
    upstream.forget()
    with journal_locked(house):
        error = await refused(house, stream=stream)
    assert (error.status_code, error.code) == (503, "journal_indisponible")
    assert upstream.requests == []
    await house.openai().chat.completions.create(**ASKED)


async def test_an_answer_that_cannot_be_recorded_is_not_let_out(house: House, upstream: RecordingUpstream) -> None:
    """Catches an answer released although its line was never closed: the last chunk of a stream is held for that."""
    upstream.reply_with(Says("Bonjour à tous.", hold_after=3))
    stream = await house.openai().chat.completions.create(**ASKED, stream=True)
    await upstream.holding.wait()
    finished: list[str | None] = []

    async def read_on() -> None:
        finished.extend([chunk.choices[0].finish_reason async for chunk in stream])

    with journal_locked(house):
        upstream.release()
        with pytest.raises(openai.APIError) as caught:
            await read_on()
    assert caught.value.code in {"journal_indisponible", "marquage_indisponible"}
    assert set(finished) <= {None}


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("script", "status", "code"),
    [
        (Fails(500), 502, "modele_en_erreur"),
        (Fails(401), 502, "modele_en_erreur"),
        (Fails(429), 503, "modele_sature"),
        (Fails(503), 503, "modele_sature"),
        (Raw(b"<html>SECRET-MARKER</html>", "text/html"), 502, "modele_en_erreur"),
    ],
    ids=["500", "401", "429", "503", "no json"],
)
async def test_what_a_provider_says_of_its_errors_stops_here(
    house: House, upstream: RecordingUpstream, script: Any, status: int, code: str, *, stream: bool
) -> None:
    """Catches the provider's words relayed: they may quote the request, or tell of its servers."""
    upstream.reply_with(script)
    error = await refused(house, stream=stream)
    assert (error.status_code, error.code) == (status, code)
    assert "SECRET-MARKER" not in error.response.text
    assert last_ending(house)[0] == "failed"


async def test_an_upstream_cut_in_mid_stream_is_said_and_has_no_end(house: House, upstream: RecordingUpstream) -> None:
    """Catches half an answer that looks whole."""
    upstream.reply_with(Says("Bonjour à tous, voici le compte rendu.", cut_after=4))
    async with house.http() as http:
        answer = await http.post("/v1/chat/completions", json={**ASKED, "stream": True})
    assert answer.status_code == 200
    *_, told, rest = answer.text.split("\n\n")
    assert rest == ""
    error = json.loads(told.removeprefix("data: "))["error"]
    assert error["code"] in {"modele_en_erreur", "modele_sature", "modele_trop_lent"}
    assert "[DONE]" not in answer.text
    assert '"finish_reason":"stop"' not in answer.text
    assert last_ending(house)[0] == "failed"


async def test_a_caller_who_leaves_a_whole_answer_frees_the_model(house: House, upstream: RecordingUpstream) -> None:
    """Catches a model that goes on computing for nobody."""
    upstream.reply_with(Hangs())
    async with house.http() as http, asyncio.TaskGroup() as group:
        asking = group.create_task(http.post("/v1/chat/completions", json=ASKED))
        await upstream.holding.wait()
        asking.cancel()
    await asyncio.wait_for(upstream.disconnected.wait(), 60)
    await asyncio.wait_for(house.lines.until("client_parti"), 60)
    assert last_ending(house) == ("cancelled", None)


async def test_a_caller_who_leaves_a_stream_frees_the_model(house: House, upstream: RecordingUpstream) -> None:
    """Catches a model that goes on writing for nobody, and a record left open."""
    upstream.reply_with(Says("Bonjour à tous, voici le compte rendu.", hold_after=6))
    stream = await house.openai().chat.completions.create(**ASKED, stream=True)
    await anext(stream)
    await upstream.holding.wait()
    await stream.close()
    await asyncio.wait_for(upstream.disconnected.wait(), 60)
    await asyncio.wait_for(house.lines.until("client_parti"), 60)
    assert last_ending(house) == ("cancelled", None)


async def test_probes_tell_what_cannot_work(house: House, upstream: RecordingUpstream) -> None:
    async with house.http(None) as http:
        assert (await http.get("/healthz")).json() == {"status": "ok"}
        house.services.readiness.forget()
        checks = {"masking": "ok", "journal": "ok", "systems": "ok"}
        assert (await http.get("/readyz")).json() == {"status": "ok", "checks": checks}
        with journal_locked(house):
            house.services.readiness.forget()
            unready = await http.get("/readyz")
        house.services.readiness.forget()
        assert unready.status_code == 503
        assert unready.json() == {"status": "failed", "checks": checks | {"journal": "failed"}}
        assert "ecluse_requests_total" in (await http.get("/metrics")).text
    assert upstream.requests == []
