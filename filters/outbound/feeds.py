"""Lists that somebody else keeps, read from files: the Toulouse directories, hosts files, one domain a line."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from itertools import groupby
from pathlib import Path
from types import MappingProxyType
from typing import Final, TextIO

from filters.outbound.errors import BadNameError, FeedUnreadableError
from filters.outbound.guards import Guards, load_guards, shown
from filters.outbound.names import canonical, is_address

TOLD: Final = 20
"""Objections that are kept with their line; the others are counted."""

_LONGEST_LINE: Final = 4096
_LONGEST_LICENCE: Final = 65_536
_HEADER: Final = 50
"""Lines of comment at the head of a file in which its licence is looked for."""

_LICENCE: Final = re.compile(r"[#!;\s]*licen[cs]e\s*:\s*(\S.*)", re.IGNORECASE)
_LICENCE_FILES: Final = ("LICENSE", "LICENCE", "LICENSE.txt", "LICENCE.txt", "LICENSE.md", "LICENSE.pdf")
_MACHINE: Final = re.compile(r"local(?:host)?|localhost\.local(?:domain|host)?|broadcasthost|ip6-[a-z]+|localdomain")


class Form(StrEnum):
    """How a feed is written."""

    UT1 = "ut1"
    """A directory of the university of Toulouse: `domains`, `urls`, `usage`."""
    HOSTS = "hosts"
    """`0.0.0.0 name`, as in /etc/hosts."""
    DOMAINS = "domains"
    """A domain a line; `.name` and `*.name` mean the same."""


class Skipped(StrEnum):
    """Why something of a feed is not taken. The value is what it is called in French, in the plural."""

    URL = "adresses de pages"
    BAD = "lignes qui ne sont pas des noms de domaine"
    ADDRESS = "adresses IP"
    MACHINE = "noms de la machine elle-même"
    TWICE = "noms déjà lus"
    KNOWN = "noms déjà connus du catalogue"
    OBJECTION = "noms qui couperaient trop"


@dataclass(frozen=True, slots=True)
class Refused:
    """An entry that the guards object to, and where it was."""

    line: int
    domain: str
    why: str
    """In French."""


@dataclass(frozen=True)
class Feed:
    """What a list holds that may be used."""

    name: str
    licence: str
    """As somebody gave it, or as the files of the feed say it; empty where they do not."""
    domains: tuple[str, ...]
    """Canonical, sorted, each once."""
    skipped: Mapping[Skipped, int] = field(default_factory=dict)
    refused: tuple[Refused, ...] = ()
    """The first `TOLD` of those skipped by objection."""

    def without(self, known: Callable[[str], object]) -> "Feed":
        """Return the feed without the names for which `known` is true, such as `catalogue.service_of`."""
        kept = tuple(domain for domain in self.domains if not known(domain))
        gone = len(self.domains) - len(kept)
        counts = {**self.skipped, Skipped.KNOWN: self.skipped.get(Skipped.KNOWN, 0) + gone} if gone else self.skipped
        return replace(self, domains=kept, skipped=counts)

    def told(self) -> Iterator[str]:
        """Yield in French what the feed gave, and what was left out of it."""
        yield f"{self.name}, noms de domaine : {len(self.domains)}. Licence : {self.licence_line or 'inconnue'}."
        for reason, count in self.skipped.items():
            yield f"Laissés de côté, {reason} : {count}."
        for refused in self.refused:
            yield f"Ligne {refused.line} : {refused.why}"

    @property
    def licence_line(self) -> str:
        """Return the first line of the licence that says something."""
        return next((line.strip() for line in self.licence.splitlines() if line.strip()), "")


def read_feed(
    path: Path, *, form: Form | None = None, name: str = "", licence: str = "", guards: Guards | None = None
) -> Feed:
    """Return the feed of a file, or of a directory of the Toulouse form; `form` is guessed where None.

    Nothing in the lines is a fault: what cannot be taken is counted. Raises FeedUnreadableError.
    """
    folder = path if path.is_dir() else None
    if form is Form.UT1 and folder is None and path.name == "domains":
        folder = path.parent
    reader = _Reader(guards or load_guards(), None if folder else form)
    try:
        with _opened(folder / "domains" if folder else path) as file:
            domains = reader.read(file)
        urls = _lines_of(folder / "urls") if folder else 0
        licence = licence or (_licence_in(folder) if folder else reader.licence)
    except OSError as error:
        raise FeedUnreadableError(_unreadable(path, error, folder)) from None
    counts = {**({Skipped.URL: urls} if urls else {}), **reader.counts}
    return Feed(
        name=name or path.stem,
        licence=licence,
        domains=domains,
        skipped=MappingProxyType(counts),
        refused=tuple(reader.refused),
    )


class _Reader:
    """Takes the names of one file, and counts what it leaves."""

    def __init__(self, guards: Guards, form: Form | None) -> None:
        self._objection = guards.objection
        self._form = form
        self.counts: dict[Skipped, int] = {}
        self.refused: list[Refused] = []
        self.licence = ""

    def read(self, file: TextIO) -> tuple[str, ...]:
        """Return the names of a file: sorted, which also tells doubles without a second copy of a long list."""
        found: list[str] = []
        for number, line in enumerate(_lines(file), start=1):
            if not self.licence and number <= _HEADER and (licence := _LICENCE.match(line)):
                self.licence = licence[1].strip()
            words = line.partition("#")[0].split()
            if words and words[0][0] not in "!;":
                found += self._taken(words, number)
        found.sort()
        domains = tuple(name for name, _ in groupby(found))
        if doubles := len(found) - len(domains):
            self._skip(Skipped.TWICE, doubles)
        return domains

    def _taken(self, words: list[str], number: int) -> Iterator[str]:
        if self._form is Form.HOSTS or (self._form is None and len(words) > 1):
            written = words[1:] if _address(words[0]) else []
        else:
            written = words if len(words) == 1 else []
        if not written:
            self._skip(Skipped.BAD)
        for word in written:
            try:
                name = canonical(word.removeprefix("*").removeprefix("."))
            except BadNameError:
                self._skip(Skipped.BAD)
                continue
            if reason := self._against(name, number):
                self._skip(reason)
            else:
                yield name

    def _against(self, name: str, number: int) -> Skipped | None:
        if is_address(name):
            return Skipped.ADDRESS
        if _MACHINE.fullmatch(name):
            return Skipped.MACHINE
        if why := self._objection(name):
            if len(self.refused) < TOLD:
                self.refused.append(Refused(number, name, why))
            return Skipped.OBJECTION
        return None

    def _skip(self, reason: Skipped, count: int = 1) -> None:
        self.counts[reason] = self.counts.get(reason, 0) + count


def _lines(file: TextIO) -> Iterator[str]:
    """Yield lines, of one that no list holds only the beginning: a file without line ends must not fill the memory."""
    while line := file.readline(_LONGEST_LINE):
        yield line
        while len(line) == _LONGEST_LINE and not line.endswith("\n"):
            line = file.readline(_LONGEST_LINE)


def _address(word: str) -> bool:
    try:
        return is_address(canonical(word))
    except BadNameError:
        return False


def _opened(path: Path) -> TextIO:
    return path.open(encoding="utf-8-sig", errors="replace")


def _lines_of(path: Path) -> int:
    if not path.is_file():
        return 0
    with _opened(path) as file:
        return sum(1 for line in _lines(file) if line.strip())


def _licence_in(folder: Path) -> str:
    """Return the licence of a Toulouse directory: its own, or that of the whole collection around it."""
    around = [folder.parent] if (folder.parent / "global_usage").is_file() else []
    for place in (folder, *around):
        for path in (*(place / name for name in _LICENCE_FILES), *sorted(place.glob("cc-by*"))):
            if path.is_file():
                return path.name if path.suffix == ".pdf" else _head(path)
    usage = folder / "usage"
    found = map(_LICENCE.match, _head(usage).splitlines()) if usage.is_file() else ()
    return next((match[1].strip() for match in found if match), "")


def _head(path: Path) -> str:
    with _opened(path) as file:
        return file.read(_LONGEST_LICENCE).strip()


def _unreadable(path: Path, error: OSError, folder: Path | None) -> str:
    if isinstance(error, FileNotFoundError) and folder and folder.is_dir():
        return f"Le dossier « {shown(str(path))} » n’a pas de fichier `domains` : ce n’est pas une liste de Toulouse."
    if isinstance(error, FileNotFoundError):
        return f"La liste n’est pas ici : « {shown(str(path))} ». Corrigez ce chemin."
    return f"La liste « {shown(str(path))} » ne peut pas être lue : vérifiez ses droits."
