import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Nom : petit\nPrénom : rose", "Nom : [NOM:petit]\nPrénom : [PRENOM:rose]"),
        ("Nom de naissance : LONG", "Nom de naissance : [NOM:LONG]"),
        ("Patient : KOWALCZYK Andrzej", "Patient : [NOM:KOWALCZYK] [PRENOM:Andrzej]"),
        (
            '{"family": "Hennebelle", "given": ["Arthur"]}',
            '{"family": "[NOM:Hennebelle]", "given": ["[PRENOM:Arthur]"]}',
        ),
        ("<family>LONG</family><given>Rose</given>", "<family>[NOM:LONG]</family><given>[PRENOM:Rose]</given>"),
        ("|DURANTON^MARIE^ANNE|", "|[NOM:DURANTON]^[PRENOM:MARIE]^[PRENOM:ANNE]|"),
    ],
)
def test_fields_hold_names_whatever_the_word(text: str, expected: str) -> None:
    """A name that is also a word is only known by its field; missed there, it leaves."""
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text", ["Patient : stable, apyrétique", "Nom : Prénom :", "Médecin : à revoir", "De : à demain"]
)
def test_fields_without_a_name_stay(text: str) -> None:
    assert marked(text) == text
