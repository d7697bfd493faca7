"""The register of people on the wire."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from gateway.api.schemas import Wire

Text = Annotated[str, Field(min_length=1, max_length=500)]
KindWord = Literal["agent", "interimaire", "prestataire"]
StateWord = Literal["valid", "ending", "expired", "missing"]
LastDay = Annotated[
    dt.date | None, Field(description="Last day; without it, as long as the charter says (`people.months`).")
]


class PersonIn(Wire):
    """Who somebody is, under the internal id of the address."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"kind": "agent", "role": "medecin", "service": "cardiologie"}]}
    )

    kind: KindWord = "agent"
    role: Text
    service: Text
    name: Annotated[Text | None, Field(description="Display name, kept in the register only.")] = None


class TrainingIn(Wire):
    """A training that was followed."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"code": "IA-SOCLE", "obtained": "2026-11-12", "expires": "2027-11-12"}]}
    )

    code: Text
    obtained: Annotated[dt.date | None, Field(description="Today, unless another day is given.")] = None
    expires: LastDay = None


class SignatureIn(Wire):
    """A signature of the charter, given on paper."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": "2026-11-23", "signed": "2026-11-24"}]})

    version: Annotated[Text | None, Field(description="The version in force, unless another is given.")] = None
    signed: dt.date | None = None


class MySignatureIn(Wire):
    """One's own signature of the charter in force, whose version is repeated so that no other is signed unread."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"version": "2026-11-23"}]})

    version: Text


class HabilitationIn(Wire):
    """An authorisation for a use, or for an AI system by its name."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"subject": "reflexion_clinique", "issuer": "Responsable de l’usage"}]}
    )

    subject: Text
    issuer: Text
    issued: dt.date | None = None
    expires: LastDay = None


class PersonOut(BaseModel):
    """Somebody."""

    id: str
    kind: KindWord
    role: str
    service: str
    name: str | None


class TrainingOut(BaseModel):
    """A training that somebody has, or is asked for."""

    code: str
    obtained: dt.date | None
    expires: dt.date | None
    state: Annotated[StateWord, Field(description="`ending`: within 30 days.")]


class HabilitationOut(BaseModel):
    """An authorisation."""

    subject: str
    issued: dt.date
    expires: dt.date
    issuer: str
    state: StateWord


class SignatureOut(BaseModel):
    """A version of the charter, and when it was signed."""

    version: str
    signed: dt.date | None


class OpeningOut(BaseModel):
    """A use of somebody's role; where it is closed to them, the code of the refusal and what is missing, in French."""

    use: str
    title: str
    open: bool
    code: str | None
    missing: str | None


class DossierOut(BaseModel):
    """What is kept of somebody, and what it opens."""

    person: PersonOut
    required: Annotated[Literal["off", "listed", "all"], Field(description="Where the charter asks for it.")]
    charter: SignatureOut
    trainings: list[TrainingOut]
    signatures: list[SignatureOut]
    habilitations: list[HabilitationOut]
    uses: list[OpeningOut]
