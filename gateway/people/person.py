"""What the register holds of a person. Each record has its dates, and says nothing else."""

import datetime as dt
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeAlias

from policies.facts import Caller, Standing


class Kind(StrEnum):
    """How a person belongs to the hospital; the same is asked of each."""

    AGENT = "agent"
    INTERIMAIRE = "interimaire"
    PRESTATAIRE = "prestataire"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody, under the hospital's internal id. The name is for those who keep the register, and optional."""

    id: str
    kind: Kind
    role: str
    service: str
    name: str | None = field(default=None, repr=False)

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this entry from any other."""
        return ("person", self.id)


@dataclass(frozen=True, slots=True)
class Training:
    """A training followed. `expires` is its last day."""

    person: str
    code: str
    obtained: dt.date
    expires: dt.date

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this entry from any other."""
        return ("training", self.person, self.code, self.obtained.isoformat())


@dataclass(frozen=True, slots=True)
class Signature:
    """A version of the charter, signed. It holds as long as that version is the hospital's."""

    person: str
    version: str
    signed: dt.date

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this entry from any other."""
        return ("signature", self.person, self.version)


@dataclass(frozen=True, slots=True)
class Habilitation:
    """An authorisation for a use, or for an AI system by its name. `expires` is its last day."""

    person: str
    subject: str
    issued: dt.date
    expires: dt.date
    issuer: str
    """Who answers for it: a function or an internal id."""

    @property
    def key(self) -> tuple[str, ...]:
        """Return what tells this entry from any other."""
        return ("habilitation", self.person, self.subject, self.issued.isoformat())


Record: TypeAlias = Training | Signature | Habilitation
Entry: TypeAlias = Person | Record


@dataclass(frozen=True, slots=True)
class Dossier:
    """A person with every record of theirs, the oldest first."""

    person: Person
    trainings: tuple[Training, ...] = ()
    signatures: tuple[Signature, ...] = ()
    habilitations: tuple[Habilitation, ...] = ()

    @property
    def current_trainings(self) -> dict[str, Training]:
        """Return the last training of each code: what was obtained last counts, also where it ends sooner."""
        return {training.code: training for training in sorted(self.trainings, key=lambda one: one.obtained)}

    @property
    def current_habilitations(self) -> dict[str, Habilitation]:
        """Return the last habilitation for each use or system."""
        return {one.subject: one for one in sorted(self.habilitations, key=lambda one: one.issued)}

    @property
    def standing(self) -> Standing:
        """Return what the charter needs to know."""
        return Standing(
            trainings={code: training.expires for code, training in self.current_trainings.items()},
            signed={signature.version: signature.signed for signature in self.signatures},
            habilitations={subject: one.expires for subject, one in self.current_habilitations.items()},
        )

    @property
    def caller(self) -> Caller:
        """Return the person as whoever asks, whichever their key."""
        person = self.person
        return Caller("", person.role, person.service, tool=False, person=person.id, standing=self.standing)
