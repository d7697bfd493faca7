"""A charter's file at one moment: its text, its faults, and the digest by which a change of it is approved."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Final

from config.errors import Fault
from policies.inheritance import sources
from policies.loader import read_charter
from policies.rule import CharterText

MOVED: Final = "Ce fichier a changé pendant sa lecture : il sera relu."


@dataclass(frozen=True, slots=True)
class Draft:
    """What was read. `text` is None exactly where there are faults."""

    files: tuple[Path, ...]
    """The charter's file, and those of the charters that it extends."""
    digest: str
    text: CharterText | None
    faults: tuple[Fault, ...] = ()


def read_draft(path: Path, routes: Sequence[str]) -> Draft:
    """Return the draft of a charter. What is approved is what is read: a file that changes meanwhile is a fault."""
    before = digest(sources(path))
    reading = read_charter(path, routes)
    # Named anew: a charter that came to extend another file meanwhile was read with that one.
    files = sources(path)
    if digest(files) != before:
        return Draft(files, before, None, (Fault(str(path), 1, 1, MOVED),))
    if reading.faults or reading.value is None:
        return Draft(files, before, None, tuple(sorted(reading.faults)))
    return Draft(files, before, reading.value)


def digest(files: Sequence[Path]) -> str:
    """Return the SHA-256 of the files' contents, in their order; a file that cannot be read counts as empty."""
    whole = hashlib.sha256()
    for file in files:
        try:
            content = file.read_bytes()
        except OSError:
            content = b""
        whole.update(hashlib.sha256(content).digest())
    return whole.hexdigest()


def stamps(files: Sequence[Path]) -> tuple[tuple[int, int, int], ...]:
    """Return what tells cheaply whether files may have changed."""
    made = []
    for file in files:
        try:
            found = file.stat()
        except OSError:
            made.append((0, 0, 0))
        else:
            made.append((found.st_mtime_ns, found.st_size, found.st_ino))
    return tuple(made)
