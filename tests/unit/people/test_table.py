"""A table is imported whole, or not at all, and every fault of it has its line."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.people.person import Entry, Habilitation, Kind, Person, Signature, Training
from gateway.people.table import NAMES, TableError, read
from tests.fakes.people import MARGOT, SOLENE, desk

KNOWN = {person.id: person for person in (SOLENE, MARGOT)}
DAY, YEAR_LATER = dt.date(2026, 11, 12), dt.date(2027, 11, 12)


def entries(text: str) -> list[Entry]:
    return read(text, desk(), KNOWN)


def faults(text: str) -> list[tuple[int, str]]:
    with pytest.raises(TableError) as caught:
        entries(text)
    return [(fault.line, fault.sentence) for fault in caught.value.faults]


def test_a_line_tells_everything_of_a_person() -> None:
    header = ",".join(NAMES)
    line = 'B9,ide,urgences,prestataire,"Lestrade, Margot",RGPD,2026-11-12,2027-01-31,2026-11-23,2026-11-12'
    assert entries(f"{header}\n{line},codage,DIM,2026-11-12,2027-02-01\n") == [
        Person("b9", Kind.PRESTATAIRE, "ide", "urgences", "Lestrade, Margot"),
        Training("b9", "RGPD", DAY, dt.date(2027, 1, 31)),
        Signature("b9", "2026-11-23", DAY),
        Habilitation("b9", "codage", DAY, dt.date(2027, 2, 1), "DIM"),
    ]


def test_a_spreadsheet_in_french_is_read_as_it_is() -> None:
    lines = (
        "Personne;Rôle;Service;Formation;Obtenue le",
        "B9;ide;urgences;rgpd;12/11/2026",
        ";;;;",
        "A123;;;RESP;1/11/2026",
    )
    text = "".join(f"{line}\r\n" for line in lines)
    assert entries(text) == [
        Person("b9", Kind.AGENT, "ide", "urgences"),
        Training("b9", "RGPD", DAY, YEAR_LATER),
        Training("a123", "RESP", dt.date(2026, 11, 1), dt.date(2027, 11, 1)),
    ]


def test_lines_may_repeat_each_other() -> None:
    text = (
        "personne,role,service,formation,obtenue_le\nb9,ide,urgences,RGPD,2026-11-12\nb9,ide,urgences,RESP,2026-11-12\n"
    )
    assert [type(entry).__name__ for entry in entries(text)] == ["Person", "Training", "Training"]


def test_an_empty_cell_keeps_what_is_known() -> None:
    """Would catch: an HR export without names, which makes agents of temporary workers and forgets their names."""
    assert entries("personne,service\np77,reanimation\na123,geriatrie\n") == [
        Person("p77", Kind.INTERIMAIRE, "ide", "reanimation"),
        Person("a123", Kind.AGENT, "medecin", "geriatrie", "Solène Kerbrat"),
    ]


def test_every_fault_comes_at_once_with_its_line() -> None:
    text = (
        "personne;role;service;formation;obtenue_le;expire_le;habilitation;delivree_par\n"
        "Mme Kerbrat;ide;urgences;;;;;\n"
        "b9;idée;Dr X;;;;;\n"
        "b9;;;RGPD;hier;2020-13-01;;\n"
        "\n"
        '"b7";ide;"ur\ngences";;;;;\n'
        "b8;;;RGPD;2026-11-12;;;\n"
        "a123;;;;;;tout;\n"
        "a123;;;;;;;\n"
        "a123;;;;2026-11-12;;;\n"
        "a123;;;RGPD;2026-11-12;2027-01-01;;\n"
        "a123;;;RGPD;2026-11-12;2027-01-02;;\n"
        "a123;;;RGPD;2026-11-12;;;;de trop\n"
    )
    found = [(line, sentence.split(" ; ")[0]) for line, sentence in faults(text)]
    words = "lettres minuscules sans accent, chiffres, `_` et `-`, 40 caractères au plus"
    assert found == [
        (2, f"L’identifiant interne s’écrit ainsi : {words}"),
        (3, "La charte ne connaît pas ce rôle"),
        (3, f"Le service s’écrit ainsi : {words}."),
        (4, "La colonne `obtenue_le` porte une date : AAAA-MM-JJ ou JJ/MM/AAAA."),
        (4, "La colonne `expire_le` porte une date : AAAA-MM-JJ ou JJ/MM/AAAA."),
        (6, f"Le service s’écrit ainsi : {words}."),
        (8, "Cette personne n’est pas au registre : donnez aussi `role` et `service`."),
        (9, "La colonne `delivree_le` porte une date : AAAA-MM-JJ ou JJ/MM/AAAA."),
        (9, "L’habilitation porte sur un usage de la charte ou sur un système d’IA configuré"),
        (9, "Dites qui habilite, sur une ligne, en 100 caractères au plus."),
        (10, "Cette ligne ne dit rien de la personne qu’elle nomme."),
        (11, "Cette ligne remplit `obtenue_le` sans `formation`."),
        (13, "Cette ligne contredit la ligne 12."),
        (14, "Cette ligne a plus de cases que la première."),
    ]
    assert "Kerbrat" not in str(found)


@pytest.mark.parametrize(
    ("text", "line", "said"),
    [
        ("", 1, "Cette table n’inscrit rien"),
        ("personne;role\n", 1, "Cette table n’inscrit rien"),
        ("Kerbrat;Solène\n", 1, "Le nom de la colonne 1 n’est pas connu"),
        ("role;service\nide;x\n", 1, "La première ligne nomme les colonnes"),
        ("personne;nom;nom\na;b;c\n", 1, "La première ligne nomme les colonnes"),
        ('personne;role\n"a;b\n', 2, "Les guillemets de cette ligne ne se ferment pas"),
    ],
)
def test_a_table_that_is_none_is_said(text: str, line: int, said: str) -> None:
    found = faults(text)
    assert (found[0][0], found[0][1][: len(said)]) == (line, said)
    assert "Kerbrat" not in str(found)


@given(st.text() | st.lists(st.sampled_from([*NAMES, *',;\t\n\r"', "a123", "2026-11-12", "RGPD"])).map("".join))
def test_no_text_breaks_the_reading(text: str) -> None:
    """Would catch: a traceback, which may show a line of the table, instead of a fault."""
    try:
        told = list[int]()
        made = entries(text)
    except TableError as error:
        made, told = [], [fault.line for fault in error.faults]
    assert bool(made) != bool(told)
    assert all(line >= 1 for line in told)
