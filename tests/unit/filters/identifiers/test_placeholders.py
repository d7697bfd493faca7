"""The form, and every way of writing it back that is understood or refused."""

import pytest

from filters.identifiers.entity import Label
from filters.identifiers.placeholders import (
    VARIANTS,
    Placeholder,
    already_masked,
    could_become,
    damaged,
    lookalikes,
    read,
)

NOM_1 = Placeholder(Label.NOM, 1)


def test_form() -> None:
    assert str(NOM_1) == "[NOM_1]"
    assert str(Placeholder(Label.DATE_NAISSANCE, 2)) == "[DATE_NAISSANCE_2]"
    assert str(Placeholder(Label.NOM, 1, 1)) == "[NOM_1b]"
    assert Placeholder(Label.NOM, 12, 26).bare == "NOM_12aa"


@pytest.mark.parametrize("label", list(Label))
def test_every_label_is_read_back_as_itself(label: Label) -> None:
    """Catches a label whose own digits (`AGE_SUP_89`) or underscore are taken for the number."""
    for number in (1, 9, 10, 123456):
        for variant in (0, 1, 25, 26, VARIANTS - 1):
            placeholder = Placeholder(label, number, variant)
            assert read(placeholder.bare) == placeholder
            assert list(lookalikes(placeholder.bare)) == [placeholder]
            assert set(lookalikes(str(placeholder))) == {placeholder}


@pytest.mark.parametrize(
    "inside",
    [
        "nom_1",
        "Nom_1",
        "NOM 1",
        "Nom-1",
        "NOM1",
        " NOM_1 ",
        "NOM\u00a01",
        "NOM\u20111",
        r"NOM\_1",
        r"NOM\\_1",
        r"NOM_1\ ".strip(),
        "**NOM_1**",
        "*NOM_1*",
        "`NOM_1`",
        "__NOM_1__",
        "NAME_1",
        "LastName 1",
        "LAST_NAME_1",
        "NOM DE FAMILLE 1",
    ],
)
def test_tolerated(inside: str) -> None:
    assert read(inside) == NOM_1


@pytest.mark.parametrize(
    ("inside", "label"),
    [
        ("PRÉNOM_1", Label.PRENOM),
        ("Pre\u0301nom 1", Label.PRENOM),
        ("FIRST NAME_1", Label.PRENOM),
        ("Person_1", Label.PERSONNE),
        ("date of birth 1", Label.DATE_NAISSANCE),
        ("Date de naissance 1", Label.DATE_NAISSANCE),
        ("BIRTH_DATE_1", Label.DATE_NAISSANCE),
        ("ADDRESS_1", Label.ADRESSE),
        ("City 1", Label.VILLE),
        ("PHONE_1", Label.TEL),
        ("E-mail 1", Label.MAIL),
        ("HÔPITAL_1", Label.HOPITAL),
        ("hospital 1", Label.HOPITAL),
        ("Zip code 1", Label.ZIP),
        ("AGE SUP 89 1", Label.AGE_SUP_89),
    ],
)
def test_accents_and_translations(inside: str, label: Label) -> None:
    assert read(inside) == Placeholder(label, 1)


def test_json_escapes_are_read_in_json_only() -> None:
    assert read(r"PR\u00c9NOM_1", json_escaped=True) == Placeholder(Label.PRENOM, 1)
    assert read(r"PR\u00c9NOM_1") is None


@pytest.mark.parametrize(
    "inside",
    [
        "NOM_01",
        "NOM_0",
        "NOM_1 0",
        "NOM_1_0",
        "NOM_1.0",
        "NOM_l",
        "NOM_I",
        "NOM_\u0661",
        "NOM_\uff11",
        "NOM_½",
        "NOM_1a",
        "NOM_1bcd",
        "NOM",
        "NOM_",
        "1",
        "_1",
        "GLASGOW_1",
        "NOM_1234567",
        "AGE_SUP_891",
        "N0M_1",
        "NOM_1 PRENOM_1",
        "",
    ],
)
def test_digits_are_never_guessed(inside: str) -> None:
    """Catches one person's value put in the place of another's."""
    assert read(inside) is None


@pytest.mark.parametrize(
    ("inside", "ended", "label"),
    [
        ("NOM_", False, Label.NOM),
        ("NOM_1", False, Label.NOM),
        ("NOM_01", True, Label.NOM),
        (r"NOM\_", False, Label.NOM),
        ("NOM", True, Label.NOM),
        ("DATE_NAISSANCE", True, Label.DATE_NAISSANCE),
        ("**NOM**", True, Label.NOM),
        ("NOM", False, None),
        ("Nom", True, None),
        ("DATE de sortie", True, None),
        ("voir plus bas", True, None),
        ("nom_", True, None),
    ],
)
def test_damaged(inside: str, ended: bool, label: Label | None) -> None:  # noqa: FBT001 (a table)
    assert damaged(inside, ended=ended) is label


def test_a_prefix_of_anything_tolerated_may_still_become_it() -> None:
    """Catches a stream that lets half a placeholder out."""
    for inside in ("**NOM_12b**", "Date de naissance 1", r"PRE\_NOM\_3", "AGE_SUP_89_1", "LAST NAME 4"):
        assert all(could_become(inside[:length]) for length in range(len(inside) + 1))
    assert all(could_become(r"PR\u00c9NOM_1"[:length], json_escaped=True) for length in range(14))
    assert not could_become("voir ")
    assert not could_become("NOM_x")


def test_only_exact_and_short_ones_pass_for_masked() -> None:
    """Catches a hospital number left in clear because somebody put it between brackets."""
    assert list(already_masked("[NOM_1] [IPP 8102] [IPP_8102] [nom_1] NOM_1", bare=False)) == [(0, 7)]
    assert list(already_masked("fiche_NOM_1_x NOM_12y3", bare=True)) == [(6, 11)]
