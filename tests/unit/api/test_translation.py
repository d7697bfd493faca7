"""From OpenAI's wire format to a Prompt, and back."""

from typing import Any

import orjson
import pytest

from gateway.api.bodies import parse
from gateway.api.schemas_chat import ChatRequest
from gateway.api.translation import Envelope, prompt
from gateway.conversation import (
    Choice,
    ChoiceDelta,
    Chunk,
    MediaPart,
    Message,
    OutputFormat,
    OutputKind,
    Parameters,
    Prompt,
    Reply,
    Role,
    TextPart,
    Tool,
    ToolCall,
    ToolCallDelta,
    Usage,
)
from gateway.errors import InvalidPromptError
from gateway.upstream.outgoing import arguments
from tests.fakes.prompts import Unchanged

SCHEMA = {"type": "object", "properties": {"nom": {"type": "string"}}, "required": ["nom"]}
ENVELOPE = Envelope("abc", 1_800_000_000, "compte_rendu")


def translated(**fields: Any) -> Prompt:
    body = {"model": "m", "messages": [{"role": "user", "content": "a"}], **fields}
    return prompt(parse(ChatRequest, orjson.dumps(body)))


def test_every_role_and_every_kind_of_content() -> None:
    attached: list[dict[str, Any]] = [
        {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA", "detail": "low"}},
        {"type": "input_audio", "input_audio": {"data": "AA", "format": "wav"}},
        {"type": "file", "file": {"file_data": "AA", "filename": "cr.pdf"}},
    ]
    messages = [
        {"role": "developer", "content": "consigne"},
        {"role": "system", "content": [{"type": "text", "text": "règle"}], "name": "outil"},
        {
            "role": "user",
            "name": "jean",
            "content": [
                {"type": "text", "text": "voici"},
                *attached,
            ],
        },
        {
            "role": "assistant",
            "content": None,
            "refusal": None,
            "annotations": [],
            "audio": None,
            "function_call": None,
            "tool_calls": [{"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{"}}],
        },
        {"role": "tool", "tool_call_id": "c1", "content": '{"nom": "x"}'},
        {"role": "assistant", "content": [{"type": "text", "text": "non"}, {"type": "refusal", "refusal": "désolé"}]},
        {"role": "assistant", "content": "mot", "refusal": "refus"},
    ]
    assert translated(messages=messages).messages == (
        Message(Role.DEVELOPER, "consigne"),
        Message(Role.SYSTEM, (TextPart("règle"),), name="outil"),
        Message(
            Role.USER,
            (TextPart("voici"), *(MediaPart(part["type"], part) for part in attached)),
            name="jean",
        ),
        Message(Role.ASSISTANT, None, tool_calls=(ToolCall("c1", "f", "{"),)),
        Message(Role.TOOL, '{"nom": "x"}', tool_call_id="c1"),
        Message(Role.ASSISTANT, (TextPart("non"), TextPart("désolé"))),
        Message(Role.ASSISTANT, (TextPart("mot"), TextPart("refus"))),
    )


def test_tools_and_formats_keep_their_schemas() -> None:
    function = {"name": "f", "description": "d", "parameters": SCHEMA, "strict": True}
    found = translated(
        tools=[{"type": "function", "function": function}, {"type": "function", "function": {"name": "g"}}],
        tool_choice={"type": "function", "function": {"name": "f"}},
        response_format={"type": "json_schema", "json_schema": {"name": "r", "schema": SCHEMA, "strict": True}},
    )
    assert found.tools == (Tool("f", "d", SCHEMA, strict=True), Tool("g"))
    assert found.tool_choice == Tool("f")
    assert found.output == OutputFormat(OutputKind.JSON_SCHEMA, "r", None, SCHEMA, strict=True)


@pytest.mark.parametrize("choice", ["none", "auto", "required"])
def test_a_choice_of_tool_may_be_a_word(choice: str) -> None:
    assert translated(tool_choice=choice).tool_choice == choice


