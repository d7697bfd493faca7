"""The journey of one request, in order. A new stage is a new line here.

Where a stage cannot do its work the journey ends there, with an error of `gateway.errors` or a charter's refusal:
nothing is sent unmasked, no answer is completed unmarked or unrecorded. A stream's pieces have left by then: without
its end it is no answer, and whoever receives it discards it.
"""

from collections.abc import AsyncGenerator, AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass

from filters.answers.scanner import Scanner
from filters.identifiers.known.patient import KnownPatient
from gateway.audit.trail import Record, Trail
from gateway.conversation import Chunk, MaskedPrompt, Prompt, Reply, Usage
from gateway.errors import ReadingUnavailableError, UnsafeAnswerError, UpstreamRefusedError
from gateway.masking.stage import Masking
from gateway.provenance.marks import Ended, Marks, Opening, Provenance
from gateway.quota.bill import Bill
from gateway.quota.quota import Quota
from gateway.reading.stage import Reading
from gateway.restoring import Restoring
from gateway.systems.guard import Guard
from gateway.upstream.client import Upstream
from policies.charter import Charter
from policies.decision import Allowed, Decision
from policies.facts import Caller, Facts
from policies.rule import Code


@dataclass(frozen=True, slots=True)
class Request:
    """One request: what is asked, and what was declared of it."""

    prompt: Prompt
    facts: Facts
    case: str | None = None
    """Case identifier; the journal keeps a keyed hash of it only."""
    known: KnownPatient | None = None
    """Whom the request is about, where the tool has said so; read by masking, kept by nobody."""


@dataclass(frozen=True, slots=True)
class Answer:
    """A whole answer, restored and marked."""

    opening: Opening
    reply: Reply
    marks: Marks


@dataclass(frozen=True, slots=True)
class StreamStart:
    """Sent once and first, when the model has begun to answer and every stage before has passed."""

    opening: Opening
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class StreamEnd:
    """Sent once and last, when the answer is whole, marked and recorded."""

    last: Chunk
    """What was held until then: the end of each choice, with its finish reason."""
    usage: Usage
    marks: Marks


StreamEvent = StreamStart | Chunk | StreamEnd


@dataclass(frozen=True, slots=True)
class Pipeline:
    """Leads a request through the lock."""

    reading: Reading
    charter: Charter
    trail: Trail
    quota: Quota
    masking: Masking
    upstream: Upstream
    provenance: Provenance
    answers: Scanner
    systems: Guard

    async def answer(self, caller: Caller, request: Request) -> Answer:
        """Return the model's answer, restored and marked, or raise the first refusal."""
        facts = await self.reading.read(request.prompt, request.facts)
        decision = self.charter.decide(caller, facts)
        async with self.trail.record(caller, decision, facts, stream=False, case=request.case) as record:
            allowed = self.systems.admit(_let_through(decision, record), record)
            async with self._admit(caller, request, allowed, record) as (masked_prompt, restoring, bill):
                with record.stage("upstream"):
                    reply = await self.systems.reply(self.upstream.complete(masked_prompt, allowed.routes), allowed)
                bill.replied(reply)
            record.replied(reply.route, reply.usage)
            restored = restoring.whole(reply, self.provenance.notice(allowed, reply.route))
            marks = await self._mark(record, allowed, reply.route, restoring)
        return Answer(Opening(record.output_id, allowed), restored, marks)

    async def stream(self, caller: Caller, request: Request) -> AsyncGenerator[StreamEvent, None]:
        """Yield the same answer as it comes; what `answer` raises is raised before the first event, or ends the stream.

        Closing this iterator closes the connection to the model and the record.
        """
        facts = await self.reading.read(request.prompt, request.facts)
        decision = self.charter.decide(caller, facts)
        async with self.trail.record(caller, decision, facts, stream=True, case=request.case) as record:
            allowed = self.systems.admit(_let_through(decision, record), record)
            opening, started, route = Opening(record.output_id, allowed), False, allowed.routes[0].id
            async with self._admit(caller, request, allowed, record) as (masked_prompt, restoring, bill):
                asked = self.upstream.stream(masked_prompt, allowed.routes)
                with record.stage("upstream"):
                    async with self.systems.pieces(asked, allowed) as chunks:
                        async for chunk in chunks:
                            bill.add(chunk)
                            if not started:
                                started, route = True, chunk.route
                                # Now, since an answer that is cut has been read up to there.
                                record.replied(route, bill.usage)
                                yield StreamStart(opening, self.provenance.headers(opening, route))
                            if restored := restoring.feed(chunk):
                                yield restored
                    if not started:
                        raise UpstreamRefusedError("an answer without a beginning")
            record.replied(route, bill.usage)
            last = restoring.finish(self.provenance.notice(allowed, route))
            marks = await self._mark(record, allowed, route, restoring)
        yield StreamEnd(last, bill.usage, marks)

    @asynccontextmanager
    async def _admit(
        self, caller: Caller, request: Request, allowed: Allowed, record: Record
    ) -> AsyncIterator[tuple[MaskedPrompt, Restoring, Bill]]:
        """Give what may be sent and how to restore it; what the request took of its quota is settled at the end.

        Until then it is in progress, under its output id.
        """
        with record.stage("quota"):
            await self.quota.spend(caller, allowed.use, request.prompt, record.output_id)
        async with Bill(self.quota, caller, allowed.use, request.prompt, record.output_id) as bill:
            with record.stage("masking"):
                masked = await self.masking.mask(request.prompt.texts, allowed.duties.must_mask, request.known)
            record.masked(masked.counts)
            scan = self.answers.scan(text.value for text in request.prompt.texts)
            yield request.prompt.masked_with(masked), Restoring(masked, request.prompt.output, scan), bill

    async def _mark(self, record: Record, allowed: Allowed, route: str, restoring: Restoring) -> Marks:
        record.restored(restoring.lost, restoring.unknown)
        record.scanned(restoring.found)
        if restoring.forbidden:
            raise UnsafeAnswerError
        with record.stage("provenance"):
            marks = await self.provenance.mark(
                Ended(
                    Opening(record.output_id, allowed),
                    route,
                    restoring.choices,
                    restoring.counts,
                    restoring.lost,
                    restoring.unknown,
                    restoring.found,
                )
            )
        self.systems.require(allowed, route)
        return marks


def _let_through(decision: Decision, record: Record) -> Allowed:
    """Return what the next stages need, or raise; texts that could not be read are an outage, and no refusal."""
    if decision.code == Code.UNREAD:
        raise ReadingUnavailableError
    return decision.require_allowed(record.output_id)
