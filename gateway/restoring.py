"""Putting identifiers back into an answer: per choice, per field, per tool call, whole or streamed.

Before that, each field is scanned: what a person reads is defused, what a program reads is counted. Of a
stream, that has left before its end shows it to be forbidden: such a stream gets no end, and its reader discards it.

A placeholder that is unknown or damaged stays visible and is counted; it is never guessed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace

from filters.answers.scanner import DataStream, Scan
from filters.answers.stream import TextStream
from filters.identifiers.masker import Masked
from filters.identifiers.restorer import Restorer
from filters.identifiers.stream import StreamRestorer
from gateway.conversation import Choice, ChoiceDelta, Chunk, OutputFormat, Reply, ToolCall, ToolCallDelta


class Restoring:
    """Restores one answer, whole (`whole`) or in pieces (`feed`, then `finish` once), and keeps what it became.

    Finish reasons are held until `finish`: the end of a choice is not let out before the answer is marked and
    recorded. Nothing here can fail on what a model writes.
    """

    def __init__(self, masked: Masked, output: OutputFormat, scan: Scan) -> None:
        """`scan` is made for this answer."""
        self._masked, self._output, self._scan = masked, output, scan
        self._restorer = masked.restorer()
        self._choices: dict[int, _Choice] = {}
        self._route = ""

    def whole(self, reply: Reply, notice: str) -> Reply:
        """Return the restored answer, with `notice` at the end of each text that may carry it.

        Whatever text was defused says so at its end, a refusal and a text beside a tool call too.
        """
        for choice in reply.choices:
            calls = tuple(
                ToolCallDelta(index, call.id, call.name, call.arguments) for index, call in enumerate(choice.tool_calls)
            )
            delta = ChoiceDelta(choice.index, choice.text or "", calls, choice.finish_reason, choice.refusal or "")
            self.feed(Chunk(reply.route, (delta,)))
        self.finish(notice)
        return replace(reply, choices=self.choices)

    def feed(self, chunk: Chunk) -> Chunk | None:
        """Return what may be let out once `chunk` has come, or None where all of it is held back."""
        self._route = chunk.route
        # A list: a generator for each piece of a stream costs more than what it yields.
        deltas = tuple([delta for part in chunk.deltas if (delta := self._choice(part.index).feed(part)) is not None])
        return Chunk(chunk.route, deltas) if deltas else None

    def finish(self, notice: str) -> Chunk:
        """Return the last chunk: what was held back, the notice, and the finish reason of each choice."""
        return Chunk(self._route, tuple(self._choices[index].finish(notice) for index in sorted(self._choices)))

    @property
    def choices(self) -> tuple[Choice, ...]:
        """Return the restored choices; complete once the answer is."""
        return tuple(self._choices[index].whole() for index in sorted(self._choices))

    @property
    def counts(self) -> Mapping[str, int]:
        """Return how many distinct identifiers were masked, by label."""
        return self._masked.counts

    @property
    def lost(self) -> int:
        """Return how many placeholders came back damaged."""
        return self._restorer.lost

    @property
    def unknown(self) -> int:
        """Return how many placeholders came back that this request never held."""
        return self._restorer.unknown

    @property
    def found(self) -> Mapping[str, int]:
        """Return what the scan has found, by kind; complete once the answer is."""
        return self._scan.counts

    @property
    def forbidden(self) -> bool:
        """Return whether a program would be handed a secret that nobody gave; known once the answer is complete.

        A whole answer is then not let out; of a stream all but the end has left, and it must be ended with an error.
        """
        return self._scan.forbidden

    def _choice(self, index: int) -> "_Choice":
        if index not in self._choices:
            self._choices[index] = _Choice(index, self._restorer, self._scan, json=self._output.is_json)
        return self._choices[index]


class _Field:
    """One text of an answer, scanned and restored as it comes, and kept."""

    def __init__(self, scan: TextStream | DataStream, stream: StreamRestorer) -> None:
        self._scan, self._stream = scan, stream
        self._pieces: list[str] = []

    def feed(self, piece: str) -> str:
        return self._kept(self._stream.feed(self._scan.feed(piece)))

    def flush(self) -> str:
        return self._kept(self._stream.feed(self._scan.flush()) + self._stream.flush())

    def append(self, text: str) -> str:
        return self._kept(text)

    @property
    def sentence(self) -> str:
        """Return what the reader is told of the scan, blank line included."""
        return f"\n\n{self._scan.sentence}" if self._scan.sentence else ""

    @property
    def whole(self) -> str:
        return "".join(self._pieces)

    def _kept(self, text: str) -> str:
        if text:
            self._pieces.append(text)
        return text


@dataclass(slots=True)
class _Call:
    """One tool call of a choice; its arguments are JSON whatever the output's format."""

    arguments: _Field
    id: str = ""
    name: str = ""


@dataclass(slots=True)
class _Fields:
    text: _Field
    refusal: _Field
    calls: dict[int, _Call] = field(default_factory=dict)


class _Choice:
    """One of the answers, on its way out."""

    def __init__(self, index: int, restorer: Restorer, scan: Scan, *, json: bool) -> None:
        self._index, self._restorer, self._scan, self._json = index, restorer, scan, json
        text = _Field(scan.data() if json else scan.text(), restorer.stream(json_escaped=json))
        self._fields = _Fields(text, _Field(scan.text(), restorer.stream()))
        self._finish_reason: str | None = None

    def feed(self, delta: ChoiceDelta) -> ChoiceDelta | None:
        self._finish_reason = delta.finish_reason or self._finish_reason
        text = self._fields.text.feed(delta.text) if delta.text else ""
        refusal = self._fields.refusal.feed(delta.refusal) if delta.refusal else ""
        calls: tuple[ToolCallDelta, ...] = ()
        if delta.tool_calls:
            calls = tuple([call for part in delta.tool_calls if (call := self._feed_call(part)) is not None])
        return ChoiceDelta(self._index, text, calls, None, refusal) if text or refusal or calls else None

    def finish(self, notice: str) -> ChoiceDelta:
        fields = self._fields
        text, refusal = fields.text.flush(), fields.refusal.flush()
        calls = tuple(
            ToolCallDelta(index, arguments=rest)
            for index, call in sorted(fields.calls.items())
            if (rest := call.arguments.flush())
        )
        carries = bool(fields.text.whole) and not fields.calls and not self._json
        text += fields.text.append(fields.text.sentence + (notice if carries else ""))
        refusal += fields.refusal.append(fields.refusal.sentence)
        return ChoiceDelta(self._index, text, calls, self._finish_reason or "stop", refusal)

    def whole(self) -> Choice:
        fields = self._fields
        calls = tuple(ToolCall(call.id, call.name, call.arguments.whole) for _, call in sorted(fields.calls.items()))
        refusal = fields.refusal.whole or None
        text = fields.text.whole or (None if calls or refusal else "")
        return Choice(self._index, text, calls, self._finish_reason or "stop", refusal)

    def _feed_call(self, part: ToolCallDelta) -> ToolCallDelta | None:
        calls = self._fields.calls
        if part.index not in calls:
            calls[part.index] = _Call(_Field(self._scan.data(), self._restorer.stream(json_escaped=True)))
        call = calls[part.index]
        name = self._restorer.restore(part.name, bare=True) if part.name is not None else None
        call.id, call.name = part.id or call.id, name or call.name
        arguments = call.arguments.feed(part.arguments) if part.arguments else ""
        if part.id is None and name is None and not arguments:
            return None
        return ToolCallDelta(part.index, part.id, name, arguments)
