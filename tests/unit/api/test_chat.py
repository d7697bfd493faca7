"""The chat route: statuses, exact events, and callers who leave."""

import asyncio
from typing import Any

import orjson
import pytest
from fastapi import FastAPI

from config.limits import Limits
from config.settings import Settings
from filters.identifiers.known.patient import KnownName, KnownPatient
from gateway.app import create_app
from gateway.conversation import Choice, ChoiceDelta, Chunk, Reply
from gateway.errors import AuditUnavailableError, MaskingUnavailableError, UpstreamTimeoutError
from tests.fakes.asgi import Visit
from tests.fakes.lines import Lines
from tests.fakes.pipeline import BODY, END, START, USAGE, ScriptedPipeline, Step, Waits, said, services

SECRET = "Jean Exemple"


def application(pipeline: ScriptedPipeline, lines: Lines | None = None, **others: Any) -> FastAPI:
    app = create_app(Settings(), lines or Lines())
    app.state.services = services(pipeline, **others)
    return app


def body(**fields: Any) -> bytes:
    return orjson.dumps({"model": "compte_rendu", "messages": [{"role": "user", "content": SECRET}], **fields})


async def visit(pipeline: ScriptedPipeline, sent: bytes, **options: Any) -> Visit:
    made = Visit(sent)
    await made.play(application(pipeline, **options))
    return made


def events(content: bytes) -> list[Any]:
    """Parse server-sent events, strictly."""
    *blocks, rest = content.split(b"\n\n")
    assert rest == b""
    assert all(block.startswith(b"data: ") and b"\n" not in block for block in blocks)
    data = [block.removeprefix(b"data: ") for block in blocks]
    return [one.decode() if one == b"[DONE]" else orjson.loads(one) for one in data]


async def test_a_whole_answer_has_its_marks() -> None:
    made = await visit(ScriptedPipeline(), body())
    assert made.status == 200
    assert made.response_headers["ecluse-output"] == "out-1"
    assert made.response_headers["cache-control"] == "no-store"
    answer = made.json()
    assert (answer["object"], answer["model"], answer["ecluse"]) == ("chat.completion", "compte_rendu", BODY)
    assert answer["choices"][0]["message"]["content"] == "Bonjour"


@pytest.mark.parametrize("stream", [False, True], ids=["whole", "stream"])
async def test_a_known_patient_is_handed_to_the_journey_and_to_nothing_else(*, stream: bool) -> None:
    """The leak caught: an identity that travels in the prompt, or that comes back with the answer."""
    pipeline = ScriptedPipeline([START, END] if stream else ())
    made = await visit(pipeline, body(stream=stream, ecluse={"patient": {"name": [{"family": "Guilvinec"}]}}))
    assert made.status == 200
    assert pipeline.asked[0].known == KnownPatient(names=(KnownName("Guilvinec"),))
    assert "Guilvinec" not in repr(pipeline.asked[0])
    assert b"Guilvinec" not in made.content


async def test_a_stream_in_the_exact_format_of_openai() -> None:
    steps: list[Step] = [START, said("Bon"), said("jour", 1), Chunk("demo", usage=USAGE), said("soir"), END]
    made = await visit(ScriptedPipeline(steps), body(stream=True))
    assert made.status == 200
    assert made.response_headers["content-type"] == "text/event-stream; charset=utf-8"
    assert made.response_headers["ecluse-output"] == "out-1"
    assert made.ended
    *chunks, last, done = events(made.content)
    assert done == "[DONE]"
    assert [chunk["choices"] for chunk in chunks] == [
        [{"index": 0, "delta": {"role": "assistant", "content": "Bon"}, "logprobs": None, "finish_reason": None}],
        [{"index": 1, "delta": {"role": "assistant", "content": "jour"}, "logprobs": None, "finish_reason": None}],
        [{"index": 0, "delta": {"content": "soir"}, "logprobs": None, "finish_reason": None}],
    ]
    assert last["choices"] == [{"index": 0, "delta": {}, "logprobs": None, "finish_reason": "stop"}]
    assert last["ecluse"] == BODY
    assert not any("usage" in chunk or "ecluse" in chunk for chunk in chunks)
    assert {chunk["id"] for chunk in [*chunks, last]} == {"chatcmpl-out-1"}
    assert {chunk["object"] for chunk in [*chunks, last]} == {"chat.completion.chunk"}


