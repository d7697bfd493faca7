import random
import re

import pytest

from filters.identifiers.entity import Label
from filters.identifiers.training.values import Person, Values
from filters.identifiers.training.values.dates import TODAY
from filters.identifiers.training.values.grammar import rules_missing
from filters.identifiers.training.values.lists import entries
from filters.identifiers.training.values.names import letters
from filters.identifiers.training.values.wording import under_hundred, year

LABELS = {
    "nom": "NOM",
    "prenom": "PRENOM",
    "prenom2": "PRENOM",
    "naissance": "NOM",
    "initiale": "PRENOM",
    "initiale_nom": "NOM",
    "ddn": "DATE_NAISSANCE",
    "ddn_compacte": "DATE_NAISSANCE",
    "ddn_iso": "DATE_NAISSANCE",
    "date": "DATE",
    "date_compacte": "DATE",
    "date_iso": "DATE",
    "mois_annee": "DATE",
    "annee": "DATE",
    "mois": "DATE",
    "jour": "DATE",
    "jour_court": "DATE",
    "date_anglaise": "DATE",
    "ddn_anglaise": "DATE_NAISSANCE",
    "age90_lettres": "AGE_SUP_89",
    "surnom": "PRENOM",
    "nom_long": "NOM",
    "hopital_court": "HOPITAL",
    "organisation_nue": "ORGANISATION",
    "ecole_nue": "ORGANISATION",
    "age90": "AGE_SUP_89",
    "adresse": "ADRESSE",
    "cp": "ZIP",
    "ville": "VILLE",
    "hopital": "HOPITAL",
    "organisation": "ORGANISATION",
    "tel": "TEL",
    "poste": "TEL",
    "mail": "MAIL",
    "nom_login": "PERSONNE",
    "nir": "SECU",
    "ipp": "IPP",
    "nda": "NDA",
    "rpps": "RPPS",
    "adeli": "ADELI",
    "finess": "FINESS",
    "iban": "IBAN",
    "id": "ID",
    "matricule": "ID",
    "dossier": "IPP",
    "saison": "DATE",
    "prenom_double": "PRENOM",
    "nom_double": "NOM",
    "nom_mot": "NOM",
    "prenom_mot": "PRENOM",
    "ville_mot": "VILLE",
    "sobriquet": "PERSONNE",
    "hopital_sigle": "HOPITAL",
    "maison": "HOPITAL",
    "maison_nue": "HOPITAL",
    "pavillon": "HOPITAL",
    "employeur": "ORGANISATION",
    "d_employeur": "ORGANISATION",
    "societe": "ORGANISATION",
    "enseigne_de_rue": "ORGANISATION",
    "prestataire": "ORGANISATION",
    "regiment": "ORGANISATION",
    "foyer": "ORGANISATION",
}
MIXED = {"adresse", "nir", "d_employeur"}
"""Slots whose piece may hold other words too: `chez M. X`, `clé`, `d'`."""

HOUSES = frozenset({"regional", "poetique", "enseigne_de_rue"})
"""What the grammar of houses gives to others."""

SIZES = {
    "noms": 2500,
    "noms_communs": 250,
    "noms_mots": 300,
    "prenoms": 2000,
    "prenoms_communs": 80,
    "villes": 900,
    "villes_communes": 100,
    "sobriquets": 50,
}


def values(seed: int = 7) -> Values:
    return Values(random.Random(seed))


def text(made: Values, slot: str, person: Person) -> str:
    return "".join(part for part, _ in made.make(slot, person))


def test_the_same_seed_makes_the_same_values() -> None:
    def row() -> list[object]:
        made = values()
        return [made.make(slot, made.person()) for slot in sorted(LABELS) for _ in range(30)]

    assert row() == row()


def test_another_seed_makes_other_values() -> None:
    one, other = values(1), values(2)

    assert [one.person() for _ in range(20)] != [other.person() for _ in range(20)]


def test_every_slot_of_the_templates_is_there() -> None:
    assert values().slots == set(LABELS)


@pytest.mark.parametrize("slot", sorted(LABELS))
def test_a_slot_makes_words_with_its_label(slot: str) -> None:
    made = values()
    for _ in range(400):
        piece = made.make(slot, made.person())
        labels = {label for _, label in piece if label}

        assert all(part for part, _ in piece)
        assert LABELS[slot] in labels
        assert labels <= {*Label}
        if slot not in MIXED:
            assert [label for _, label in piece] == [LABELS[slot]]
        for part, label in piece:
            assert label is None or part == part.strip()
            assert not set(part) & set("{}[]_\n+") or slot in {"tel", "mail", "nom_login"}


@pytest.mark.parametrize(("name", "size"), SIZES.items())
def test_a_list_is_long_and_says_nothing_twice(name: str, size: int) -> None:
    found = entries(name)

    assert len(found) >= size
    assert len(set(found)) == len(found)
    assert all(entry == " ".join(entry.split()) for entry in found)


@pytest.mark.parametrize(
    "name", ["noms", "prenoms", "villes", "adresses", "maisons", "hopitaux", "organisations", "numeros"]
)
def test_a_grammar_names_no_rule_that_is_not_there(name: str) -> None:
    outside = frozenset({"nom", "prenom", "de_nom", "ville", "commune", "de_ville", "de_commune"}) | HOUSES

    assert rules_missing(name, outside) == set()


def test_a_person_stays_the_same_throughout_a_text() -> None:
    made = values()
    for _ in range(100):
        person = made.person()

        assert all(
            text(made, slot, person) == text(made, slot, person) for slot in LABELS if not slot.startswith("ddn")
        )
        assert text(made, "nom", person) == person.nom
        assert text(made, "initiale", person) == person.prenom[0]
        assert text(made, "ddn_iso", person).replace("/", "-") == person.ddn.isoformat()


def test_a_kept_value_is_not_changed_from_outside() -> None:
    made = values()
    person = made.person()
    made.make("adresse", person).clear()

    assert made.make("adresse", person)


def test_a_mail_is_built_on_the_name() -> None:
    made = values()
    for _ in range(300):
        person = made.person()
        mail = text(made, "mail", person).lower().replace("-", "").replace(" ", "")
        names = (letters(person.prenom), letters(person.nom))

        assert any(name.replace("-", "").replace(" ", "") in mail for name in names)


def test_about_half_the_social_security_numbers_know_the_birth_date() -> None:
    made = values()
    people = [made.person() for _ in range(1000)]
    fitting = sum(re.sub(r"\D", "", text(made, "nir", person))[1:5] == f"{person.ddn:%y%m}" for person in people)

    assert 420 < fitting < 600


def test_nobody_is_born_tomorrow_or_in_another_century() -> None:
    made = values()

    assert all(0 <= (TODAY - made.person().ddn).days < 103 * 366 for _ in range(2000))


def test_many_surnames_are_in_no_list() -> None:
    made = values()
    known = {*entries("noms"), *entries("noms_communs")}
    unseen = sum(made.person().nom not in known for _ in range(2000))

    assert 600 < unseen < 1000


def test_numbers_in_words() -> None:
    assert [under_hundred(n) for n in (1, 21, 71, 80, 81, 91, 99)] == [
        "un",
        "vingt et un",
        "soixante et onze",
        "quatre-vingts",
        "quatre-vingt-un",
        "quatre-vingt-onze",
        "quatre-vingt-dix-neuf",
    ]
    assert year(1978) == "mille neuf cent soixante-dix-huit"
    assert year(2000) == "deux mille"
