"""The lines that `ecluse mask --jsonl` reads."""

import json
from typing import Any

import pytest

from gateway.cli.mask import BadLineError, Line, _read


def line(**fields: Any) -> bytes:
    return json.dumps({"id": 1, "text": "Mme Kerbrat", **fields}).encode()


def test_a_line_may_say_who_the_patient_is() -> None:
    read = _read(1, line(patient={"name": [{"family": "Kerbrat"}]}, service="cardiologie"))
    assert isinstance(read, Line)
    assert read.patient is not None
    assert read.patient.known.names[0].family == "Kerbrat"
    assert _read(1, line()).patient is None


@pytest.mark.parametrize(
    "patient",
    [
        "Kerbrat",
        {"nom": "Kerbrat"},
        {"name": "Kerbrat"},
        {"name": [{"family": ["Kerbrat"]}]},
        {"birthDate": "Kerbrat"},
        {},
    ],
)
def test_a_bad_patient_is_named_by_its_line_and_not_quoted(patient: Any) -> None:
    """The leak caught: an identity on a terminal, or in the log of a nightly export."""
    with pytest.raises(BadLineError) as raised:
        _read(7, line(patient=patient))
    assert str(raised.value) == 'Ligne 7 : "patient" n’a pas la forme d’un Patient FHIR.'
    assert raised.value.__suppress_context__


@pytest.mark.parametrize("bad", [b"{", b"[]", b'{"id": 1}', b'{"id": 1, "texte": "Kerbrat", "patient": 3}'])
def test_a_bad_line_is_named(bad: bytes) -> None:
    with pytest.raises(BadLineError) as raised:
        _read(3, bad)
    assert str(raised.value) == 'Ligne 3 : ce n\'est pas un objet JSON avec "id" et "text".'
