"""What the charter decided, and why: one value that the journal records and the caller is told."""

from dataclasses import dataclass
from enum import StrEnum

from policies.facts import Route, Tier


class Outcome(StrEnum):
    """The three answers that a charter gives."""

    ALLOW = "allow"
    REFUSE = "refuse"
    ASK_USE = "ask_use"


class Review(StrEnum):
    """How much human review an output needs before it may be used (guide 8.2)."""

    R0 = "R0"
    """By its author."""
    R1 = "R1"
    """By a named reviewer or a documentary circuit."""
    R2 = "R2"
    """Every output, by the professional who was present."""


@dataclass(frozen=True, slots=True)
class Alternative:
    """A use that this caller may declare instead."""

    use: str
    title: str


@dataclass(frozen=True, slots=True)
class Duties:
    """What an allowed answer owes: how it is reviewed and what it must say of itself."""

    tier: Tier
    """The tier actually granted: the lower of the use's and the route's."""
    must_mask: frozenset[str]
    """Label names to mask; empty only where identified data may leave (D2)."""
    review: Review
    notice: str | None
    """Visible sentence in French about an output that nobody has validated yet; None where the use asks for none.

    A template for `str.format` with exactly `{nom}` and `{version}` left to fill: those of the AI system that answered,
    which may be a fallback's, so that provenance fills them route by route.
    """


@dataclass(frozen=True, slots=True)
class Decision:
    """The charter's answer to one request. Exactly an allowed one has a route and duties.

    A refused one has a use where an approved one was declared; never the caller's own words.
    """

    outcome: Outcome
    code: str
    """Stable reason code: `permis`, or why not: `usage_requis`, `usage_inconnu`, `hors_role`, `hors_cle`, …"""
    charter: str
    """Version of the charter that decided."""
    message: str
    """One or two sentences in French for the person who asked."""
    article: str
    """Where the charter or the guide says so."""
    contact: str
    """Whom to ask, as the charter writes it."""
    use: str | None = None
    route: Route | None = None
    fallbacks: tuple[Route, ...] = ()
    """Routes of the same tier that may answer when `route` cannot; the charter allows each of them."""
    duties: Duties | None = None
    alternatives: tuple[Alternative, ...] = ()

    @property
    def allowed(self) -> bool:
        """Return whether the request may go on."""
        return self.outcome is Outcome.ALLOW

    def require_allowed(self) -> "Allowed":
        """Return what the next stages need, or raise `RefusedError`."""
        if self.outcome is not Outcome.ALLOW or self.use is None or self.route is None or self.duties is None:
            raise RefusedError(self)
        return Allowed(self.use, (self.route, *self.fallbacks), self.duties, self.charter)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The parts of an allowing decision, none of them missing."""

    use: str
    routes: tuple[Route, ...]
    """In order of preference, at least one."""
    duties: Duties
    charter: str


class RefusedError(Exception):
    """The charter did not allow a request; nothing of it has been sent."""

    def __init__(self, decision: Decision) -> None:
        """Keep the decision, which says what to tell the caller."""
        self.decision = decision
        super().__init__(decision.code)
