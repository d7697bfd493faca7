"""Entries are checked where they are made, and every fault is said."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.people.desk import InvalidEntryError, months_after, person_id
from gateway.people.person import Habilitation, Kind, Person, Signature, Training
from tests.fakes.people import LATER, TODAY, desk

TOMORROW = TODAY + dt.timedelta(days=1)
YEAR_LATER = dt.date(2027, 11, 23)


@pytest.mark.parametrize(("typed", "kept"), [("A123", "a123"), (" p_7-7 ", "p_7-7"), ("0042", "0042")])
def test_an_id_is_written_one_way(typed: str, kept: str) -> None:
    """Would catch: one person under two ids, trained under the one and refused under the other."""
    assert person_id(typed) == kept


@pytest.mark.parametrize("typed", ["", "me", "ME", "Solène Kerbrat", "a" * 41, "a@b", "é", "-a", "a\n b"])
def test_an_id_is_no_place_for_a_name(typed: str) -> None:
    with pytest.raises(InvalidEntryError) as caught:
        person_id(typed)
    assert "Kerbrat" not in str(caught.value)


def test_what_is_not_said_is_today_and_as_long_as_the_charter_says() -> None:
    assert desk().training("a123", "ia-socle ") == Training("a123", "IA-SOCLE", TODAY, YEAR_LATER)
    assert desk(months=6).training("a123", "RGPD").expires == dt.date(2027, 5, 23)
    assert desk().signature("a123") == Signature("a123", "2026-11-23", TODAY)
    assert desk().habilitation("a123", "codage", "DIM") == Habilitation("a123", "codage", TODAY, YEAR_LATER, "DIM")
    assert desk().habilitation("a123", "Modèle d’essai", "DIM", TODAY, LATER).expires == LATER


def test_a_person_is_described_in_the_words_of_the_charter() -> None:
    made = desk().person("a123", "prestataire", "ide", "urgences", "Margot Lestrade")
    assert made == Person("a123", Kind.PRESTATAIRE, "ide", "urgences", "Margot Lestrade")


def test_every_fault_is_said_at_once_and_repeats_no_name() -> None:
    with pytest.raises(InvalidEntryError) as caught:
        desk().person("a123", "stagiaire", "medcin", "Dr Kerbrat", "Kerbrat\n")
    assert [fault.split(" ; ")[0] for fault in caught.value.faults] == [
        "Cette nature n’existe pas",
        "La charte ne connaît pas ce rôle",
        "Le service s’écrit ainsi : lettres minuscules sans accent, chiffres, `_` et `-`, 40 caractères au plus.",
        "Le nom affiché tient sur une ligne, en 100 caractères au plus.",
    ]
    assert "Kerbrat" not in str(caught.value)


@pytest.mark.parametrize(
    ("obtained", "expires", "said"),
    [
        (TOMORROW, None, "La date du 24/11/2026 n’est pas encore passée"),
        (TODAY, TODAY - dt.timedelta(days=1), "La fin (22/11/2026) précède le début (23/11/2026)."),
    ],
)
def test_dates_have_an_order(obtained: dt.date, expires: dt.date | None, said: str) -> None:
    """Would catch: a session that has only been booked, and counts as followed."""
    for make in (
        lambda: desk().training("a123", "RGPD", obtained, expires),
        lambda: desk().habilitation("a123", "codage", "DIM", obtained, expires),
    ):
        with pytest.raises(InvalidEntryError, match=said.replace("(", r"\(").replace(")", r"\)")):
            make()


def test_what_no_use_will_ever_ask_for_is_refused_or_said() -> None:
    """Would catch: a misspelt habilitation or training, recorded, after which the person is still refused."""
    with pytest.raises(InvalidEntryError, match="vouliez-vous écrire `reflexion_clinique`"):
        desk().habilitation("a123", "reflexion_cliniqe", "DIM")
    with pytest.raises(InvalidEntryError, match="Le code d’une formation"):
        desk().training("a123", "RGPD 2026")
    with pytest.raises(InvalidEntryError, match="Dites qui habilite"):
        desk().habilitation("a123", "codage", " ")
    with pytest.raises(InvalidEntryError, match="La version de la charte"):
        desk().signature("a123", "x" * 101)
    assert desk().unasked("IA-SOCL")
    assert not desk().unasked("IA-SOCLE")


@given(st.dates(dt.date(1990, 1, 1), dt.date(2100, 1, 1)), st.integers(1, 120))
def test_months_are_counted_as_people_count_them(day: dt.date, months: int) -> None:
    later = months_after(day, months)
    assert (later.year - day.year) * 12 + later.month - day.month == months
    assert later.day == day.day or (later.day < day.day and (later + dt.timedelta(days=1)).day == 1)
