"""Scans of answers in tests: one allowed host, and a secret that anybody can see."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from filters.answers.scanner import Scan, Scanner
from filters.answers.stream import FindSecrets, TextStream

SECRET = "S3CR3T"


@dataclass(frozen=True)
class Place:
    """Where a secret stands."""

    start: int
    end: int


def secrets_within(_text: str | None) -> FindSecrets:
    """Return what finds secrets, in this text as in any."""
    return find_secrets


def find_secrets(text: str) -> Iterator[Place]:
    """Yield every `SECRET`."""
    for match in re.finditer(SECRET, text):
        yield Place(*match.span())


def scanner() -> Scanner:
    """Return a scanner that lets has-sante.fr through."""
    return Scanner(["has-sante.fr"], secrets_within)


def scan(*asked: str) -> Scan:
    """Return the scan of an answer to a request of these texts."""
    return scanner().scan(asked)


def out(stream: TextStream, pieces: Iterable[str]) -> str:
    """Return what becomes of a text that comes in pieces."""
    return "".join([*map(stream.feed, pieces), stream.flush()])
