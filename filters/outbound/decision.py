"""What is asked about an outgoing connection, what a hospital may say of it, and what is answered."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Verdict(StrEnum):
    """What happens to a connection, from the mildest on."""

    ALLOW = "allow"
    OBSERVE = "observe"
    """Let through and counted."""
    COACH = "coach"
    """The person is shown a page, and may go on for a while after giving a reason."""
    BLOCK = "block"

    @property
    def severity(self) -> int:
        """Return its rank, from 0 on: verdicts are texts, and texts do not compare as they do."""
        return _ORDER.index(self)


_ORDER = tuple(Verdict)


class Mode(StrEnum):
    """How far a policy goes for now, from its first step to its last."""

    OBSERVE = "observe"
    SIMULATE = "simulate"
    """As observe; what the policy would refuse is shown to those who decide."""
    COACH = "coach"
    BLOCK = "block"

    def held(self, planned: Verdict) -> Verdict:
        """Return what becomes of a verdict of the last mode in this one: never a stricter one."""
        return min(planned, _STRICTEST[self], key=lambda verdict: verdict.severity)


_STRICTEST = {
    Mode.OBSERVE: Verdict.OBSERVE,
    Mode.SIMULATE: Verdict.OBSERVE,
    Mode.COACH: Verdict.COACH,
    Mode.BLOCK: Verdict.BLOCK,
}


class Status(StrEnum):
    """What a hospital says of a service or of a category; written in its policy, hence in French."""

    PENDING = "a_instruire"
    """Nobody has decided: let through and counted."""
    OBSERVE = "observer"
    COACH = "avertir"
    BLOCK = "bloquer"
    ALLOW = "autoriser"

    @property
    def verdict(self) -> Verdict:
        """Return what it gives in the last mode."""
        return _VERDICTS[self]


_VERDICTS = {
    Status.PENDING: Verdict.OBSERVE,
    Status.OBSERVE: Verdict.OBSERVE,
    Status.COACH: Verdict.COACH,
    Status.BLOCK: Verdict.BLOCK,
    Status.ALLOW: Verdict.ALLOW,
}


@dataclass(frozen=True, slots=True)
class Query:
    """One outgoing connection, as a proxy sees it. Strings are as the engine wrote them; empty where unknown."""

    host: str
    sni: str = ""
    source: str = ""
    """The client's address."""
    user: str = ""
    at: dt.datetime | None = None
    """Aware; now where None."""


@dataclass(frozen=True, slots=True)
class Decision:
    """The answer, and why."""

    verdict: Verdict
    service: str = ""
    """Id; empty for a host that no service has."""
    category: str = ""
    rule: str = "default"
    """`gateway`, `never_block`, `exception:ID`, `pass`, `rule:ID`, `service`, `category`, `candidate`, `default`."""
    version: str = ""
    """Of the policy."""
    planned: Verdict = Verdict.ALLOW
    """What the policy would answer once it is in its last mode, `block`; equals `verdict` then."""
    seconds: int = 60
    """How long an engine may remember the answer."""

    @property
    def mark(self) -> str:
        """Return the decision as one word, for an engine to write in its log: `verdict/service/rule/planned/version`.

        Empty parts are `-`. Nothing of the person or of the host is in it.
        """
        parts = (self.verdict, self.service, self.rule, self.planned, self.version)
        return "/".join(part or "-" for part in parts)
