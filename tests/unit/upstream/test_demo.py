"""The embedded model says what it is, reuses placeholders, and behaves as a model does."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.conversation import (
    MaskedPrompt,
    Message,
    OutputFormat,
    OutputKind,
    Parameters,
    Reply,
    Role,
    Tool,
    ToolCall,
    Usage,
)
from gateway.upstream.demo import PIECE, DemoModel
from tests.fakes.prompts import masked

NOTE = """Rédige un compte rendu de consultation à partir de cette note.
Mme [PRENOM_1] [NOM_1], née le [DATE_NAISSANCE_1], IPP [IPP_1], vue le [DATE_1] pour une toux fébrile.
Adressée par le Dr [NOM_2]. Antécédents : asthme. Traitement : amoxicilline 1 g trois fois par jour.
Il fait beau. Contrôle radiographique le [DATE_2]."""
TOOLS = (
    Tool("creer_document", parameters={"type": "object", "properties": {"patient": {"type": "string"}}}),
    Tool("prendre_rdv", parameters={"properties": {"date": {"type": "string"}, "rang": {"type": "integer"}}}),
)


async def ask(prompt: MaskedPrompt) -> Reply:
    return await DemoModel("demo").complete(prompt)


async def text_of(*messages: Message | str, **fields: Any) -> str:
    return (await ask(masked(*messages, **fields))).choices[0].text or ""


async def test_it_says_that_it_is_no_language_model() -> None:
    assert "ce n’est pas un modèle de langage" in await text_of(NOTE)


async def test_it_reuses_placeholders_and_passages_word_for_word() -> None:
    text = await text_of(NOTE)
    for placeholder in ("[PRENOM_1] [NOM_1]", "[NOM_2]", "[DATE_NAISSANCE_1]", "[IPP_1]", "[DATE_1]", "[DATE_2]"):
        assert placeholder in text
    assert "- Traitement : amoxicilline 1 g trois fois par jour." in text
    assert "Rédige" not in text


async def test_it_is_deterministic() -> None:
    assert await ask(masked(NOTE, parameters=Parameters(n=2))) == await ask(masked(NOTE, parameters=Parameters(n=2)))


async def test_several_choices_differ() -> None:
    reply = await ask(masked(NOTE, parameters=Parameters(n=3)))
    assert [choice.index for choice in reply.choices] == [0, 1, 2]
    assert len({choice.text for choice in reply.choices}) == 3


async def test_a_short_question_is_answered_on_what_was_said_before() -> None:
    text = await text_of(NOTE, Message(Role.ASSISTANT, "Voici."), "Et en plus court ?")
    assert "[PRENOM_1] [NOM_1]" in text


async def test_what_the_system_says_is_not_repeated() -> None:
    assert "[NOM_9]" not in await text_of(Message(Role.SYSTEM, "Le patient [NOM_9] a de la fièvre."), NOTE)


@pytest.mark.parametrize(
    "prompt", [masked(NOTE, parameters=Parameters(n=2)), masked(NOTE, tools=TOOLS, tool_choice="required")]
)
async def test_a_stream_is_the_whole_answer_in_small_pieces(prompt: MaskedPrompt) -> None:
    """The point: every placeholder is cut in two, so that restoring a stream is really exercised."""
    chunks = [chunk async for chunk in DemoModel("demo").stream(prompt)]
    reply = await ask(prompt)
    deltas = [delta for chunk in chunks for delta in chunk.deltas]
    for choice in reply.choices:
        own = [delta for delta in deltas if delta.index == choice.index]
        assert "".join(delta.text for delta in own) == (choice.text or "")
        arguments = "".join(call.arguments for delta in own for call in delta.tool_calls)
        assert arguments == "".join(call.arguments for call in choice.tool_calls)
        assert [delta.finish_reason for delta in own if delta.finish_reason] == [choice.finish_reason]
    assert max(len(delta.text) for delta in deltas) <= PIECE < len("[NOM_1]")
    assert [chunk.usage for chunk in chunks if chunk.usage] == [reply.usage]
    assert {chunk.route for chunk in chunks} == {"demo"}


async def test_tokens_are_counted_by_four_characters() -> None:
    reply = await ask(masked("a" * 9, parameters=Parameters(max_tokens=3)))
    assert reply.usage == Usage(3, 3)
    assert (len(reply.choices[0].text or ""), reply.choices[0].finish_reason) == (12, "length")


async def test_stop_texts_are_honoured() -> None:
    reply = await ask(masked(NOTE, stop=("Passages", "Date de")))
    assert (reply.choices[0].text or "").endswith("[NOM_1]\n")
    assert reply.choices[0].finish_reason == "stop"


@pytest.mark.parametrize(
    ("said", "choice", "parallel", "called"),
    [
        (NOTE, None, None, []),
        (NOTE, "auto", None, []),
        (NOTE, "required", None, ["creer_document"]),
        (NOTE, TOOLS[1], None, ["prendre_rdv"]),
        (f"{NOTE} Appelle prendre_rdv.", "none", None, []),
        (f"{NOTE} Appelle prendre_rdv.", None, None, ["prendre_rdv"]),
        (f"{NOTE} Il faut créer document puis prendre rdv.", None, None, ["creer_document", "prendre_rdv"]),
        (f"{NOTE} Il faut créer document puis prendre rdv.", None, False, ["creer_document"]),
        (f"{NOTE} Sers-toi de l’outil.", None, None, ["creer_document"]),
    ],
)
async def test_tools_are_called_when_asked(said: str, choice: Any, parallel: bool | None, called: list[str]) -> None:  # noqa: FBT001
    parameters = Parameters(parallel_tool_calls=parallel)
    (answer,) = (await ask(masked(said, tools=TOOLS, tool_choice=choice, parameters=parameters))).choices
    assert [call.name for call in answer.tool_calls] == called
    assert answer.finish_reason == ("tool_calls" if called else "stop")
    assert (answer.text is None) == bool(called)


async def test_arguments_hold_placeholders() -> None:
    (answer,) = (await ask(masked(NOTE, tools=TOOLS, tool_choice=TOOLS[0]))).choices
    assert json.loads(answer.tool_calls[0].arguments) == {"patient": "[PRENOM_1] [NOM_1]"}


async def test_a_tool_s_result_is_answered_in_words() -> None:
    """The bug caught: a client in a loop, since each result would call the tool again."""
    call = Message(Role.ASSISTANT, None, tool_calls=(ToolCall("1", "creer_document", "{}"),))
    result = Message(Role.TOOL, "Document [ID_1] créé pour le suivi du patient.", tool_call_id="1")
    (answer,) = (await ask(masked("Utilise l’outil.", call, result, tools=TOOLS))).choices
    assert answer.tool_calls == ()
    assert "- Document [ID_1] créé pour le suivi du patient." in (answer.text or "")


async def test_a_json_object() -> None:
    found = json.loads(await text_of(NOTE, output=OutputFormat(OutputKind.JSON_OBJECT)))
    assert found["patient"] == "[PRENOM_1] [NOM_1]"
    assert "pas un modèle de langage" in found["avertissement"]


async def test_a_json_schema() -> None:
    schema = {
        "type": "object",
        "properties": {"nom": {"type": "string"}, "urgence": {"enum": ["haute", "basse"]}, "doses": {"type": "array"}},
        "required": ["nom", "urgence", "autre"],
    }
    found = json.loads(await text_of(NOTE, output=OutputFormat(OutputKind.JSON_SCHEMA, "fiche", schema=schema)))
    assert set(found) == {"nom", "urgence", "doses", "autre"}
    assert (found["nom"], found["urgence"]) == ("[PRENOM_1] [NOM_1]", "haute")


@given(text=st.text(max_size=300), n=st.integers(1, 3), most=st.one_of(st.none(), st.integers(1, 50)))
async def test_any_text_gets_an_answer(text: str, n: int, most: int | None) -> None:
    reply = await ask(masked(text, parameters=Parameters(n=n, max_tokens=most)))
    assert len(reply.choices) == n
    assert all(choice.text for choice in reply.choices)
