"""The value of each slot of a template. See `data/` for the lists and grammars it is drawn from."""

import random
from collections.abc import Callable, Mapping

from filters.identifiers.training.values import mails, numbers, phones
from filters.identifiers.training.values.dates import Dates
from filters.identifiers.training.values.grammar import Grammar
from filters.identifiers.training.values.names import Names
from filters.identifiers.training.values.numbers import Piece
from filters.identifiers.training.values.person import Person
from filters.identifiers.training.values.places import Places

_BIRTH_NAME_DIFFERS = 0.8
_LODGING = 0.04
_LODGED_BY = ("chez M. ", "chez Mme ", "chez Monsieur ", "chez Madame ", "C/O ", "c/o ", "chez ", "Chez M et Mme ")


class Values:
    """Draws what stands in the slots; the same row of values for the same row of calls and the same generator.

    Everything is written with its usual capitals and accents: how people type is not decided here.
    """

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._names = Names(rng)
        self._dates = Dates(rng)
        self._places = Places(rng, self._names)
        self._hospitals = Grammar("hopitaux", rng, self._places.outside)
        self._organisations = Grammar("organisations", rng, self._places.outside)
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
            "nom_long": lambda _: [(self._names.long_surname(), "NOM")],
            "adresse": lambda _: self._address(),
            "cp": lambda _: [(places.postcode(), "ZIP")],
            "ville": lambda _: [(places.town(), "VILLE")],
            "hopital": lambda _: [(self._hospitals.write("hopital"), "HOPITAL")],
            "organisation": lambda _: [(self._organisations.write("organisation"), "ORGANISATION")],
            "hopital_court": lambda _: [(self._hospitals.write("hopital_court"), "HOPITAL")],
            "organisation_nue": lambda _: [(self._organisations.write("organisation_nue"), "ORGANISATION")],
            "ecole_nue": lambda _: [(self._organisations.write("ecole_nue"), "ORGANISATION")],
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
        }

    def _address(self) -> Piece:
        line: Piece = [(self._places.street_line(), "ADRESSE")]
        if self._rng.random() > _LODGING:
            return line
        return [(self._rng.choice(_LODGED_BY), None), (self._names.surname(), "NOM"), (", ", None), *line]


def _initial(name: str) -> str:
    """Return the letter of the name that matters: V for « de Villiers »."""
    return next((letter for letter in name if letter.isupper()), name[0])
