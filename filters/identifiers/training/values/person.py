"""Somebody of a text: every value drawn for them fits their name and birth date, and stays the same."""

from dataclasses import dataclass, field
from datetime import date

from filters.identifiers.training.values.numbers import Piece


@dataclass(frozen=True, slots=True)
class Person:
    """Who stands behind a number in a template, with the things given to them so far."""

    nom: str
    prenom: str
    prenom2: str
    naissance: str
    ddn: date
    kept: dict[str, Piece] = field(default_factory=dict, compare=False, repr=False)
    """Values already made for this person, by slot: drawn late, since most people of a text only need a name."""
