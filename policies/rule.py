"""What a charter is made of: roles, uses, practices, notices and the words of its refusals. Also its file format."""

import datetime as dt
import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated, Final

from pydantic import AfterValidator, Field, StringConstraints

from config.section import Line, Section, wrong
from policies.decision import Language, Review
from policies.facts import Tier
from policies.people import PeopleRule, TrainingCode

EVERYONE = "*"
"""In a list of roles or routes: all those that the charter or the configuration lists."""

IDENTIFIERS = frozenset(
    {
        "NOM", "PRENOM", "PERSONNE", "DATE", "DATE_NAISSANCE", "AGE_SUP_89", "ADRESSE", "ZIP", "VILLE", "TEL", "MAIL",
        "SECU", "IPP", "NDA", "RPPS", "ADELI", "FINESS", "HOPITAL", "ORGANISATION", "IBAN", "ID",
    }
)  # fmt: skip
"""Names of the labels to mask. Here and not in the charter's file, so that editing a file cannot open the lock."""

Id = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]
ServiceId = Annotated[str, StringConstraints(pattern=r"^([a-z0-9][a-z0-9_-]{0,39}|\*)$")]
"""As keys name a service, or `EVERYONE`."""
Plain = Annotated[str, StringConstraints(min_length=1, max_length=300, pattern=r"^[^\r\n{}]*$")]
"""One line without braces, since it is put into templates."""


NAME = re.compile(r"\{([a-z_]+)\}")
"""A place to fill in a template; no other brace may stand in one."""

REVIEWER = "relecteur"
"""The name of a notice that the charter fills; provenance fills the AI system's `nom` and `version`."""


def _template(allowed: frozenset[str], required: frozenset[str] = frozenset()) -> Callable[[str], str]:
    def check(text: str) -> str:
        if set("{}") & set(NAME.sub("", text)):
            raise wrong("Une accolade est de trop ou n’est pas refermée dans cette phrase : écrivez par exemple {nom}.")
        names = set(NAME.findall(text))
        if foreign := names - allowed:
            raise wrong(
                f"Cette phrase ne peut pas contenir {_braced(foreign)} ; elle admet : {_braced(allowed)}. "
                "Corrigez ou retirez l’accolade."
            )
        if missing := required - names:
            raise wrong(f"Cette phrase doit contenir {_braced(missing)}, que la passerelle remplit à chaque réponse.")
        return text

    return check


def _braced(names: frozenset[str] | set[str]) -> str:
    return ", ".join(f"{{{name}}}" for name in sorted(names))


_SYSTEM = frozenset({"nom", "version"})
_VALIDATION = frozenset({"demonstratif", "type_document", "etabli", "valide", "titre", "nom_validateur", "fonction"})
_OTHERS = frozenset({"finalite", REVIEWER})

BeforeTemplate = Annotated[Line, AfterValidator(_template(_SYSTEM | {REVIEWER}, _SYSTEM))]
AfterTemplate = Annotated[Line, AfterValidator(_template(_SYSTEM | _VALIDATION | _OTHERS, _SYSTEM))]
_REFUSED = frozenset({"usage", "role", "roles", "services", "routes", "manque", "contact", "raison", "article"})
MessageTemplate = Annotated[Line, AfterValidator(_template(_REFUSED))]
_PRACTICE = frozenset({"pratique", "description", "permis", "contact", "raison", "article"})
PracticeTemplate = Annotated[Line, AfterValidator(_template(_PRACTICE, frozenset({"pratique", "permis"})))]


class Code(StrEnum):
    """Why the charter decided as it did; stable, since programs, the journal and the metrics read it."""

    ALLOWED = "permis"
    NO_USE = "usage_requis"
    UNKNOWN_USE = "usage_inconnu"
    CLOSED_USE = "usage_ferme"
    """Not opened by the governance, or not valid today."""
    ROLE = "hors_role"
    SERVICE = "hors_service"
    """The caller is of a service that the use is not opened to."""
    KEY = "hors_cle"
    """The credential is limited to other uses."""
    UNKNOWN_ROUTE = "route_inconnue"
    ROUTE = "route_interdite"
    EXPIRED_ROUTE = "route_expiree"
    TIER = "palier_insuffisant"
    HDS = "hds_invalide"
    NO_ROUTE = "aucune_route"
    OTHER_USE = "hors_usage"
    """The request is of another use than the declared one, which asks more."""
    DOUBT = "a_preciser"
    """It may be of a forbidden practice: the person is asked."""
    UNREAD = "lecture_indisponible"
    """The texts could not be read."""
    PERSON = "personne_inconnue"
    """Something is asked of people, and nobody is known behind the credential."""
    TRAINING = "formation_requise"
    SIGNATURE = "charte_non_signee"
    HABILITATION = "habilitation_requise"


class Role(Section):
    """A profession or a function, as the keys of callers name it."""

    title: Plain
    tier: Tier = Tier.D2
    """The highest tier that this role may be granted, whatever the use."""


class NoticeText(Section):
    """The wording of a kind of notice. `before` is said of an output that nobody has validated yet."""

    before: BeforeTemplate
    """May hold {nom} and {version} of the AI system, and {relecteur}."""
    after: AfterTemplate | None = None
    """What the professional's validation puts in its place."""


