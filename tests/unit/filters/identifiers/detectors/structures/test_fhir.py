"""Fhir: values by their key, whole or cut short."""

import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            '{"resourceType": "Patient", "identifier": [{"type": {"text": "IPP"}, "value": "R98234"}]}',
            '{"resourceType": "Patient", "identifier": [{"type": {"text": "IPP"}, "value": "[IPP:R98234]"}]}',
        ),
        (
            '{"system": "urn:oid:1.2.250.1.213.1.4.8", "value": "2940797411088"}',
            '{"system": "urn:oid:1.2.250.1.213.1.4.8", "value": "[SECU:2940797411088]"}',
        ),
        (
            '"name": [{"family": "Petit-Bois", "given": ["Rose", "Marie"], "prefix": ["Mme"]}]',
            '"name": [{"family": "[NOM:Petit-Bois]", "given": ["[PRENOM:Rose]", "[PRENOM:Marie]"], "prefix": ["Mme"]}]',
        ),
        (
            '"telecom": [{"system": "phone", "value": "+33 6 12 34 56 78", "use": "home"}]',
            '"telecom": [{"system": "phone", "value": "[TEL:+33 6 12 34 56 78]", "use": "home"}]',
        ),
        (
            '"address": [{"line": ["3 rue Verte"], "city": "Long", "postalCode": "80510", "country": "FRA"}]',
            (
                '"address": [{"line": ["[ADRESSE:3 rue Verte]"], "city": "[VILLE:Long]", "postalCode": "[ZIP:80510]", '
                '"country": "FRA"}]'
            ),
        ),
        (
            '{"generalPractitioner": [{"display": "Dr Olivier Tissier"}]}',
            '{"generalPractitioner": [{"display": "Dr [PRENOM:Olivier] [NOM:Tissier]"}]}',
        ),
        (
            '{"effectiveDateTime": "2026-02-03T08:00:00+01:00", "status": "final"}',
            '{"effectiveDateTime": "[DATE:2026-02-03]T08:00:00+01:00", "status": "final"}',
        ),
        (
            '{"nomNaissance": "Masse", "prenoms": "Rose", "ddn": "01/02/1950", "motif": "petit"}',
            (
                '{"nomNaissance": "[NOM:Masse]", "prenoms": "[PRENOM:Rose]", "ddn": "[DATE_NAISSANCE:01/02/1950]", '
                '"motif": "petit"}'
            ),
        ),
        (
            '{"detailedAddress": {"number": "12"}, "city": {"name": "Rennes", "inseeCode": "35238"}, "lat": 48.1113}',
            (
                '{"detailedAddress": {"number": "[ADRESSE:12]"}, "city": {"name": "[VILLE:Rennes]", '
                '"inseeCode": "[ZIP:35238]"}, "lat": [ADRESSE:48.1113]}'
            ),
        ),
    ],
)
def test_values_are_masked_by_their_key(text: str, expected: str) -> None:
    """Would leak what only its key makes an identifier: a second first name, a number, a town that is a word."""
    assert marked(text) == expected


def test_codes_and_their_displays_stay() -> None:
    text = (
        '{"code": {"coding": [{"system": "http://loinc.org", "code": "718-7", "display": "Hémoglobine"}]}, '
        '"valueQuantity": {"value": 12.4, "unit": "g/dL"}}'
    )
    assert marked(text) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('ille": "x", "family": "Long", "given": ["Ro', 'ille": "x", "family": "[NOM:Long]", "given": ["[PRENOM:Ro]'),
        ('}], "family": "Long"}, voir', '}], "family": "[NOM:Long]"}, voir'),
        (r"{\"family\": \"Long\"}", r"{\"family\": \"[NOM:Long]\"}"),
    ],
)
def test_json_cut_short_or_escaped_is_read(text: str, expected: str) -> None:
    """A strict parser gives up on a fragment, and the whole fragment would leave."""
    assert marked(text) == expected


def test_a_note_inside_json_goes_on_to_the_other_recognisers() -> None:
    """A veto over a note would let the names in it leave."""
    text = '{"note": [{"text": "vue avec Mme Kowalczyk, maladie de Crohn"}]}'
    assert marked(text) == text.replace("Kowalczyk", "[NOM:Kowalczyk]")
