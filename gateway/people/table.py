"""A table of people and records, as a spreadsheet or the hospital's HR software exports it: read whole, or not at all.

A line names a person, and may describe them, tell one training, one signature and one habilitation of theirs.
"""

import csv
import datetime as dt
import io
import re
import unicodedata
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Final

from config.sentences import suggestion
from gateway.people.desk import Desk, InvalidEntryError, person_id
from gateway.people.person import Entry, Kind, Person

ID: Final = "personne"

COLUMNS: Final[Mapping[str, tuple[str, ...]]] = {
    "personne": ("role", "service", "nature", "nom"),
    "formation": ("formation", "obtenue_le", "expire_le"),
    "charte": ("charte", "signee_le"),
    "habilitation": ("habilitation", "delivree_par", "delivree_le", "finit_le"),
}
"""The columns that tell each thing; the first of them says whether a line tells it."""

NAMES: Final = (ID, *(column for columns in COLUMNS.values() for column in columns))
BEGINNINGS: Final = frozenset({"obtenue_le", "signee_le", "delivree_le"})
"""Days that have to be written: a table tells of what happened some time ago."""
DAYS: Final = BEGINNINGS | {"expire_le", "finit_le"}
SEPARATORS: Final = ";,\t"
_DAY: Final = re.compile(r"(?P<day>\d{1,2})/(?P<month>\d{1,2})/(?P<year>\d{4})")


@dataclass(frozen=True, slots=True)
class TableFault:
    """What is wrong with a line; the sentence is French, and quotes no name of a person."""

    line: int
    sentence: str


class TableError(Exception):
    """A table cannot be imported; every fault of it is here."""

    def __init__(self, faults: Collection[TableFault]) -> None:
        """Keep the faults in the order of the lines."""
        self.faults = tuple(sorted(faults, key=lambda fault: fault.line))
        super().__init__("faults in a table")


def read(text: str, desk: Desk, known: Mapping[str, Person]) -> list[Entry]:
    """Return the entries of a table, each once; raises `TableError`.

    `known` are the people of the register by id: of them, an empty cell leaves what it would have changed.
    """
    table = _Table(desk, known)
    for number, cells in table.rows(text):
        table.take(number, cells)
    table.check_owners()
    if not table.entries and not table.faults:
        table.faults.append(TableFault(1, "Cette table n’inscrit rien : une ligne d’en-tête, puis une ligne au moins."))
    if table.faults:
        raise TableError(table.faults)
    return [entry for _, entry in table.entries.values()]


