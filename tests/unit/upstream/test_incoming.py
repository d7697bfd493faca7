"""What a model's server answers is read by name, and never guessed."""

import re
from types import SimpleNamespace as Shape
from typing import Any

import pytest

from gateway.conversation import Choice, ChoiceDelta, Chunk, Reply, ToolCall, ToolCallDelta, Usage
from gateway.errors import UpstreamRefusedError
from gateway.upstream.incoming import MOST_TOKENS, ChunkReader, reply, usage

USAGE = Shape(prompt_tokens=11, completion_tokens=7)


def call(name: Any = "f", arguments: Any = "{}", told: Any = "call_1", **more: Any) -> Shape:
    return Shape(id=told, function=Shape(name=name, arguments=arguments), **more)


def whole(finish: Any = "stop", index: Any = 0, **message: Any) -> Shape:
    return Shape(choices=[Shape(index=index, finish_reason=finish, message=Shape(**message))], usage=USAGE)


def piece(finish: Any = None, index: int = 0, **delta: Any) -> Shape:
    return Shape(choices=[Shape(index=index, finish_reason=finish, delta=Shape(**delta))])


def test_a_whole_answer() -> None:
    received = whole("tool_calls", content="Bonjour", tool_calls=[call()], reasoning_content="hm", annotations=[1])
    assert reply(received, "local", 1) == Reply(
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


@pytest.mark.parametrize(
    "received",
    [
        Shape(),
        Shape(choices=[]),
        Shape(choices="text"),
        whole("stop", content=["parts"]),
        whole("aborted", content="a"),
        whole(None, content="a"),
        whole("stop", 1, content="a"),
        whole("stop", -1, content="a"),
        whole("stop", None, content="a"),
        whole("stop", content=None, tool_calls=[call(name=None)]),
        whole("stop", content=None, tool_calls=[call(arguments={"a": 1})]),
    ],
)
def test_an_unknown_shape_is_refused(received: Any) -> None:
    """The bug caught: a cut or strange answer shown to a clinician as if it were whole."""
    with pytest.raises(UpstreamRefusedError):
        reply(received, "local", 1)


def test_a_stream() -> None:
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
    assert [reader.read(received) for received in pieces] == [
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


@pytest.mark.parametrize(("told", "kept"), [(10**30, MOST_TOKENS), (-1, 0), ("7", 0), (None, 0), (7.5, 0), (7, 7)])
def test_an_absurd_count_is_bounded(told: Any, kept: int) -> None:
    """Catches a number that the journal cannot write, which took the lines of other requests with it."""
    assert usage(Shape(usage=Shape(prompt_tokens=told, completion_tokens=told))) == Usage(kept, kept)
