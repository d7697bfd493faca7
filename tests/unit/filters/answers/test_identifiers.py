"""Identifiers that an answer holds and its request did not."""

import pytest

from filters.answers.identifiers import Known


@pytest.mark.parametrize(
    ("text", "new"),
    [
        ("Joindre le 06 39 98 12 34.", 1),
        ("Écrire à essai@hopital.example ou ESSAI@hopital.example", 1),
        ("NIR 1 51 04 35 238 042 58", 1),
        ("NIR 1 51 04 35 238 042 57, clé fausse", 0),
        ("IBAN FR14 2004 1010 0505 0001 3M02 606", 1),
        ("Contact : [TEL_1], [MAIL_1], IPP 8012345679, 75 µg, 12/11/2026, RPPS 10101010101", 0),
        ("+33 6 39 98 12 34 et 0639981234", 1),
        ("0033 6 39 98 12 34, +33(0)639981234", 1),
        ("code +6 39 98 12 34, lot 12.0639981234, 10639981234, x151043523804258, FFR1420041010050500013M02606", 0),
    ],
)
def test_only_certain_forms_count(text: str, new: int) -> None:
    """Would catch: a telephone that the model made up, or remembers of somebody else, unnoticed."""
    assert Known([]).new(text) == new


def test_what_the_request_held_is_not_new() -> None:
    asked = Known(["Tél. 0639981234, mail essai@hopital.example"])
    assert asked.new("+33 6 39 98 12 34, Essai@hopital.example, 01 99 00 12 34") == 1
