"""What is asked about an outgoing connection, and what is answered."""

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
