"""The value of each slot of a template. See `data/` for the lists and grammars it is drawn from."""

import random
from collections.abc import Callable, Mapping
from functools import partial

from filters.identifiers.training.values import mails, numbers, phones
from filters.identifiers.training.values.dates import Dates
from filters.identifiers.training.values.grammar import Grammar, Outside
from filters.identifiers.training.values.lists import entries
from filters.identifiers.training.values.names import Names
from filters.identifiers.training.values.numbers import Piece
from filters.identifiers.training.values.person import Person
from filters.identifiers.training.values.places import Places

_BIRTH_NAME_DIFFERS = 0.8
_LODGING = 0.04
_LODGED_BY = ("chez M. ", "chez Mme ", "chez Monsieur ", "chez Madame ", "C/O ", "c/o ", "chez ", "Chez M et Mme ")

_HOUSES = ("regional", "poetique", "enseigne_de_rue")
"""What hospitals and organisations take from the names of houses."""

_ORDINARY = {
    "nom_mot": ("noms_mots", "NOM"),
    "prenom_mot": ("prenoms_communs", "PRENOM"),
    "ville_mot": ("villes_communes", "VILLE"),
    "sobriquet": ("sobriquets", "PERSONNE"),
}
"""Names that are ordinary words, asked for by themselves: the list and the label of each slot."""

_HOSPITAL_RULES = {
    "hopital": "hopital",
    "hopital_court": "hopital_court",
    "hopital_sigle": "sigle_hopital",
    "maison": "maison",
    "maison_nue": "maison_nue",
    "pavillon": "pavillon",
}
_ORGANISATION_RULES = (
    "organisation", "organisation_nue", "ecole_nue", "employeur", "societe", "enseigne_de_rue", "prestataire",
    "regiment", "foyer",
)  # fmt: skip


