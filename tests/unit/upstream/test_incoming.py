"""What a model's server answers is read by name, and never guessed."""

import re
from collections.abc import Callable
from types import SimpleNamespace as Shape
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.conversation import Choice, ChoiceDelta, Chunk, Reply, ToolCall, ToolCallDelta, Usage
from gateway.errors import UpstreamRefusedError
from gateway.upstream import incoming
from gateway.upstream.incoming import MOST_TOKENS, ChunkReader, reply, usage

USAGE = Shape(prompt_tokens=11, completion_tokens=7)


def call(name: Any = "f", arguments: Any = "{}", told: Any = "call_1", **more: Any) -> Shape:
    return Shape(id=told, function=Shape(name=name, arguments=arguments), **more)


def whole(finish: Any = "stop", index: Any = 0, **message: Any) -> Shape:
    return Shape(choices=[Shape(index=index, finish_reason=finish, message=Shape(**message))], usage=USAGE)


def piece(finish: Any = None, index: int = 0, **delta: Any) -> Shape:
    return Shape(choices=[Shape(index=index, finish_reason=finish, delta=Shape(**delta))])


def as_json(shape: Any) -> Any:
    """Return a shape as the fast road has it: parsed JSON."""
    if isinstance(shape, Shape):
        return {name: as_json(value) for name, value in vars(shape).items()}
    return [as_json(item) for item in shape] if isinstance(shape, list) else shape


def as_object(shape: Any) -> Any:
    """Return a shape as the general road has it: an object of litellm or of openai."""
    return shape


Form = Callable[[Any], Any]
each_form = pytest.mark.parametrize("form", [as_object, as_json])


@each_form
def test_a_whole_answer(form: Form) -> None:
    received = whole("tool_calls", content="Bonjour", tool_calls=[call()], reasoning_content="hm", annotations=[1])
    assert reply(form(received), "local", 1) == Reply(
        (Choice(0, "Bonjour", (ToolCall("call_1", "f", "{}"),), "tool_calls"),), Usage(11, 7), "local"
    )


def test_a_refusal_of_the_model_is_kept() -> None:
    assert reply(whole(content=None, refusal="Non."), "local", 1).choices[0].refusal == "Non."
    hidden = whole(content=None, provider_specific_fields={"refusal": "Non."})
    assert reply(hidden, "local", 1).choices[0].refusal == "Non."


@pytest.mark.parametrize("told", [None, "", 7, "x" * 65, "id avec espaces", "élève"])
def test_an_id_that_is_none_is_made_anew(told: Any) -> None:
    (choice,) = reply(whole("tool_calls", content=None, tool_calls=[call(told=told)]), "local", 1).choices
    assert re.fullmatch(r"call_[0-9a-f]{24}", choice.tool_calls[0].id)


@each_form
@pytest.mark.parametrize(
    "received",
    [
        Shape(),
        Shape(choices=[]),
        Shape(choices="text"),
        whole("stop", content=["parts"]),
        whole("stop", content=[Shape(type="image", text="a")]),
        whole("stop", content=7),
        whole("aborted", content="a"),
        whole(None, content="a"),
        whole("stop", 1, content="a"),
        whole("stop", -1, content="a"),
        whole("stop", content=None, tool_calls=[call(name=None)]),
        whole("stop", content=None, tool_calls=[call(arguments={"a": 1})]),
    ],
)
def test_an_unknown_shape_is_refused(received: Any, form: Form) -> None:
    """The bug caught: a cut or strange answer shown to a clinician as if it were whole."""
    with pytest.raises(UpstreamRefusedError):
        reply(form(received), "local", 1)


@pytest.mark.parametrize("received", [[], "text", None, 7, {"choices": [None]}, {"choices": ["a"]}])
def test_json_of_another_shape_is_refused(received: Any) -> None:
    with pytest.raises(UpstreamRefusedError):
        reply(received, "local", 1)


def test_an_error_under_a_success_is_refused() -> None:
    """The bug caught: half an answer, and an error that nobody has read, shown as the whole."""
    received = as_json(whole(content="a"))
    with pytest.raises(UpstreamRefusedError):
        reply(received | {"error": {"message": "x"}}, "local", 1)
    assert reply(received | {"error": None}, "local", 1) == reply(received, "local", 1)


def test_a_text_in_blocks() -> None:
    """The leak caught: what a model thinks, shown as its answer."""
    blocks = [
        Shape(type="thinking", thinking=[Shape(type="text", text="hm")]),
        *(Shape(type="text", text=t) for t in "ab"),
    ]
    assert reply(as_json(whole(content=blocks)), "local", 1).choices[0].text == "ab"


PIECES = [
    piece(role="assistant", content=""),
    piece(content="Bon"),
    piece(content="jour", index=1),
    piece(content="soir", refusal="Non"),
    piece(tool_calls=[call(arguments="", index=0)]),
    piece(tool_calls=[call(name=None, arguments='{"a"', told=None, index=0), call("g", "{}", "b", index=1)]),
    piece(tool_calls=[call(name=None, arguments=": 1}", told=None, index=0)]),
    piece("tool_calls"),
    piece("stop", index=1),
    Shape(choices=[], usage=USAGE),
]


