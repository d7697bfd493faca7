"""The official Python client works by changing its address and its key."""

import json
from typing import Any

import openai
import pytest

from tests.fakes.house import House
from tests.fakes.openai_server import Call, Fails, RecordingUpstream, Says

USE = "reformulation"
HELLO: list[Any] = [{"role": "user", "content": "Bonjour"}]
TOOL: Any = {
    "type": "function",
    "function": {
        "name": "chercher",
        "description": "Cherche un résultat",
        "parameters": {
            "type": "object",
            "properties": {"examen": {"type": "string"}},
            "required": ["examen"],
            "additionalProperties": False,
        },
        "strict": True,
    },
}
CALLS = [Call("chercher", '{"examen": "NFS"}', "call_a"), Call("chercher", '{"examen": "CRP"}', "call_b")]


async def test_a_whole_answer(house: House, upstream: RecordingUpstream) -> None:
    upstream.reply_with(Says("Bonjour à vous."))
    answer = await house.openai().chat.completions.create(model=USE, messages=HELLO)
    assert answer.choices[0].message.content == "Bonjour à vous."
    assert answer.choices[0].finish_reason == "stop"
    assert answer.usage is not None
    assert (answer.usage.prompt_tokens, answer.usage.completion_tokens, answer.usage.total_tokens) == (11, 7, 18)
    assert answer.object == "chat.completion"
    marks = answer.model_dump()["ecluse"]
    assert (marks["ai_generated"], marks["state"], marks["use"]) == (True, "draft", USE)


async def test_a_stream_with_its_tokens(house: House, upstream: RecordingUpstream) -> None:
    upstream.reply_with(Says("Bonjour à vous."))
    stream = await house.openai().chat.completions.create(
        model=USE, messages=HELLO, stream=True, stream_options={"include_usage": True}
    )
    *chunks, last = [chunk async for chunk in stream]
    assert "".join(chunk.choices[0].delta.content or "" for chunk in chunks) == "Bonjour à vous."
    assert chunks[0].choices[0].delta.role == "assistant"
    assert chunks[-1].choices[0].finish_reason == "stop"
    assert last.choices == []
    assert last.usage is not None
    assert last.usage.total_tokens == 18
    assert last.model_dump()["ecluse"]["state"] == "draft"


@pytest.mark.parametrize("stream", [False, True])
async def test_several_choices(house: House, upstream: RecordingUpstream, *, stream: bool) -> None:
    upstream.reply_with(Says(texts=["un", "deux", "trois"]))
    client = house.openai()
    if stream:
        texts = {0: "", 1: "", 2: ""}
        async for chunk in await client.chat.completions.create(model=USE, messages=HELLO, n=3, stream=True):
            for choice in chunk.choices:
                texts[choice.index] += choice.delta.content or ""
        assert list(texts.values()) == ["un", "deux", "trois"]
    else:
        answer = await client.chat.completions.create(model=USE, messages=HELLO, n=3)
        assert [choice.message.content for choice in answer.choices] == ["un", "deux", "trois"]


@pytest.mark.parametrize("stream", [False, True])
async def test_parallel_tools_and_their_results(house: House, upstream: RecordingUpstream, *, stream: bool) -> None:
    upstream.reply_with(Says(None, CALLS), Says("NFS et CRP normales."))
    client = house.openai()
    asked: dict[str, Any] = {"model": USE, "tools": [TOOL], "parallel_tool_calls": True}
    if stream:
        async with client.chat.completions.stream(**asked, messages=HELLO) as events:
            message = (await events.get_final_completion()).choices[0].message
    else:
        message = (await client.chat.completions.create(**asked, messages=HELLO)).choices[0].message
    calls = message.tool_calls or []
    assert [json.loads(call.function.arguments) for call in calls] == [{"examen": "NFS"}, {"examen": "CRP"}]
    assert len({call.id for call in calls}) == 2
    results = [{"role": "tool", "tool_call_id": call.id, "content": '{"valeur": "normale"}'} for call in calls]
    history: list[Any] = [*HELLO, message.model_dump(), *results]
    for dumped in history[1:2]:
        dumped["tool_calls"] = [
            {"id": call.id, "type": "function", "function": call.function.model_dump(include={"name", "arguments"})}
            for call in calls
        ]
        dumped.pop("parsed", None)
    answer = await client.chat.completions.create(**asked, messages=history)
    assert answer.choices[0].message.content == "NFS et CRP normales."
    relayed = upstream.bodies[1]["messages"]
    ids = [call["id"] for message in relayed for call in message.get("tool_calls") or []]
    assert ids == [message["tool_call_id"] for message in relayed if message["role"] == "tool"]


