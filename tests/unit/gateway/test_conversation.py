"""Where the texts of a request stand, and that each is replaced by its own."""

from dataclasses import dataclass

import pytest

from filters.identifiers.text import Text
from gateway.conversation import (
    MaskedPrompt,
    Message,
    OutputFormat,
    OutputKind,
    Prompt,
    Role,
    TextPart,
    Tool,
    ToolCall,
)

PROMPT = Prompt(
    messages=(
        Message(Role.SYSTEM, "t1", name="t2"),
        Message(Role.USER, (TextPart("t3"), TextPart("t4"))),
        Message(Role.ASSISTANT, None, tool_calls=(ToolCall("id", "t5", '{"t6": ["t7"]}'),)),
        Message(Role.TOOL, '{"t8": 19}', tool_call_id="id"),
        Message(Role.TOOL, (TextPart('{"t10": "t11"}'),), tool_call_id="id"),
    ),
    tools=(Tool("t12", "t13", {"type": "object", "properties": {"t14": {"enum": ["t15"]}}}),),
    tool_choice=Tool("t16"),
    output=OutputFormat(OutputKind.JSON_SCHEMA, "t17", "t18", {"t19": "t20"}),
    stop=("t21",),
)


@dataclass(frozen=True)
class Replaced:
    """What masking gives."""

    texts: tuple[str, ...]
    system_line: str | None = None


def test_every_text_is_listed_in_order() -> None:
    """The leak caught: a text that is sent and that nobody masks, a tool's result in parts among them."""
    assert [text.value for text in PROMPT.texts] == [f"t{n}" if n != 9 else "19" for n in range(1, 22)]


def test_a_tool_s_result_in_parts_tells_what_its_values_are() -> None:
    """The leak caught: a value that only its key explains, read without it."""
    fields = {text.value: text.field for text in PROMPT.texts}
    assert (fields["t11"], fields["19"]) == ("t10", "t8")


def test_each_text_is_replaced_by_its_own() -> None:
    masked = PROMPT.masked_with(Replaced(tuple(f"{text.value}!" for text in PROMPT.texts))).prompt
    assert [text.value for text in masked.texts] == [f"{text.value}!" for text in PROMPT.texts]


@pytest.mark.parametrize("texts", [(), ("a",), tuple("a" * 20), tuple("a" * 22)])
def test_nothing_is_made_of_replacements_that_do_not_match(texts: tuple[str, ...]) -> None:
    """The leak caught: texts left as they are, or put where others stood."""
    with pytest.raises(ValueError, match="replacements do not match"):
        PROMPT.masked_with(Replaced(texts))


def test_nobody_else_makes_a_prompt_that_may_leave() -> None:
    with pytest.raises(TypeError):
        MaskedPrompt(Prompt((Message(Role.USER, Text("a").value),)))