@each_form
@given(cuts=st.lists(st.booleans(), min_size=len(PIECES), max_size=len(PIECES)))
def test_what_comes_at_once_is_one_chunk(form: Form, cuts: list[bool]) -> None:
    """Catches a piece lost, or told twice, because others came with it: a client glues the same answer together."""
    groups: list[list[Any]] = [[]]
    for received, cut in zip(PIECES, cuts, strict=True):
        groups[-1].append(form(received))
        groups += [[]] if cut else []
    reader = ChunkReader("local", 2)
    chunks = [reader.read(*group) for group in groups]
    for chunk in chunks:
        assert len({delta.index for delta in chunk.deltas}) == len(chunk.deltas), "a choice stands once in a chunk"
    deltas = [delta for chunk in chunks for delta in chunk.deltas]
    calls = [call for delta in deltas for call in delta.tool_calls]
    assert [(i, "".join(d.text for d in deltas if d.index == i)) for i in (0, 1)] == [(0, "Bonsoir"), (1, "jour")]
    assert "".join(delta.refusal for delta in deltas) == "Non"
    assert sorted((d.index, d.finish_reason) for d in deltas if d.finish_reason) == [(0, "tool_calls"), (1, "stop")]
    assert ["".join(c.arguments for c in calls if c.index == i) for i in (0, 1)] == ['{"a": 1}', "{}"]
    assert [(c.id, c.name) for c in calls if c.id or c.name] == [("call_1", "f"), ("b", "g")]
    assert [chunk.usage for chunk in chunks if chunk.usage] == [Usage(11, 7)]


@each_form
def test_a_stream(form: Form) -> None:
    reader = ChunkReader("local", 1)
    pieces = [
        piece(role="assistant", content=""),
        piece(reasoning_content="hm"),
        piece(content="Bon"),
        piece(tool_calls=[call(arguments="", index=0)]),
        piece(tool_calls=[call(name=None, arguments="{}", told=None, index=0)]),
        piece("length"),
        Shape(choices=[], usage=USAGE),
    ]
    assert [reader.read(form(received)) for received in pieces] == [
        Chunk("local"),
        Chunk("local"),
        Chunk("local", (ChoiceDelta(0, "Bon"),)),
        Chunk("local", (ChoiceDelta(0, tool_calls=(ToolCallDelta(0, "call_1", "f"),)),)),
        Chunk("local", (ChoiceDelta(0, tool_calls=(ToolCallDelta(0, arguments="{}"),)),)),
        Chunk("local", (ChoiceDelta(0, finish_reason="length"),)),
        Chunk("local", usage=Usage(11, 7)),
    ]
    assert reader.end() == Chunk("local")


def test_id_and_name_of_a_call_come_once() -> None:
    """The bug caught: servers that repeat them in each piece make clients glue `ff` together; some name it later."""
    reader = ChunkReader("local", 1)
    pieces = [piece(tool_calls=[call(name=name, told="x", index=0)]) for name in ("", "f", "f")]
    deltas = [reader.read(received).deltas[0].tool_calls[0] for received in pieces]
    assert [(delta.id, delta.name) for delta in deltas] == [("x", None), (None, "f"), (None, None)]


@pytest.mark.parametrize("pieces", [[], [piece(content="Bon")], [piece(content="Bon"), Shape(choices=[], usage=USAGE)]])
def test_a_stream_that_does_not_end_is_refused(pieces: list[Any]) -> None:
    """The bug caught: half a prescription, passed off as a whole one because the connection closed politely."""
    reader = ChunkReader("local", 1)
    for received in pieces:
        reader.read(received)
    with pytest.raises(UpstreamRefusedError):
        reader.end()


def test_endings_that_a_proxy_swallowed() -> None:
    """LiteLLM's proxy tells the ending of the first choice only; clients wait for each."""
    reader = ChunkReader("local", 3)
    for received in (
        piece("stop", 0),
        piece(index=1, content="a"),
        piece(index=2, tool_calls=[call(index=0)]),
    ):
        reader.read(received)
    assert reader.end().deltas == (ChoiceDelta(1, finish_reason="stop"), ChoiceDelta(2, finish_reason="tool_calls"))


@pytest.mark.parametrize(
    "received", [piece(index=2, content="a"), piece(tool_calls=[call(index=None)]), piece("abort")]
)
def test_an_unknown_piece_is_refused(received: Any) -> None:
    with pytest.raises(UpstreamRefusedError):
        ChunkReader("local", 2).read(received)


@pytest.mark.parametrize(
    ("told", "kept"), [(10**30, MOST_TOKENS), (-1, 0), ("7", 0), (None, 0), (7.5, 0), (7, 7), (1e30, MOST_TOKENS)]
)
def test_an_absurd_count_is_bounded(told: Any, kept: int) -> None:
    """Catches a number that the journal cannot write, which took the lines of other requests with it."""
    assert usage(Shape(usage=Shape(prompt_tokens=told, completion_tokens=told))) == Usage(kept, kept)


def test_a_stream_without_end_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    """Catches one broken model that fills the memory, and takes every other model's callers with it."""
    monkeypatch.setattr(incoming, "LONGEST_TEXT", 10)
    reader = incoming.ChunkReader("route", 1)
    piece = {"choices": [{"index": 0, "delta": {"content": "six si"}}]}

    reader.read(piece)
    with pytest.raises(UpstreamRefusedError, match="without end"):
        reader.read(piece)


def test_one_choice_needs_no_number() -> None:
    """Catches an answer that is lost since its server numbers nothing, though only one was asked for."""
    piece = {"choices": [{"delta": {"content": "Bonjour"}}]}

    (delta,) = incoming.ChunkReader("route", 1).read(piece).deltas

    assert (delta.index, delta.text) == (0, "Bonjour")
    with pytest.raises(UpstreamRefusedError):
        incoming.ChunkReader("route", 2).read(piece)


def test_a_whole_answer_is_no_stream() -> None:
    """Catches an answer marked, recorded and empty: its server streams nothing, and its text stands elsewhere."""
    whole_one = {"choices": [{"index": 0, "message": {"content": "Bonjour"}, "finish_reason": "stop"}]}
    with pytest.raises(UpstreamRefusedError, match="whole answer"):
        incoming.ChunkReader("route", 1).read(whole_one)
