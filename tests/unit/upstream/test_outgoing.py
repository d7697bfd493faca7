"""What may leave for a model is a closed list, in OpenAI's shape."""

import pytest

from gateway.conversation import (
    MediaPart,
    Message,
    OutputFormat,
    OutputKind,
    Parameters,
    Role,
    TextPart,
    Tool,
    ToolCall,
)
from gateway.errors import UpstreamRefusedError
from gateway.upstream.outgoing import arguments
from tests.fakes.prompts import masked

TOOL = Tool("creer_document", "Crée un document", {"type": "object", "properties": {}}, strict=True)


def test_a_whole_request_in_openais_shape() -> None:
    sent = arguments(
        masked(
            Message(Role.USER, (TextPart("Bonjour"), TextPart("[NOM_1]")), name="NOM_2"),
            Message(Role.ASSISTANT, None, tool_calls=(ToolCall("c-1", "creer_document", '{"a": 1}'),)),
            Message(Role.TOOL, "fait", tool_call_id="c-1"),
            tools=(TOOL,),
            tool_choice=TOOL,
            output=OutputFormat(OutputKind.JSON_SCHEMA, "lettre", "Une lettre", {"type": "object"}, strict=True),
            stop=("FIN",),
            parameters=Parameters(0.2, 0.9, 50, 0.1, 0.3, 7, 2, parallel_tool_calls=False, reasoning_effort="low"),
        ),
        media=False,
    )
    function = {"name": "creer_document", "arguments": '{"a": 1}'}
    assert sent == {
        "messages": [
            {
                "role": "user",
                "content": [{"type": "text", "text": "Bonjour"}, {"type": "text", "text": "[NOM_1]"}],
                "name": "NOM_2",
            },
            {
                "role": "assistant",
                "content": None,
                "tool_calls": [{"id": "call00001", "type": "function", "function": function}],
            },
            {"role": "tool", "content": "fait", "tool_call_id": "call00001"},
        ],
        "temperature": 0.2,
        "top_p": 0.9,
        "max_tokens": 50,
        "presence_penalty": 0.1,
        "frequency_penalty": 0.3,
        "seed": 7,
        "n": 2,
        "reasoning_effort": "low",
        "tools": [
            {
                "type": "function",
                "function": {
                    "name": "creer_document",
                    "description": "Crée un document",
                    "parameters": {"type": "object", "properties": {}},
                    "strict": True,
                },
            }
        ],
        "tool_choice": {"type": "function", "function": {"name": "creer_document"}},
        "parallel_tool_calls": False,
        "response_format": {
            "type": "json_schema",
            "json_schema": {
                "name": "lettre",
                "description": "Une lettre",
                "schema": {"type": "object"},
                "strict": True,
            },
        },
        "stop": ["FIN"],
    }


def test_what_was_not_asked_is_not_sent() -> None:
    """A default sent on the caller's behalf (`n`, `temperature`…) would change what the model does."""
    sent = arguments(masked("Bonjour"), media=False)
    assert sent == {"messages": [{"role": "user", "content": "Bonjour"}]}


def test_tool_call_ids_are_replaced() -> None:
    """The leak caught: a client's id is a free text (`dossier-dupont`) that no detector reads."""
    calls = (ToolCall("dossier-dupont", "a", "{}"), ToolCall("martin", "b", "{}"))
    sent = arguments(
        masked(
            "Bonjour",
            Message(Role.ASSISTANT, None, tool_calls=calls),
            Message(Role.TOOL, "2", tool_call_id="martin"),
            Message(Role.TOOL, "1", tool_call_id="dossier-dupont"),
        ),
        media=False,
    )
    assert [call["id"] for call in sent["messages"][1]["tool_calls"]] == ["call00001", "call00002"]
    assert [message["tool_call_id"] for message in sent["messages"][2:]] == ["call00002", "call00001"]
    assert "dupont" not in str(sent)
    assert "martin" not in str(sent)


def test_opening_instructions_become_one_system_message() -> None:
    """Many chat templates accept one system message only: the line on placeholders must not break them."""
    sent = arguments(
        masked(
            Message(Role.SYSTEM, "Sois bref."),
            Message(Role.DEVELOPER, (TextPart("En "), TextPart("français."))),
            "Bonjour",
            Message(Role.DEVELOPER, "Et poli."),
            system_line="[NOM_1] est un nom.",
        ),
        media=False,
    )
    assert sent["messages"] == [
        {"role": "system", "content": "[NOM_1] est un nom.\n\nSois bref.\n\nEn français."},
        {"role": "user", "content": "Bonjour"},
        {"role": "system", "content": "Et poli."},
    ]


def test_media_are_relayed_where_the_route_may_take_them() -> None:
    image = {"type": "image_url", "image_url": {"url": "data:image/png;base64,AAAA"}}
    prompt = masked(Message(Role.USER, (TextPart("Que vois-tu ?"), MediaPart("image", image))))
    assert arguments(prompt, media=True)["messages"][0]["content"] == [{"type": "text", "text": "Que vois-tu ?"}, image]


def test_media_never_leave_for_another_route() -> None:
    """The leak caught: an image, which cannot be masked, sent to a model that takes masked text only."""
    prompt = masked(Message(Role.USER, (MediaPart("image", {"type": "image_url"}),)))
    with pytest.raises(UpstreamRefusedError):
        arguments(prompt, media=False)


def test_json_objects_are_asked_for() -> None:
    sent = arguments(masked("Bonjour", output=OutputFormat(OutputKind.JSON_OBJECT)), media=False)
    assert sent["response_format"] == {"type": "json_object"}
