"""Table: columns with a header, without one, and tables on their side."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from filters.identifiers.detectors.structures.table import Table
from tests.fakes.detection import marked


@pytest.mark.parametrize("separator", ["\t", ";", "|", ","])
def test_cells_are_masked_by_their_header(separator: str) -> None:
    """In an export only the first line says what stands below; names that are words would leave."""
    text = "ipp;nom;prenom;ddn;sexe;cp;commune\n10456;petit;Rose;2003-03-30;F;80510;Long\n".replace(";", separator)
    line = "[IPP:10456];[NOM:petit];[PRENOM:Rose];[DATE_NAISSANCE:2003-03-30];F;[ZIP:80510];[VILLE:Long]"
    assert marked(text).splitlines()[1] == line.replace(";", separator)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("NOM\tNAISSANCE\tPRENOM\nBOIS\t\tRose\n", "NOM\tNAISSANCE\tPRENOM\n[NOM:BOIS]\t\t[PRENOM:Rose]\n"),
        ('"Nom","Tél"\n"LONG, Rose","0612345678"\n', '"Nom","Tél"\n"[NOM:LONG, Rose]","[TEL:0612345678]"\n'),
        (
            "| Lit | Patient | Âge |\n|---|---|---|\n| 3 | Long Jeanne | 93 |\n",
            "| Lit | Patient | Âge |\n|---|---|---|\n| 3 | [NOM:Long] [PRENOM:Jeanne] | [AGE_SUP_89:93] |\n",
        ),
        ("Nom\tLONG\nPrénom\tRose\nMotif\tchute\n", "Nom\t[NOM:LONG]\nPrénom\t[PRENOM:Rose]\nMotif\tchute\n"),
        ("PRENOM\tUF\tMED RESP\nRose\t2214\tPetit\n", "PRENOM\tUF\tMED RESP\n[PRENOM:Rose]\t2214\t[NOM:Petit]\n"),
    ],
)
def test_tables_of_every_shape_are_read(text: str, expected: str) -> None:
    """An empty cell, a quoted separator, a table on its side would shift the columns, and let names leave."""
    assert marked(text) == expected


def test_a_column_without_a_header_is_what_most_of_it_is() -> None:
    """A name that no list has would leave among those that lists have."""
    text = "Jeanne;MARTIN;12/03/1951\nPaul;DURAND;01/02/1960\nÉglantine;BOIS;02/03/1970\n"
    assert marked(text).splitlines()[2] == "[PRENOM:Églantine];[NOM:BOIS];[DATE:02/03/1970]"


@pytest.mark.parametrize(
    "text",
    [
        "Paramètre;Valeur;Norme\nHb;12.4;12-16\nPlaquettes;150;150-400\n",
        "- doliprane ; 1 g ; matin\n- amoxicilline ; 1 g ; soir\n- kardégic ; 75 mg ; midi\n",
        "Les antécédents, le nom, sont à revoir\nLe patient, stable, sort demain\n",
    ],
)
def test_other_tables_and_prose_stay(text: str) -> None:
    assert marked(text) == text


@settings(max_examples=200, deadline=None)
@given(st.text(alphabet='|;\t,"\nnom ddn1 ', max_size=80))
def test_fields_lie_in_the_text(tail: str) -> None:
    """A field beyond the text would stop the masking of the whole request."""
    text = "nom;ddn\n" + tail
    assert all(0 <= field.start < field.end <= len(text) for field in Table().fields(text))


@pytest.mark.parametrize(
    "expected",
    [
        "Motif;IPP;Age\ncéphalées;[IPP:700123456];45\nchute;[IPP:A7001];46\n",
        "| N° dossier | DDN |\n| [NDA:99a1234] | [DATE_NAISSANCE:01/02/40] |\n",
        "numero_sejour,tel\n[NDA:250012],[TEL:06 12 34 56 78]\n",
        "| Nom | Prénom | Service |\n|---|---|---|\n| [NOM:PETIT] | [PRENOM:Rose] | Gériatrie |\n",
        "nom;prénom\n[NOM:long];[PRENOM:rose]\n\npetit oedème",
        "IPP;Motif\nà compléter;chute\n",
        "Nom;dose;durée\n[NOM:BOIS];500123;12345\n",
    ],
)
def test_only_the_first_line_says_what_the_cells_are(expected: str) -> None:
    """In an export, a name that is a word and a bare number have only their column to give them away."""
    assert marked(re.sub(r"\[[A-Z_]+:([^\]]+)\]", r"\1", expected)) == expected
