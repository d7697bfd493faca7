"""A FHIR patient on the wire: what is read, what is left aside, what is refused."""

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.known.patient import KnownAddress, KnownName, KnownNumber, KnownPatient
from gateway.api.bodies import parse
from gateway.api.schemas_chat import REFUSED_FIELDS, ChatRequest
from gateway.api.schemas_masking import MaskRequest
from gateway.errors import InvalidPromptError

WHOLE: dict[str, Any] = {
    "resourceType": "Patient",
    "id": "p1",
    "meta": {"profile": ["https://hl7.fr/ig/fhir/core/StructureDefinition/fr-core-patient-ins"]},
    "text": {"status": "generated", "div": "<div>Kerbrat</div>"},
    "extension": [{"url": "https://exemple.test/birth-place", "valueAddress": {"city": "Brest"}}],
    "active": True,
    "identifier": [
        {"use": "official", "type": {"coding": [{"code": "INS-NIR"}]}, "system": "urn:oid:1.2.250.1.213.1.4.8",
         "value": "251032901904231"},
        {"system": "urn:oid:1.2.250.1.999", "value": "8012345679", "assigner": {"display": "CHU"}},
    ],
    "name": [
        {"use": "official", "family": "Kerbrat", "given": ["Solène", "Anne"], "prefix": ["Mme"], "_given": [None]},
        {"use": "maiden", "family": "Morvan", "period": {"start": "1951"}, "text": "Solène Morvan"},
    ],
    "telecom": [{"system": "phone", "value": "0639981234", "rank": 1}, {"system": "email", "value": "s.k@c.example"}],
    "gender": "female",
    "birthDate": "1951-03-14",
    "_birthDate": {"extension": [{"url": "x", "valueDateTime": "1951-03-14T10:00:00Z"}]},
    "deceasedBoolean": False,
    "address": [
        {"use": "home", "line": ["3 rue des Tannelles"], "_line": [{"extension": []}], "city": "Quimperlé",
         "postalCode": "29300", "district": "Finistère", "country": "FRA"},
        {"text": "3 rue des Tannelles, 29300 Quimperlé"},
    ],
    "maritalStatus": {"text": "Mariée"},
    "contact": [
        {"relationship": [{"text": "fille"}], "name": {"family": "Roux", "given": ["Margot"]},
         "telecom": [{"system": "phone", "value": "0765439876"}], "address": {"city": "Sarlat"}},
    ],
    "managingOrganization": {"display": "CHU"},
    "generalPractitioner": [{"display": "Dr Belhaj"}],
    "link": [],
}  # fmt: skip


def read(patient: Any) -> KnownPatient | None:
    body = parse(MaskRequest, json.dumps({"text": "a", "ecluse": {"patient": patient}}).encode())
    return body.ecluse.known if body.ecluse else None


def refusal(patient: Any) -> InvalidPromptError:
    asked = {"model": "compte_rendu", "messages": [{"role": "user", "content": "a"}], "ecluse": {"patient": patient}}
    with pytest.raises(InvalidPromptError) as caught:
        parse(ChatRequest, json.dumps(asked).encode(), REFUSED_FIELDS)
    return caught.value


def test_a_real_resource_is_read_as_it_is() -> None:
    """Catches a kind of value, or a relative, that is accepted and then forgotten."""
    known = read(WHOLE)
    assert known == KnownPatient(
        names=(
            KnownName("Kerbrat", ("Solène", "Anne")),
            KnownName("Morvan", (), "Solène Morvan"),
            KnownName("Roux", ("Margot",)),
        ),
        birth_date="1951-03-14",
        numbers=(
            KnownNumber("251032901904231", "urn:oid:1.2.250.1.213.1.4.8"),
            KnownNumber("8012345679", "urn:oid:1.2.250.1.999"),
        ),
        addresses=(
            KnownAddress(("3 rue des Tannelles",), "29300", "Quimperlé"),
            KnownAddress(text="3 rue des Tannelles, 29300 Quimperlé"),
            KnownAddress(city="Sarlat"),
        ),
        phones=("0639981234", "0765439876"),
        mails=("s.k@c.example",),
    )


@pytest.mark.parametrize("date", ["1951", "1951-03", "1951-03-14"])
def test_a_birth_date_may_be_partial(date: str) -> None:
    known = read({"birthDate": date})
    assert known is not None
    assert known.birth_date == date


@pytest.mark.parametrize(
    "asked", [{"text": "a"}, {"text": "a", "ecluse": {}}, {"text": "a", "ecluse": {"patient": None}}]
)
def test_nobody_has_to_be_known(asked: Any) -> None:
    body = parse(MaskRequest, json.dumps(asked).encode())
    assert not (body.ecluse and body.ecluse.known)


