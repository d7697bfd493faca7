"""Initials beside a name: half of a name that would leave in clear beside the placeholder of the other half."""

import pytest

from filters.identifiers.entity import Label, Span
from filters.identifiers.initials import initials


def beside(text: str, name: str) -> list[str]:
    start = text.index(name)
    found = initials(text, [Span(start, start + len(name), Label.NOM, 0.9, "test")])
    return [text[span.start : span.end] for span in found]


@pytest.mark.parametrize(
    ("text", "name", "letters"),
    [
        ("dr tavernier h. pneumo", "tavernier", "h."),
        ("JE SOUSSIGNE DR ROCHEBRUNE (E.), CERTIFIE", "ROCHEBRUNE", "E."),
        ("Sabatier (M), interne", "Sabatier", "M"),
        ("vigneron, m. 11.2.24", "vigneron", "m."),
        ("Kerbrat M.-T., cadre", "Kerbrat", "M.-T."),
        ("Respectueusement,\nPh. Vigier", "Vigier", "Ph."),
        ("patiente M.-T. Kerbrat", "Kerbrat", "M.-T."),
        ("en interne P.Lheureux", "Lheureux", "P."),
        ("vu par le DrE.Sorel", "Sorel", "E."),
        ("C. Trémaux, biologiste", "Trémaux", "C."),
    ],
)
def test_initials_beside_a_surname_are_masked_with_it(text: str, name: str, letters: str) -> None:
    """Would leave: the first name's letter of somebody whose surname alone is masked."""
    assert beside(text, name) == [letters]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("M. Vigier", "Vigier"),
        ("MM. Vigier et Kerbrat", "Vigier"),
        ("père M.Vigier", "Vigier"),
        ("le Pr. Lheureux", "Lheureux"),
        ("Dr. Lheureux", "Lheureux"),
        ("vu par Dupont. Elle va bien", "Dupont"),
        ("BORDES M 62a PTG", "BORDES"),
        ("Dupont, a 3 ans", "Dupont"),
        ("Dupont a vu", "Dupont"),
        ("Lefèvre n'a rien", "Lefèvre"),
    ],
)
def test_titles_grammar_and_sexes_are_no_initials(text: str, name: str) -> None:
    assert beside(text, name) == []


@pytest.mark.parametrize(
    ("text", "letters"),
    [
        ("Dicté par le Dr X, frappe MCL, relu", "MCL"),
        ("Courrier dicté, non relu – LTD/nb", "LTD/nb"),
        ("Cordialement.\n\nJD/mp\n", "JD/mp"),
        ("Saisie par : PSA", "PSA"),
    ],
)
def test_letters_of_who_dictated_and_typed_are_masked(text: str, letters: str) -> None:
    """Would leave: which secretary typed a letter, whom the whole hospital knows by these letters."""
    assert [text[span.start : span.end] for span in initials(text, [])] == [letters]


@pytest.mark.parametrize(
    "text",
    [
        "TA/FC\n",
        "HTA/AOMI\n",
        "le secrétariat ORL",
        "PA/fc 12/8",
        "ECBU/hémoc au labo",
        "HTA/irc\n",
        "TA/fc\n",
    ],
)
def test_abbreviations_of_care_stay(text: str) -> None:
    assert not list(initials(text, []))
