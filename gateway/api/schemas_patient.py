"""Whom a request is about, and who asks, on the wire: a FHIR R4 Patient and a Practitioner, as far as they identify.

A resource may be pasted in as it is: the fields of FHIR that say nothing to masking are accepted and left aside, and so
are the `_field` ones that extend primitive values. Any other field is refused, as everywhere. Lists are lists here and
not tuples, because what was left aside is taken out before the rest is validated.
"""

from dataclasses import replace
from typing import Annotated, Any, ClassVar, Literal, Self, TypeAlias

from pydantic import AfterValidator, Field, model_validator
from pydantic_core import PydanticCustomError
from typing_extensions import override

from filters.identifiers.known.birth_date import is_date
from filters.identifiers.known.patient import KnownAddress, KnownName, KnownNumber, KnownPatient, together
from gateway.api.schemas import Wire

_PATIENT_ASIDE = (
    "meta implicitRules language text contained modifierExtension active gender deceasedBoolean deceasedDateTime "
    "maritalStatus multipleBirthBoolean multipleBirthInteger photo communication generalPractitioner "
    "managingOrganization link"
)
_PRACTITIONER_ASIDE = (
    "meta implicitRules language text contained modifierExtension active gender birthDate photo qualification "
    "communication"
)

Short: TypeAlias = Annotated[str, Field(max_length=200)]
Long: TypeAlias = Annotated[str, Field(max_length=500)]


def _fhir_date(text: str) -> str:
    if not is_date(text):
        raise PydanticCustomError("fhir_date", "date")
    return text


class Fhir(Wire):
    """A FHIR element, without the fields that are left aside."""

    aside: ClassVar[frozenset[str]] = frozenset()
    """Fields of this element, besides those of every element, that FHIR has and masking does not need."""

    @model_validator(mode="before")
    @classmethod
    def _without_what_is_left_aside(cls, value: Any) -> Any:  # noqa: ANN401 - whatever was sent
        if not isinstance(value, dict):
            return value
        aside = cls.aside | {"id", "extension"}
        return {name: held for name, held in value.items() if name not in aside and not name.startswith("_")}


class HumanNameIn(Fhir):
    """A name, of whatever use: official, usual, maiden."""

    aside = frozenset({"use", "prefix", "suffix", "period"})

    family: Short | None = None
    given: Annotated[list[Short], Field(max_length=10)] | None = None
    text: Long | None = None

    @property
    def known(self) -> KnownName:
        """Return it for masking."""
        return KnownName(self.family or "", tuple(self.given or ()), self.text or "")


class IdentifierIn(Fhir):
    """A number under which somebody is filed: IPP, INS, RPPS."""

    aside = frozenset({"use", "type", "period", "assigner"})

    system: Short | None = None
    value: Short | None = None


class AddressIn(Fhir):
    """An address."""

    aside = frozenset({"use", "type", "district", "state", "country", "period"})

    line: Annotated[list[Short], Field(max_length=5)] | None = None
    city: Short | None = None
    postal_code: Annotated[Short | None, Field(alias="postalCode")] = None
    text: Long | None = None

    @property
    def known(self) -> KnownAddress:
        """Return it for masking."""
        return KnownAddress(tuple(self.line or ()), self.postal_code or "", self.city or "", self.text or "")


class ContactPointIn(Fhir):
    """A telephone number, or a mail address: what holds an `@` is one, whatever `system` says."""

    aside = frozenset({"use", "rank", "period"})

    system: Short | None = None
    value: Short | None = None


Telecom: TypeAlias = Annotated[list[ContactPointIn], Field(max_length=10)]


def _reached(names: list[HumanNameIn], addresses: list[AddressIn], points: list[ContactPointIn]) -> KnownPatient:
    values = [point.value for point in points if point.value]
    return KnownPatient(
        names=tuple(name.known for name in names),
        addresses=tuple(address.known for address in addresses),
        phones=tuple(value for value in values if "@" not in value),
        mails=tuple(value for value in values if "@" in value),
    )


class PersonIn(Fhir):
    """Somebody whom the texts are about or by: what identifies them, in the fields that FHIR gives to everybody."""

    name: Annotated[list[HumanNameIn], Field(max_length=10)] | None = None
    identifier: Annotated[list[IdentifierIn], Field(max_length=20)] | None = None
    address: Annotated[list[AddressIn], Field(max_length=5)] | None = None
    telecom: Telecom | None = None

    @model_validator(mode="after")
    def _somebody(self) -> Self:
        """Refuse a person of whom nothing is said: the tool believes that something is masked."""
        if not self._told():
            raise PydanticCustomError("person_empty", "nothing")
        return self

    def _told(self) -> bool:
        return any((self.name, self.identifier, self.address, self.telecom))

    @property
    def known(self) -> KnownPatient:
        """Return the person for masking."""
        reached = _reached(self.name or [], self.address or [], self.telecom or [])
        numbers = (KnownNumber(one.value, one.system or "") for one in self.identifier or [] if one.value)
        return replace(reached, numbers=tuple(numbers))


class ContactIn(Fhir):
    """Somebody to turn to: what leads to them leads to the patient."""

    aside = frozenset({"modifierExtension", "relationship", "gender", "organization", "period"})

    name: HumanNameIn | None = None
    telecom: Telecom | None = None
    address: AddressIn | None = None

    @property
    def known(self) -> KnownPatient:
        """Return the person for masking."""
        return _reached([self.name] if self.name else [], [self.address] if self.address else [], self.telecom or [])


class PatientIn(PersonIn):
    """The patient whom the texts are about. Every writing of what stands here is masked; nothing of it is kept."""

    aside = frozenset(_PATIENT_ASIDE.split())

    resource_type: Annotated[Literal["Patient"] | None, Field(alias="resourceType")] = None
    birth_date: Annotated[
        Annotated[str, AfterValidator(_fhir_date)] | None,
        Field(alias="birthDate", description="`AAAA-MM-JJ`, `AAAA-MM` ou `AAAA`."),
    ] = None
    contact: Annotated[list[ContactIn], Field(max_length=5)] | None = None

    @override
    def _told(self) -> bool:
        return super()._told() or any((self.birth_date, self.contact))

    @property
    @override
    def known(self) -> KnownPatient:
        """Return the patient for masking, relatives included."""
        patient = replace(super().known, birth_date=self.birth_date or "")
        return together(patient, *(contact.known for contact in self.contact or []))


class PractitionerIn(PersonIn):
    """Who writes or asks, so that a signature or a header of their own is masked in every writing as well."""

    aside = frozenset(_PRACTITIONER_ASIDE.split())

    resource_type: Annotated[Literal["Practitioner"] | None, Field(alias="resourceType")] = None


class EcluseIn(Wire):
    """What is said to this gateway alone, and to no model."""

    patient: PatientIn | None = None
    practitioner: PractitionerIn | None = None

    @property
    def known(self) -> KnownPatient | None:
        """Return for masking who is named."""
        people = [person.known for person in (self.patient, self.practitioner) if person]
        return together(*people) if people else None