async def test_tokens_come_once_and_alone_where_they_are_asked_for() -> None:
    made = await visit(
        ScriptedPipeline([START, said("Bonjour"), END]), body(stream=True, stream_options={"include_usage": True})
    )
    first, last, totals, done = events(made.content)
    assert done == "[DONE]"
    assert first["usage"] is None
    assert last["usage"] is None
    assert "ecluse" not in last
    assert totals["choices"] == []
    assert totals["usage"] == {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7}
    assert totals["ecluse"] == BODY


@pytest.mark.parametrize("stream", [False, True])
async def test_what_fails_before_the_first_word_keeps_its_status(*, stream: bool) -> None:
    """Catches a refusal hidden in a stream that began with 200."""
    made = await visit(ScriptedPipeline([MaskingUnavailableError("x")]), body(stream=stream))
    assert made.status == 503
    assert made.response_headers["retry-after"] == "10"
    assert made.json()["error"]["code"] == "masquage_indisponible"
    assert made.json()["error"]["ecluse"]["contact"] == "dpo@hopital.example"


@pytest.mark.parametrize(
    ("error", "code"),
    [
        (UpstreamTimeoutError("x"), "modele_trop_lent"),
        (AuditUnavailableError("x"), "journal_indisponible"),
        (ValueError(SECRET), "erreur_interne"),
    ],
)
async def test_a_broken_stream_says_so_and_has_no_end(error: Exception, code: str) -> None:
    """Catches a cut answer that looks whole, or that ends with the text of an exception."""
    lines = Lines()
    made = await visit(ScriptedPipeline([START, said("Bon"), error]), body(stream=True), lines=lines)
    assert made.ended
    first, told = events(made.content)
    assert first["choices"][0]["delta"]["content"] == "Bon"
    assert told["error"]["code"] == code
    assert b"[DONE]" not in made.content
    assert SECRET.encode() not in made.content
    assert lines.written[0]["code"] == code


@pytest.mark.parametrize("steps", [[UpstreamTimeoutError()], [START, said("Bon"), UpstreamTimeoutError()]])
async def test_a_stream_fails_in_the_language_of_its_reader(steps: list[Step]) -> None:
    made = Visit(body(stream=True), headers={"authorization": "Bearer good", "accept-language": "en"})
    await made.play(application(ScriptedPipeline(steps)))
    assert b"The model did not answer in time." in made.content


async def test_an_unexpected_error_is_a_plain_500_and_goes_no_further() -> None:
    """Catches an exception that reaches the server, which prints it with the text that it holds."""
    lines = Lines()
    made = await visit(ScriptedPipeline([ValueError(SECRET)]), body(), lines=lines)
    assert made.status == 500
    assert SECRET.encode() not in made.content
    assert SECRET not in repr(lines.written)


@pytest.mark.parametrize(
    ("steps", "stream"),
    [([Waits()], False), ([Waits()], True), ([START, said("Bon"), Waits()], True)],
    ids=["whole", "before the first word", "in mid-stream"],
)
async def test_a_caller_who_leaves_stops_the_pipeline(steps: list[Step], *, stream: bool) -> None:
    """Catches a model that goes on writing for nobody, and a record that is never closed."""
    pipeline, lines = ScriptedPipeline(steps), Lines()
    made = Visit(body(stream=stream))
    async with asyncio.TaskGroup() as group:
        group.create_task(made.play(application(pipeline, lines)))
        await pipeline.waiting.wait()
        made.leave()
    assert pipeline.recorded == ["closed"]
    assert lines.written[0]["code"] == "client_parti"
    assert len(asyncio.all_tasks()) == 1


async def test_a_caller_who_leaves_while_a_piece_is_sent_stops_the_pipeline() -> None:
    """Catches a generator left open behind a connection that takes nothing more."""
    pipeline = ScriptedPipeline([START, said("Bon"), said("jour"), END])

    class Stuck(Visit):
        async def _send(self, message: Any) -> None:
            await super()._send(message)
            if message["type"] == "http.response.body":
                self.leave()
                await asyncio.Event().wait()

    await Stuck(body(stream=True)).play(application(pipeline))
    assert pipeline.recorded == ["closed"]
    assert len(asyncio.all_tasks()) == 1