class Notice(Section):
    """The notice that a use asks for."""

    kind: Id
    append: bool
    """Whether the gateway appends it to the text; otherwise `when` tells the author when to carry it over."""
    when: Line


class Use(Section):
    """An approved use: who may declare it, with which data, on which routes, and what its outputs owe."""

    id: Id
    title: Plain
    description: Line
    roles: Annotated[frozenset[str], Field(min_length=1)]
    tier: Tier
    """The highest tier; D2 falls back to D1 where no certified host answers."""
    identity_needed: bool = False
    """Whether identified data may leave to a D2 route; otherwise everything is masked there too."""
    review: Review
    reviewer: Plain
    """Who reviews, in words that follow « à relire par »."""
    notice: Notice | None = None
    routes: Annotated[frozenset[str], Field(min_length=1)] = frozenset({EVERYONE})
    services: Annotated[frozenset[ServiceId], Field(min_length=1)] = frozenset({EVERYONE})
    """Services of the hospital whose keys may declare it."""
    inferable: bool = False
    """Whether a request that plainly fits this use passes without a declaration; only where every output need not be
    reviewed (R2)."""
    ancillary: bool = False
    """Whether it is a part of all other uses, as putting one's own text right is: a request of it evades nothing under
    a declaration that asks as much or more of people."""
    trainings: tuple[TrainingCode, ...] | None = None
    """Trainings asked besides the general one; an empty list asks for that one only. See `PeopleRule`."""
    habilitation: bool = False
    """Whether a person must be authorised for this use, or for the AI system that serves it."""
    enabled: bool = True
    valid_from: dt.date | None = None
    valid_until: dt.date | None = None
    referent: Plain | None = None
    """Whom to ask about this use; None: the charter's contact."""
    article: Plain
    risk: Plain

    def open_on(self, today: dt.date) -> bool:
        """Return whether the governance has opened this use for that day."""
        started = self.valid_from is None or self.valid_from <= today
        return self.enabled and started and (self.valid_until is None or today <= self.valid_until)


class Practice(Section):
    """A forbidden practice."""

    id: Id
    title: Plain
    description: Line
    basis: Plain
    reason: Plain | None = None
    """Why, in one sentence without its full stop; None: the description says enough."""
    instead: Line
    """What is allowed instead."""
    uses: tuple[Id, ...] = ()
    """Uses to declare for what is allowed instead."""


class Refusal(Section):
    """The words of one kind of refusal."""

    article: Plain
    reason: Plain = "La charte le prévoit ainsi"
    """Why, in one sentence without its full stop."""
    message: MessageTemplate
    """May hold {usage}, {role}, {roles}, {services}, {routes}, {contact}, {manque}, which is what a person lacks,
    {raison} and {article}."""


class RefusalWords(Section):
    """The words of one kind of refusal in another language."""

    reason: Plain
    message: MessageTemplate


class PracticeWords(Section):
    """A forbidden practice in another language."""

    title: Plain
    description: Line
    reason: Plain
    instead: Line


DEGRADED: Final = (
    "L’assistance par IA que vous demandez est arrêtée pour le moment. Faites cette tâche sans elle, avec vos outils "
    "et vos procédures habituels, et n’employez pas un service grand public à sa place. Renvoyez votre demande à la "
    "reprise."
)
"""What is said where a charter does not say it."""


class Translation(Section):
    """The words of refusals in another language; what is missing is said in French."""

    forbidden: PracticeTemplate
    emergency: Plain
    degraded_mode: Plain | None = None
    refusals: dict[Code, RefusalWords] = Field(default_factory=dict)
    roles: dict[Id, Plain] = Field(default_factory=dict)
    """Titles."""
    uses: dict[Id, Plain] = Field(default_factory=dict)
    """Titles."""
    practices: dict[Id, PracticeWords] = Field(default_factory=dict)


def _complete(refusals: dict[Code, Refusal]) -> dict[Code, Refusal]:
    if missing := [code.value for code in Code if code is not Code.ALLOWED and code not in refusals]:
        raise wrong(
            f"La charte ne dit pas comment refuser dans ces cas : {', '.join(missing)}. "
            "Ajoutez sous `refusals` un article et un message pour chacun."
        )
    return refusals


class CharterText(Section):
    """A charter's file, once its form is right; what its parts say of each other is checked by the loader."""

    version: Plain
    title: Plain
    referential: Plain
    """The published guide, and its version, that articles refer to."""
    contact: Plain
    preamble: tuple[Plain, ...] = ()
    """Paragraphs that open the printed document."""
    roles: Annotated[dict[Id, Role], Field(min_length=1)]
    notices: dict[Id, NoticeText]
    refusals: Annotated[dict[Code, Refusal], AfterValidator(_complete)]
    forbidden: PracticeTemplate
    """How a forbidden practice is refused; may hold {pratique}, {description}, {permis}, {contact}, {raison} and
    {article}."""
    emergency: Plain
    """What is added where somebody's life seems to be at stake."""
    degraded_mode: Plain = DEGRADED
    """What to do while what was asked for is stopped."""
    people: PeopleRule = Field(default_factory=PeopleRule)
    uses: Annotated[tuple[Use, ...], Field(min_length=1)]
    practices: tuple[Practice, ...]
    translations: dict[Language, Translation] = Field(default_factory=dict)