@dataclass
class _Table:
    """Entries by key with their lines, and the faults found so far."""

    desk: Desk
    known: Mapping[str, Person]
    entries: dict[tuple[str, ...], tuple[int, Entry]] = field(default_factory=dict)
    faults: list[TableFault] = field(default_factory=list)
    described: set[str] = field(default_factory=set)
    """Whom a line describes, also one with a fault, which is told once."""

    def rows(self, text: str) -> Iterator[tuple[int, dict[str, str]]]:
        """Yield each line that is not empty, by the names of its columns."""
        separator = max(SEPARATORS, key=text.partition("\n")[0].count)
        reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
        names: list[str] | None = None
        number = 1
        try:
            for cells in reader:
                if names is None:
                    names = self._header(cells)
                    if not names:
                        return
                elif any(cell.strip() for cell in cells):
                    yield from self._row(number, names, cells)
                number = reader.line_num + 1
        except csv.Error:
            self._fault(number, "Les guillemets de cette ligne ne se ferment pas : le reste n’a pas pu être lu.")

    def take(self, number: int, cells: Mapping[str, str]) -> None:
        """Make the entries of a line."""
        try:
            id_ = person_id(cells.get(ID, ""))
        except InvalidEntryError as error:
            self._fault(number, *error.faults)
            return
        told = [what for what, columns in COLUMNS.items() if any(cells.get(column) for column in columns)]
        if not told:
            self._fault(number, "Cette ligne ne dit rien de la personne qu’elle nomme.")
        for what in told:
            if what == ID:
                self.described.add(id_)
            try:
                self._add(number, self._entry(what, id_, cells))
            except InvalidEntryError as error:
                self._fault(number, *error.faults)

    def check_owners(self) -> None:
        """Note each record of somebody whom neither the register nor this table describes."""
        for number, entry in self.entries.values():
            if isinstance(entry, Person) or entry.person in self.described or entry.person in self.known:
                continue
            self._fault(number, "Cette personne n’est pas au registre : donnez aussi `role` et `service`.")

    def _header(self, cells: list[str]) -> list[str]:
        names = [_name(cell) for cell in cells]
        for rank, name in enumerate(names, start=1):
            if name not in NAMES:
                self._fault(1, f"Le nom de la colonne {rank} n’est pas connu ; {suggestion(name, NAMES)}")
        if ID not in names or len(set(names)) < len(names):
            self._fault(1, f"La première ligne nomme les colonnes, chacune une fois, dont `{ID}`.")
        return [] if self.faults else names

    def _row(self, number: int, names: list[str], cells: list[str]) -> Iterator[tuple[int, dict[str, str]]]:
        if any(cell.strip() for cell in cells[len(names) :]):
            self._fault(number, "Cette ligne a plus de cases que la première.")
        else:
            yield number, {name: cell.strip() for name, cell in zip(names, cells, strict=False)}

    def _entry(self, what: str, id_: str, cells: Mapping[str, str]) -> Entry:
        """Make what a line tells, or raise every fault of it, those of its dates included."""
        said = {column: cells.get(column, "") for column in COLUMNS[what]}
        if not said[COLUMNS[what][0]] and not (what == ID and id_ in self.known):
            others = ", ".join(f"`{column}`" for column in COLUMNS[what] if said[column])
            raise InvalidEntryError([f"Cette ligne remplit {others} sans `{COLUMNS[what][0]}`."])
        days = {column: _date(said[column]) for column in said if column in DAYS}
        faults = [
            f"La colonne `{column}` porte une date : AAAA-MM-JJ ou JJ/MM/AAAA."
            for column, day in days.items()
            if day is None and (said[column] or column in BEGINNINGS)
        ]
        try:
            entry = self._made(what, id_, said, days)
        except InvalidEntryError as error:
            raise InvalidEntryError([*faults, *error.faults]) from None
        if faults:
            raise InvalidEntryError(faults)
        return entry

    def _made(self, what: str, id_: str, said: Mapping[str, str], days: Mapping[str, dt.date | None]) -> Entry:
        match what:
            case "personne":
                before = self.known.get(id_, Person(id_, Kind.AGENT, "", ""))
                kind, name = said["nature"].lower() or before.kind.value, said["nom"] or before.name
                return self.desk.person(id_, kind, said["role"] or before.role, said["service"] or before.service, name)
            case "formation":
                return self.desk.training(id_, said["formation"], days["obtenue_le"], days["expire_le"])
            case "charte":
                return self.desk.signature(id_, said["charte"], days["signee_le"])
            case _:
                dates = (days["delivree_le"], days["finit_le"])
                return self.desk.habilitation(id_, said["habilitation"], said["delivree_par"], *dates)

    def _add(self, number: int, entry: Entry) -> None:
        earlier, other = self.entries.setdefault(entry.key, (number, entry))
        if other != entry:
            self._fault(number, f"Cette ligne contredit la ligne {earlier}.")

    def _fault(self, number: int, *sentences: str) -> None:
        self.faults += [TableFault(number, sentence) for sentence in sentences]


def _name(cell: str) -> str:
    """Return the name of a column without the accents, capitals and blanks of whoever wrote it."""
    plain = unicodedata.normalize("NFKD", cell.strip().lower())
    return re.sub(r"[\s-]+", "_", "".join(sign for sign in plain if not unicodedata.combining(sign)))


def _date(written: str) -> dt.date | None:
    french = _DAY.fullmatch(written)
    try:
        if french:
            return dt.date(int(french["year"]), int(french["month"]), int(french["day"]))
        return dt.date.fromisoformat(written) if len(written) == len("2026-11-26") else None
    except ValueError:
        return None