async def test_a_stopping_server_is_not_taken_for_a_leaving_caller() -> None:
    pipeline = ScriptedPipeline([Waits()])
    made = Visit(body())
    playing = asyncio.get_running_loop().create_task(made.play(application(pipeline)))
    await pipeline.waiting.wait()
    playing.cancel()
    with pytest.raises(asyncio.CancelledError):
        await playing
    assert pipeline.recorded == ["closed"]


async def test_nobody_is_read_before_he_is_known() -> None:
    made = Visit(b"{", headers={"authorization": "Bearer bad"})
    await made.play(application(ScriptedPipeline()))
    assert made.status == 401
    assert made.response_headers["www-authenticate"] == 'Bearer realm="ecluse"'
    without = Visit(b"{", headers={})
    await without.play(application(ScriptedPipeline()))
    assert without.status == 401


@pytest.mark.parametrize(
    ("fields", "limit"),
    [
        ({"messages": [{"role": "user", "content": "a"}] * 3}, "plus de 2 messages"),
        ({"tools": [{"type": "function", "function": {"name": "f"}}] * 2}, "plus de 1 outils"),
        ({"n": 2}, "plus de 1 réponses demandées (`n`)"),
        ({"messages": [{"role": "user", "content": "é" * 31}]}, "plus de 30 caractères de texte"),
        ({"stop": ["a", "b", "c"]}, "plus de 3 textes, structures JSON comprises"),
    ],
)
async def test_limits(fields: dict[str, Any], limit: str) -> None:
    limits = Limits(messages=2, text_characters=30, tools=1, texts=3, choices=1)
    pipeline = ScriptedPipeline()
    made = await visit(pipeline, body(**fields), limits=limits)
    assert made.status == 413
    assert made.json()["error"]["message"] == (
        f"Demande trop volumineuse : {limit}. Rien n’a été envoyé au modèle. Raccourcissez-la ou découpez-la."
    )
    assert pipeline.asked == []


async def test_nesting_without_end_is_refused() -> None:
    """Catches a structure that exhausts the stack: a 500 instead of a sentence."""
    arguments = '{"a":' * 600 + "1" + "}" * 600
    call = {"id": "c", "type": "function", "function": {"name": "f", "arguments": arguments}}
    made = await visit(ScriptedPipeline(), body(messages=[{"role": "assistant", "tool_calls": [call]}]))
    assert made.status == 400
    assert made.json()["error"]["code"] == "requete_invalide"


async def test_headers_and_metadata_reach_the_facts() -> None:
    pipeline = ScriptedPipeline()
    made = Visit(
        body(model="demo", metadata={"case": "D-17"}),
        headers={"authorization": "Bearer good", "ecluse-use": "traduction"},
    )
    await made.play(application(pipeline))
    (asked,) = pipeline.asked
    assert (asked.facts.declared_use, asked.facts.requested_route, asked.case) == ("traduction", "demo", "D-17")


async def test_unknown_addresses_and_methods_are_answered_in_the_same_shape() -> None:
    for path, method, status, code in (
        ("/v1/embeddings", "POST", 404, "route_inconnue"),
        ("/v1/chat/completions", "GET", 405, "methode_refusee"),
    ):
        made = Visit(b"", path=path, method=method)
        await made.play(application(ScriptedPipeline()))
        assert made.status == status
        assert made.json()["error"]["code"] == code


async def test_tool_calls_of_a_whole_answer() -> None:
    pipeline = ScriptedPipeline(reply=Reply((Choice(0, None, finish_reason="stop"),), USAGE, "demo"))
    made = await visit(pipeline, body())
    assert made.json()["choices"][0]["message"] == {"role": "assistant", "content": None, "refusal": None}


async def test_a_refusal_is_streamed() -> None:
    steps: list[Step] = [START, Chunk("demo", (ChoiceDelta(0, refusal="non"),)), END]
    made = await visit(ScriptedPipeline(steps), body(stream=True))
    assert events(made.content)[0]["choices"][0]["delta"] == {"role": "assistant", "content": "", "refusal": "non"}
