"""One value, one number; one written form, one placeholder."""

import pytest

from filters.identifiers.entity import Label
from filters.identifiers.vault import Vault, normalised


def test_numbers_follow_first_appearance_by_label() -> None:
    vault = Vault([])
    given = [
        vault.placeholder(Label.NOM, "Morvan"),
        vault.placeholder(Label.PRENOM, "Ysé"),
        vault.placeholder(Label.NOM, "Kerbrat"),
        vault.placeholder(Label.NOM, "Morvan"),
    ]
    assert list(map(str, given)) == ["[NOM_1]", "[PRENOM_1]", "[NOM_2]", "[NOM_1]"]
    assert vault.counts() == {"NOM": 2, "PRENOM": 1}


def test_a_form_of_the_same_value_has_the_number_and_its_own_suffix() -> None:
    """Catches `DUPRÉ` restored as `Dupre`, and one patient shown to the model as two."""
    vault = Vault([])
    forms = ["Le Goff-Dupré", "LE GOFF DUPRE", "le goff-dupré", "Le Goff-Dupré"]
    assert [str(vault.placeholder(Label.NOM, form)) for form in forms] == ["[NOM_1]", "[NOM_1b]", "[NOM_1c]", "[NOM_1]"]
    assert [vault.values[placeholder] for placeholder in vault.values] == forms[:3]
    assert vault.counts() == {"NOM": 1}


def test_more_forms_than_suffixes_take_a_new_number() -> None:
    vault = Vault([])
    forms = [f"Morvan{' ' * spaces}x" for spaces in range(1, 800)]
    given = [vault.placeholder(Label.NOM, form) for form in forms]
    assert len(set(given)) == len(forms)
    assert {placeholder.number for placeholder in given} == {1, 2}


def test_what_the_caller_typed_is_never_handed_out() -> None:
    """Catches a typed `[Nom 1]` that comes back as somebody's name."""
    vault = Vault(["voir [Nom 1] et fiche_NOM_3", r"{\"a\": \"[PR\u00c9NOM_1]\"}"])
    assert [str(vault.placeholder(Label.NOM, name)) for name in ("Morvan", "Kerbrat")] == ["[NOM_2]", "[NOM_4]"]
    assert str(vault.placeholder(Label.PRENOM, "Ysé")) == "[PRENOM_2]"


def test_a_meaning_given_by_the_caller_goes_before_the_written_form() -> None:
    vault = Vault([])
    given = [vault.placeholder(Label.DATE, value, "2024-03-12") for value in ("12/03/2024", "12 mars 2024")]
    assert list(map(str, given)) == ["[DATE_1]", "[DATE_1b]"]


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        (Label.NOM, "LE GOFF", "le goff"),
        (Label.PRENOM, "Maëlle-Anne", "maelle anne"),
        (Label.VILLE, "SAINT-BRIEUC", "Saint Brieuc"),
        (Label.TEL, "06 12 34 56 78", "06.12.34.56.78"),
        (Label.TEL, "+33 (0)6 12 34 56 78", "0612345678"),
        (Label.TEL, "0033612345678", "0612345678"),
        (Label.SECU, "1 85 03 75 116 001 23", "1850375116001 23"),
        (Label.IPP, "8102 840", "8102840"),
        (Label.MAIL, "A.B @ C.fr", "a.b@c.fr"),
        (Label.IBAN, "FR76 3000", "fr763000"),
    ],
)
def test_same_value(label: Label, one: str, other: str) -> None:
    assert normalised(label, one) == normalised(label, other)


@pytest.mark.parametrize(
    ("label", "one", "other"),
    [
        (Label.NOM, "Morvan", "Morvant"),
        (Label.ID, "1-23", "12-3"),
        (Label.NDA, "24-1", "2-41"),
        (Label.MAIL, "a.b@c.fr", "ab@c.fr"),
        (Label.NOM, "—", "…"),
        (Label.TEL, "0612345678", "0612345679"),
    ],
)
def test_other_value(label: Label, one: str, other: str) -> None:
    assert normalised(label, one) != normalised(label, other)


def test_nothing_is_shown() -> None:
    """Catches a value written to a log by its vault."""
    vault = Vault([])
    vault.placeholder(Label.NOM, "Morvan")
    assert "Morvan" not in repr(vault)
