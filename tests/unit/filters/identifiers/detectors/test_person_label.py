import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.detectors.person_label import _LABELS, _OPENINGS
from filters.identifiers.lexicon.words import read
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
        ("Patient : DE LA FUENTE Carlos", "Patient : [NOM:DE LA FUENTE] [PRENOM:Carlos]"),
        ("Nom : de la tour", "Nom : [NOM:de la tour]"),
        ("Auteur : Jeanne", "Auteur : [PRENOM:Jeanne]"),
        ("prenom=Aïssata dn=12-12-2001", "prenom=[PRENOM:Aïssata] dn=[DATE:12-12-2001]"),
        ("nom\nLong\nprénom\nRose\n", "nom\n[NOM:Long]\nprénom\n[PRENOM:Rose]\n"),
        ("adressée par Kowalczyk", "adressée par [NOM:Kowalczyk]"),
    ],
)
def test_fields_hold_names_whatever_the_word(text: str, expected: str) -> None:
    """A name that is also a word is only known by its field; missed there, it leaves."""
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Patient : stable, apyrétique",
        "Nom : Prénom :",
        "Médecin : à revoir",
        "De : à demain",
        "traité par Glucantime, réparé par Vicryl 2/0",
    ],
)
def test_fields_without_a_name_stay(text: str) -> None:
    assert marked(text) == text


@given(st.sampled_from(_LABELS).flatmap(lambda kind: st.from_regex(re.compile(kind[2]), fullmatch=True)))
def test_every_label_is_looked_for(label: str) -> None:
    """Catches a field whose label opens with a word that is not looked up: its name would leave."""
    assert read(label)[0].folded in _OPENINGS