class Values:
    """Draws what stands in the slots; the same row of values for the same row of calls and the same generator.

    Everything is written with its usual capitals and accents: how people type is not decided here.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._names = Names(rng)
        self._dates = Dates(rng)
        self._places = Places(rng, self._names)
        houses = Grammar("maisons", rng, self._places.outside)
        around: Outside = {**self._places.outside, **{rule: partial(houses.write, rule) for rule in _HOUSES}}
        self._hospitals = Grammar("hopitaux", rng, around)
        self._organisations = Grammar("organisations", rng, around)
        self._numbers = Grammar("numeros", rng)
        self._afresh = self._written_afresh()
        self._kept = self._written_once()

    @property
    def slots(self) -> frozenset[str]:
        """The slots that can be filled."""
        return frozenset((*self._afresh, *self._kept))

    def person(self) -> Person:
        """Return somebody new."""
        names = self._names
        surname = names.surname()
        birth_name = names.surname() if self._rng.random() < _BIRTH_NAME_DIFFERS else surname
        return Person(surname, names.first_name(), names.first_name(), birth_name, self._dates.birth())

    def make(self, slot: str, person: Person) -> Piece:
        """Return a value for the slot. A birth date is each time written in a form of its own; the rest is kept."""
        afresh = self._afresh.get(slot)
        if afresh is not None:
            return afresh(person)
        kept = person.kept.get(slot)
        if kept is None:
            kept = person.kept[slot] = self._kept[slot](person)
        return list(kept)

    def _written_afresh(self) -> Mapping[str, Callable[[Person], Piece]]:
        dates = self._dates
        return {
            "nom": lambda p: [(p.nom, "NOM")],
            "prenom": lambda p: [(p.prenom, "PRENOM")],
            "prenom2": lambda p: [(p.prenom2, "PRENOM")],
            "naissance": lambda p: [(p.naissance, "NOM")],
            "initiale": lambda p: [(p.prenom[0], "PRENOM")],
            "initiale_nom": lambda p: [(_initial(p.nom), "NOM")],
            "ddn": lambda p: [(dates.written(p.ddn, "whole"), "DATE_NAISSANCE")],
            "ddn_compacte": lambda p: [(dates.written(p.ddn, "compacte"), "DATE_NAISSANCE")],
            "ddn_anglaise": lambda p: [(dates.written(p.ddn, "english_whole"), "DATE_NAISSANCE")],
            "ddn_iso": lambda p: [(dates.written(p.ddn, "iso"), "DATE_NAISSANCE")],
        }

    def _written_once(self) -> Mapping[str, Callable[[Person], Piece]]:
        rng, dates, places, shapes = self._rng, self._dates, self._places, self._numbers
        return {
            "date": lambda _: [(dates.written(dates.care()), "DATE")],
            "date_compacte": lambda _: [(dates.written(dates.care(), "compacte"), "DATE")],
            "date_iso": lambda _: [(dates.written(dates.care(), "iso"), "DATE")],
            "mois_annee": lambda _: [(dates.written(dates.care(), "month"), "DATE")],
            "mois": lambda _: [(dates.written(dates.care(), "month_alone"), "DATE")],
            "jour": lambda _: [(dates.written(dates.care(), "day_alone"), "DATE")],
            "jour_court": lambda _: [(dates.written(dates.care(), "weekday"), "DATE")],
            "date_anglaise": lambda _: [(dates.written(dates.care(), "english"), "DATE")],
            "annee": lambda _: [(dates.year(), "DATE")],
            "age90": lambda _: [(dates.old_age(), "AGE_SUP_89")],
            "age90_lettres": lambda _: [(dates.old_age_in_words(), "AGE_SUP_89")],
            "surnom": lambda p: [(self._names.nickname(p.prenom), "PRENOM")],
            "prenom_double": lambda p: [(f"{p.prenom}-{p.prenom2}", "PRENOM")],
            "nom_double": lambda p: [(f"{p.nom}-{self._names.surname()}", "NOM")],
            "nom_long": lambda _: [(self._names.long_surname(), "NOM")],
            "adresse": lambda _: self._address(),
            "cp": lambda _: [(places.postcode(), "ZIP")],
            "ville": lambda _: [(places.town(), "VILLE")],
            "saison": lambda _: [(dates.season(), "DATE")],
            **self._named(),
            "tel": lambda _: [(phones.phone(rng), "TEL")],
            "poste": lambda _: [(phones.extension(rng), "TEL")],
            "mail": lambda p: [(mails.address(rng, p.prenom, p.nom, places), "MAIL")],
            "nom_login": lambda p: [(mails.login(rng, p.prenom, p.nom), "PERSONNE")],
            "nir": lambda p: numbers.nir(rng, p.ddn),
            "ipp": lambda _: [(shapes.write("ipp"), "IPP")],
            "nda": lambda _: [(shapes.write("nda"), "NDA")],
            "rpps": lambda _: [(numbers.rpps(rng), "RPPS")],
            "adeli": lambda _: [(shapes.write("adeli"), "ADELI")],
            "finess": lambda _: [(shapes.write("finess"), "FINESS")],
            "iban": lambda _: [(numbers.iban(rng), "IBAN")],
            "id": lambda _: [(shapes.write("id"), "ID")],
            "matricule": lambda _: [(shapes.write("matricule"), "ID")],
            "dossier": lambda _: [(shapes.write("dossier"), "IPP")],
        }

    def _named(self) -> Mapping[str, Callable[[Person], Piece]]:
        """Return the slots that are filled by one rule of a grammar or by one list."""

        def one(write: Callable[[], str], label: str) -> Callable[[Person], Piece]:
            return lambda _: [(write(), label)]

        found = {
            slot: one(partial(self._rng.choice, entries(name)), label) for slot, (name, label) in _ORDINARY.items()
        }
        for slot, rule in _HOSPITAL_RULES.items():
            found[slot] = one(partial(self._hospitals.write, rule), "HOPITAL")
        for rule in _ORGANISATION_RULES:
            found[rule] = one(partial(self._organisations.write, rule), "ORGANISATION")
        found["d_employeur"] = lambda _: self._of_employer()
        return found

    def _of_employer(self) -> Piece:
        """Return who somebody works for after its preposition: `d'EDF`, `de la Poste`."""
        employer = self._organisations.write("employeur")
        before = "d'" if employer[0] in "AEIOUÉÈaeiouéè" else "de "
        return [(before, None), (employer, "ORGANISATION")]

    def _address(self) -> Piece:
        line: Piece = [(self._places.street_line(), "ADRESSE")]
        if self._rng.random() > _LODGING:
            return line
        return [(self._rng.choice(_LODGED_BY), None), (self._names.surname(), "NOM"), (", ", None), *line]


def _initial(name: str) -> str:
    """Return the letter of the name that matters: V for « de Villiers »."""
    return next((letter for letter in name if letter.isupper()), name[0])
