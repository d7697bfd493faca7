"""Where entries of the register are made: from what was typed, checked against the charter, with every fault said.

What is typed on a command line, in a table or in a request's body passes here, so that the register holds the same.
"""

import calendar
import datetime as dt
import re
from collections.abc import Callable, Collection
from typing import Final

from config.sentences import suggestion
from gateway.people.person import Habilitation, Kind, Person, Signature, Training
from policies.charter import Charter
from policies.people import CODE

WORD: Final = re.compile(r"[a-z0-9][a-z0-9_-]{0,39}")
"""Ids and services: short, and no place for a person's name."""

ME: Final = "me"
"""No id: it stands for whoever asks."""

LONGEST: Final = 100
"""Characters of a display name or of an issuer."""

_WORDS: Final = "lettres minuscules sans accent, chiffres, `_` et `-`, 40 caractères au plus"


class InvalidEntryError(ValueError):
    """An entry cannot be made; each fault is a French sentence, and quotes no name of a person."""

    def __init__(self, faults: Collection[str]) -> None:
        """Keep every sentence."""
        self.faults = tuple(faults)
        super().__init__(" ".join(self.faults))


def person_id(typed: str) -> str:
    """Return an internal id as the register writes it, in lower case; raises `InvalidEntryError`."""
    id_ = typed.strip().lower()
    if not WORD.fullmatch(id_) or id_ == ME:
        raise InvalidEntryError([f"L’identifiant interne s’écrit ainsi : {_WORDS} ; jamais un nom de personne."])
    return id_


class Desk:
    """Makes entries. Ids have been through `person_id`."""

    def __init__(self, charter: Charter, systems: Collection[str], today: Callable[[], dt.date]) -> None:
        """`systems` are the names of the AI systems that the configuration offers."""
        self.charter = charter
        self.subjects = sorted({*charter.uses, *systems})
        self.today = today

    def person(self, id_: str, kind: str, role: str, service: str, name: str | None = None) -> Person:
        """Return a person of a role that the charter knows."""
        faults = []
        if kind not in set(Kind):
            faults.append(f"Cette nature n’existe pas ; {suggestion(kind, list(Kind))}")
        if role not in self.charter.roles:
            faults.append(f"La charte ne connaît pas ce rôle ; {suggestion(role, list(self.charter.roles))}")
        if not WORD.fullmatch(service):
            faults.append(f"Le service s’écrit ainsi : {_WORDS}.")
        if name is not None and not _short(name):
            faults.append(f"Le nom affiché tient sur une ligne, en {LONGEST} caractères au plus.")
        _settle(faults)
        return Person(id_, Kind(kind), role, service, name)

    def training(
        self, person: str, code: str, obtained: dt.date | None = None, expires: dt.date | None = None
    ) -> Training:
        """Return a training; without an end it holds as long as the charter says."""
        code, faults = code.strip().upper(), []
        if not CODE.fullmatch(code):
            faults.append(
                "Le code d’une formation s’écrit en capitales sans accent, chiffres, `_` et `-`, 40 caractères au plus."
            )
        first, last = self._dates(obtained, expires, faults)
        _settle(faults)
        return Training(person, code, first, last)

    def signature(self, person: str, version: str | None = None, signed: dt.date | None = None) -> Signature:
        """Return a signature, of the charter in force unless another version is named."""
        version, faults = version or self.charter.version, list[str]()
        if version != self.charter.version and not _short(version):
            faults.append(f"La version de la charte tient sur une ligne, en {LONGEST} caractères au plus.")
        first, _ = self._dates(signed, None, faults)
        _settle(faults)
        return Signature(person, version, first)

    def habilitation(
        self,
        person: str,
        subject: str,
        issuer: str,
        issued: dt.date | None = None,
        expires: dt.date | None = None,
    ) -> Habilitation:
        """Return a habilitation for a use of the charter or for a configured AI system."""
        faults = []
        if subject not in self.subjects:
            faults.append(
                "L’habilitation porte sur un usage de la charte ou sur un système d’IA configuré ; "
                f"{suggestion(subject, self.subjects)}"
            )
        if not _short(issuer):
            faults.append(f"Dites qui habilite, sur une ligne, en {LONGEST} caractères au plus.")
        first, last = self._dates(issued, expires, faults)
        _settle(faults)
        return Habilitation(person, subject, first, last, issuer)

    def unasked(self, code: str) -> bool:
        """Return whether nothing in the charter asks for this training: it may be misspelt."""
        asked = {*self.charter.people.rule.trainings}
        return code not in asked.union(*(use.trainings or () for use in self.charter.uses.values()))

    def _dates(self, first: dt.date | None, last: dt.date | None, faults: list[str]) -> tuple[dt.date, dt.date]:
        """Return when a record begins and its last day, adding what is wrong with them to `faults`."""
        today = self.today()
        begins = first or today
        if begins > today:
            faults.append(f"La date du {begins:%d/%m/%Y} n’est pas encore passée : inscrivez ce qui a eu lieu.")
            begins = today
        ends = last or months_after(begins, self.charter.people.rule.months)
        if ends < begins:
            faults.append(f"La fin ({ends:%d/%m/%Y}) précède le début ({begins:%d/%m/%Y}).")
        return begins, ends


def months_after(day: dt.date, months: int) -> dt.date:
    """Return the same day some months later, or the last of a month that is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return dt.date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def _short(text: str) -> bool:
    return bool(text.strip()) and len(text) <= LONGEST and text.isprintable()


def _settle(faults: Collection[str]) -> None:
    if faults:
        raise InvalidEntryError(faults)