@pytest.mark.parametrize(
    ("patient", "param", "sentence"),
    [
        ({"nom": "Kerbrat"}, "ecluse.patient.nom", "n’existe pas ici ; il n’est ni lu ni relayé. Retirez-le"),
        ({"name": [{"nom": "Kerbrat"}]}, "ecluse.patient.name[0].nom",
         "n’existe pas ici ; il n’est ni lu ni relayé. Retirez-le"),
        ({"resourceType": "Person", "birthDate": "1951"}, "ecluse.patient.resourceType", "doit valoir 'Patient'"),
        ({"name": {"family": "Kerbrat"}}, "ecluse.patient.name", "doit être une liste"),
        ({"name": [{"given": "Kerbrat"}]}, "ecluse.patient.name[0].given", "doit être une liste"),
        ({"name": ["Kerbrat"]}, "ecluse.patient.name[0]", "doit être un objet JSON"),
        ({"name": [{"family": "Kerbrat" * 100}]}, "ecluse.patient.name[0].family", "est trop long"),
        ({"name": [{"family": "Kerbrat"}] * 11}, "ecluse.patient.name", "contient trop d’éléments"),
        ({"identifier": [{"value": 8012345679}]}, "ecluse.patient.identifier[0].value", "doit être un texte"),
        ({"birthDate": "14/03/1951"}, "ecluse.patient.birthDate",
         "doit être une date de FHIR : `AAAA-MM-JJ`, `AAAA-MM` ou `AAAA`"),
        ({"gender": "female"}, "ecluse.patient", "ne porte ni nom, ni date de naissance, ni numéro, ni coordonnées"),
        ("Kerbrat", "ecluse.patient", "doit être un objet JSON"),
    ],
)  # fmt: skip
def test_what_is_no_patient_is_refused_by_its_path(patient: Any, param: str, sentence: str) -> None:
    """Catches a mistyped identity that protects nobody, while the tool believes that it does."""
    error = refusal(patient)
    assert error.param == param
    assert error.reason == f"le champ `{param}` {sentence}."


@given(
    st.sampled_from([*WHOLE, "contact", "name"]),
    st.recursive(
        st.just("Kerbrat-Secret"),
        lambda inner: (
            st.lists(inner, max_size=2) | st.dictionaries(st.sampled_from(["family", "value", "line"]), inner)
        ),
        max_leaves=4,
    ),
)
def test_no_refusal_quotes_an_identity(field: str, value: Any) -> None:
    """The leak caught: the very identity that was handed over to be protected, in an error and so in a log."""
    said: list[InvalidPromptError] = []
    try:
        read({"birthDate": "1951", field: value})
    except InvalidPromptError as error:
        said.append(error)
    for error in said:
        assert "Kerbrat" not in f"{error.reason} {error.param} {error!r}"
        assert error.__suppress_context__


PRACTITIONER: dict[str, Any] = {
    "resourceType": "Practitioner",
    "active": True,
    "identifier": [{"system": "urn:oid:1.2.250.1.71.4.2.1", "value": "10001234567"}],
    "name": [{"family": "Belhaj-Roux", "given": ["Ysé"], "prefix": ["Dr"]}],
    "telecom": [{"system": "email", "value": "y.b@c.example"}],
    "qualification": [{"code": {"text": "Cardiologie"}}],
    "birthDate": "1980-01-02",
}


def known(**people: Any) -> KnownPatient | None:
    body = parse(MaskRequest, json.dumps({"text": "a", "ecluse": people}).encode())
    return body.ecluse.known if body.ecluse else None


def test_who_asks_is_known_as_the_patient_is() -> None:
    """The leak caught: a signature that no detector takes for a name."""
    found = known(practitioner=PRACTITIONER)
    assert found == KnownPatient(
        names=(KnownName("Belhaj-Roux", ("Ysé",)),),
        numbers=(KnownNumber("10001234567", "urn:oid:1.2.250.1.71.4.2.1"),),
        mails=("y.b@c.example",),
    )


def test_both_are_known_together() -> None:
    patient, practitioner, both = (
        read(WHOLE),
        known(practitioner=PRACTITIONER),
        known(patient=WHOLE, practitioner=PRACTITIONER),
    )
    assert patient
    assert practitioner
    assert both
    assert both.names == patient.names + practitioner.names
    assert both.mails == patient.mails + practitioner.mails
    assert both.birth_date == patient.birth_date


@pytest.mark.parametrize("practitioner", [{}, {"active": True}, {"resourceType": "Patient", "name": [{"family": "a"}]}])
def test_a_practitioner_of_whom_nothing_is_said_is_refused(practitioner: dict[str, Any]) -> None:
    with pytest.raises(InvalidPromptError):
        known(practitioner=practitioner)
