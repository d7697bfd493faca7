"""Words of French, terms that medicine could have, things with a name: what stands in prose and names nobody."""

import random
from functools import cache

from filters.identifiers.detectors import vocabulary
from filters.identifiers.training.templates import phrases
from filters.identifiers.training.values.lists import entries, lines

_PREFIXED = 0.4
_COMPOUND = 0.2


@cache
def french() -> tuple[str, ...]:
    """Return the words of the dictionary, with their accents, in order."""
    return vocabulary.lemmas()


def coined(rng: random.Random) -> str:
    """Return a term that Greek and Latin pieces make, whether or not somebody has used it."""
    beginning = rng.choice(entries("termes_debuts")) if rng.random() < _PREFIXED else ""
    roots = entries("termes_racines")
    middle = rng.choice(roots) + (rng.choice(roots) if rng.random() < _COMPOUND else "")
    return beginning + middle + rng.choice(entries("termes_fins"))


def thing(rng: random.Random, surname: str, other: str) -> str:
    """Return a thing, named after somebody or with a name like any: nobody of the text."""
    kind = rng.choices(("eponym", "surname", "coined", "word", "unknown"), (40, 25, 15, 10, 10))[0]
    if kind == "eponym":
        return rng.choice(lines("tournures_eponymes")).format(surname, other)
    named = {"surname": lambda: surname, "coined": lambda: coined(rng), "word": lambda: rng.choice(french())}
    name = named[kind]() if kind in named else rng.choice(phrases()["inconnu"])
    written = rng.choice((str.lower, str.lower, str.capitalize, str.upper))
    return rng.choice(lines("tournures_choses")).format(written(name))