def test_numbers_and_switches() -> None:
    found = translated(
        n=2, seed=7, temperature=0, top_p=0.5, max_completion_tokens=90, presence_penalty=-1, frequency_penalty=1,
        parallel_tool_calls=False, reasoning_effort="low", stop="FIN", response_format={"type": "json_object"},
    )  # fmt: skip
    assert found.parameters == Parameters(0.0, 0.5, 90, -1.0, 1.0, 7, 2, parallel_tool_calls=False,
                                          reasoning_effort="low")  # fmt: skip
    assert found.stop == ("FIN",)
    assert found.output == OutputFormat(OutputKind.JSON_OBJECT)


def test_old_and_new_names_of_the_length_may_not_disagree() -> None:
    assert translated(max_tokens=5, max_completion_tokens=5).parameters.max_tokens == 5
    with pytest.raises(InvalidPromptError, match="se contredisent"):
        translated(max_tokens=5, max_completion_tokens=6)


def test_user_and_metadata_have_no_place_in_a_prompt() -> None:
    """Catches a hospital's user name, or a case, sent on to the model's provider."""
    assert translated(user="dr.martin@hopital.example", metadata={"case": "D-17", "note": "secret"}) == translated()


def test_a_whole_answer_on_the_wire() -> None:
    reply = Reply(
        (
            Choice(0, "Bonjour"),
            Choice(1, None, (ToolCall("c1", "f", '{"a": 1}'),), "tool_calls"),
            Choice(2, None, finish_reason="content_filter", refusal="non"),
        ),
        Usage(3, 4),
        "demo",
    )
    assert ENVELOPE.answer(reply, {"state": "draft"}) == {
        "id": "chatcmpl-abc",
        "object": "chat.completion",
        "created": 1_800_000_000,
        "model": "compte_rendu",
        "system_fingerprint": None,
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": "Bonjour", "refusal": None},
                "logprobs": None,
                "finish_reason": "stop",
            },
            {
                "index": 1,
                "message": {
                    "role": "assistant",
                    "content": None,
                    "refusal": None,
                    "tool_calls": [
                        {"id": "c1", "type": "function", "function": {"name": "f", "arguments": '{"a": 1}'}}
                    ],
                },
                "logprobs": None,
                "finish_reason": "tool_calls",
            },
            {
                "index": 2,
                "message": {"role": "assistant", "content": None, "refusal": "non"},
                "logprobs": None,
                "finish_reason": "content_filter",
            },
        ],
        "usage": {"prompt_tokens": 3, "completion_tokens": 4, "total_tokens": 7},
        "ecluse": {"state": "draft"},
    }


def test_the_first_piece_of_each_choice_carries_its_role() -> None:
    """Catches clients that wait for a role which came for the first choice only."""
    introduced: set[int] = set()
    first = ENVELOPE.chunk(Chunk("demo", (ChoiceDelta(1, "b"),)), introduced)
    second = ENVELOPE.chunk(Chunk("demo", (ChoiceDelta(0, "a"), ChoiceDelta(1, "c", finish_reason="stop"))), introduced)
    assert first["choices"] == [
        {"index": 1, "delta": {"role": "assistant", "content": "b"}, "logprobs": None, "finish_reason": None}
    ]
    assert second["choices"] == [
        {"index": 0, "delta": {"role": "assistant", "content": "a"}, "logprobs": None, "finish_reason": None},
        {"index": 1, "delta": {"content": "c"}, "logprobs": None, "finish_reason": "stop"},
    ]


def test_pieces_of_tool_calls_carry_their_head_once() -> None:
    pieces = (ToolCallDelta(0, "c1", "f", ""), ToolCallDelta(1, arguments='{"a"'))
    wire = ENVELOPE.chunk(Chunk("demo", (ChoiceDelta(0, tool_calls=pieces, refusal="n"),)), {0})
    assert wire["choices"][0]["delta"] == {
        "refusal": "n",
        "tool_calls": [
            {"index": 0, "id": "c1", "type": "function", "function": {"name": "f", "arguments": ""}},
            {"index": 1, "function": {"arguments": '{"a"'}},
        ],
    }


def test_what_is_attached_reaches_the_model_as_it_came() -> None:
    """Catches an image without its `type`, which every model's server refuses."""
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AA"}}
    asked = translated(messages=[{"role": "user", "content": [image]}])
    sent = arguments(asked.masked_with(Unchanged(())), media=True)
    assert sent["messages"] == [{"role": "user", "content": [image]}]