async def test_a_chosen_tool_and_json_answers(house: House, upstream: RecordingUpstream) -> None:
    upstream.reply_with(Says('{"etat": "stable"}'))
    schema = {"type": "object", "properties": {"etat": {"type": "string"}}, "required": ["etat"]}
    client = house.openai()
    for wanted in ({"type": "json_object"}, {"type": "json_schema", "json_schema": {"name": "r", "schema": schema}}):
        answer = await client.chat.completions.create(model="compte_rendu", messages=HELLO, response_format=wanted)
        assert json.loads(answer.choices[0].message.content or "") == {"etat": "stable"}
    await client.chat.completions.create(
        model=USE, messages=HELLO, tools=[TOOL], tool_choice={"type": "function", "function": {"name": "chercher"}}
    )
    relayed = upstream.bodies[2]["tools"][0]["function"]
    assert relayed["name"] == "chercher"
    assert relayed["parameters"]["properties"] == {"examen": {"type": "string"}}
    assert relayed["parameters"]["required"] == ["examen"]
    assert upstream.bodies[1]["response_format"]["json_schema"]["schema"] == schema
    assert upstream.bodies[2]["tool_choice"] == {"type": "function", "function": {"name": "chercher"}}


async def test_the_visible_notice_ends_a_text(house: House, upstream: RecordingUpstream) -> None:
    upstream.reply_with(Says("Compte rendu."))
    client = house.openai()
    whole = await client.chat.completions.create(model="compte_rendu", messages=HELLO)
    notice = whole.model_dump()["ecluse"]["notice"]
    assert notice
    assert whole.choices[0].message.content == f"Compte rendu.\n\n{notice}"
    stream = await client.chat.completions.create(model="compte_rendu", messages=HELLO, stream=True)
    text = "".join([chunk.choices[0].delta.content or "" async for chunk in stream])
    assert text == whole.choices[0].message.content


async def test_a_text_can_be_verified_afterwards(house: House, upstream: RecordingUpstream) -> None:
    upstream.reply_with(Says("Compte rendu."))
    answer = await house.openai().chat.completions.create(model="compte_rendu", messages=HELLO)
    output_id, text = answer.model_dump()["ecluse"]["output_id"], answer.choices[0].message.content
    async with house.http("secretaire_medicale") as http:
        manifest = (await http.get(f"/v1/outputs/{output_id}/manifest")).json()
        for given in ({"manifest": manifest}, {"output_id": output_id}):
            kept = (await http.post("/v1/verify", json={"text": text, **given})).json()
            assert kept == {"holds": True, "authentic": True, "match": "exact", "choice": 0}
            changed = (await http.post("/v1/verify", json={"text": f"{text}!", **given})).json()
            assert (changed["holds"], changed["match"]) == (False, "altered")
        assert (await http.get("/v1/outputs/inconnue/manifest")).status_code == 404
        assert (await http.post("/v1/verify", json={"text": text})).status_code == 400
    assert text not in json.dumps(manifest, ensure_ascii=False)


@pytest.mark.parametrize(
    ("status", "expected", "raised"),
    [
        (500, 502, openai.InternalServerError),
        (400, 502, openai.InternalServerError),
        (429, 503, openai.InternalServerError),
    ],
)
@pytest.mark.parametrize("stream", [False, True])
async def test_a_provider_s_words_stop_here(
    house: House, upstream: RecordingUpstream, status: int, expected: int, raised: type[openai.APIStatusError], *,
    stream: bool,
) -> None:  # fmt: skip
    """Catches an error of the provider relayed as it is: it may quote the request, or name its servers."""
    upstream.reply_with(Fails(status))
    with pytest.raises(raised) as caught:
        await house.openai().chat.completions.create(model=f"{USE}@modele", messages=HELLO, stream=stream)
    assert caught.value.status_code == expected
    assert "SECRET-MARKER" not in caught.value.response.text
    assert "provider" not in caught.value.response.text
