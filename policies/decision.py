"""What the charter decided, and why: one value that the journal records and the caller is told."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policies.facts import Route, Tier


class Language(StrEnum):
    """The languages that people are spoken to in; every sentence exists in the first."""

    FRENCH = "fr"
    ENGLISH = "en"


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
    """What the person who asked is told, in `language`."""
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
    reason: str | None = None
    """Why a request was refused: one sentence without its full stop."""
    instead: str | None = None
    """What is allowed instead of a forbidden practice."""
    language: Language = Language.FRENCH
    translations: Mapping[Language, "Decision"] = field(default_factory=dict, hash=False, repr=False, compare=False)
    """The same refusal in the other languages of the charter; nothing but its words differs."""

    def spoken(self, language: Language) -> "Decision":
        """Return this decision in that language, in French where the charter does not speak it."""
        return self.translations.get(language, self)

    @property
    def allowed(self) -> bool:
        """Return whether the request may go on."""
        return self.outcome is Outcome.ALLOW

    def require_allowed(self, output_id: str | None = None) -> "Allowed":
        """Return what the next stages need, or raise `RefusedError`, which names the record of the refusal."""
        if self.outcome is not Outcome.ALLOW or self.use is None or self.route is None or self.duties is None:
            raise RefusedError(self, output_id)
        return Allowed(self.use, (self.route, *self.fallbacks), self.duties, self.charter)


@dataclass(frozen=True, slots=True)
class Allowed:
    """The parts of an allowing decision, none of them missing."""

    use: str
    routes: tuple[Route, ...]
    """In order of preference, at least one."""
    duties: Duties
    charter: str
    drill: str | None = None
    """The stop that is being rehearsed on it; the charter itself never says."""


class RefusedError(Exception):
    """The charter did not allow a request; nothing of it has been sent."""

    def __init__(self, decision: Decision, output_id: str | None = None) -> None:
        """Keep the decision, which says what to tell the caller, and the id under which it was recorded."""
        self.decision, self.output_id = decision, output_id
        super().__init__(decision.code)
