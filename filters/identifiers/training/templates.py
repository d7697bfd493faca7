"""Templates: hand-written French with slots for identifiers, choices of wording, and lists of phrases.

`{{nom:1}}` is a slot, `[[est sorti|part demain]]` a choice, `<<symptome>>` a phrase of a list. See `templates/`.
"""

import random
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from importlib import resources
from importlib.resources.abc import Traversable

from filters.identifiers.training.values import Person, Values

_PLACE = re.compile(r"\{\{(?P<slot>[a-z_0-9]+)(?::(?P<who>\d))?\}\}|<<(?P<phrase>[a-z_]+)>>")
_CHOICE = re.compile(r"\[\[((?:(?!\[\[|\]\]).)*)\]\]", re.DOTALL)
_FOLDER = "filters.identifiers.training"

Parts = list[tuple[str, str | None]]
"""Pieces of a text, each with its label or none."""


@dataclass(frozen=True, slots=True)
class Template:
    """One text to fill; `kind` is the name of its file."""

    kind: str
    text: str


@cache
def templates() -> tuple[Template, ...]:
    """Return every template, in the order of the files."""
    return tuple(
        Template(file.name.removesuffix(".txt"), text) for file in _files("templates") for text in _blocks(file)
    )


@cache
def phrases() -> Mapping[str, tuple[str, ...]]:
    """Return the lists of phrases, by name."""
    return {
        file.name.removesuffix(".txt"): tuple(line.strip() for line in _read(file).splitlines() if line.strip())
        for file in _files("phrases")
    }


def filled(template: Template, values: Values, rng: random.Random) -> Parts:
    """Return the template with a value in each slot; a person is the same one throughout."""
    people: dict[str, Person] = {}
    text = _CHOICE.sub(lambda match: rng.choice(match[1].split("|")), template.text)
    parts: Parts = []
    last = 0
    for match in _PLACE.finditer(text):
        parts.append((text[last : match.start()], None))
        last = match.end()
        if match["phrase"]:
            parts.append((rng.choice(phrases()[match["phrase"]]), None))
            continue
        person = people.setdefault(match["who"], values.person()) if match["who"] else values.person()
        parts += values.make(match["slot"], person)
    parts.append((text[last:], None))
    return [part for part in parts if part[0]]


def _files(folder: str) -> list[Traversable]:
    found = resources.files(_FOLDER).joinpath(folder).iterdir()
    return sorted((file for file in found if file.name.endswith(".txt")), key=lambda file: file.name)


def _blocks(file: Traversable) -> Iterator[str]:
    lines = [line for line in _read(file).splitlines() if not line.startswith("## ")]
    for block in re.split(r"^%%[ \t]*$", "\n".join(lines), flags=re.MULTILINE):
        if block.strip():
            yield block.strip("\n")


def _read(file: Traversable) -> str:
    return file.read_text(encoding="utf-8")
