"""Names of people: of the lists, and such as no list holds."""

import random
import re
import unicodedata

from filters.identifiers.training.values.grammar import Grammar
from filters.identifiers.training.values.lists import entries

_UNSEEN_SURNAMES = 0.40
_ORDINARY_WORDS = 0.11
_DOUBLE_SURNAMES = 0.03
_UNSEEN_FIRST_NAMES = 0.15
_DOUBLE_FIRST_NAMES = 0.02
_STUTTER = re.compile(r"([aiuyéëï])\1+|(\w)\2{2,}")
_INNER_CAPITAL = re.compile(r"(?<=[^\W\d_A-Z])[A-Z]")
_LONGEST = 18
_DOUBLED_SYLLABLES = 0.2
_FIRST_SYLLABLE = re.compile(r"[bcdfgjklmnprstvz][aeéiou]", re.IGNORECASE)
_CUT_SHORT = 0.35
_SHORT_NAME = re.compile(r"[^\W\d_]{2,4}?[bcdfgklmnprstvxz](?=[^\W\d_]{2})")


class Names:
    """Draws surnames and first names."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._surnames = entries("noms")
        self._words = entries("noms_communs")
        self._first_names = entries("prenoms")
        self._nicknames = entries("surnoms")
        self._surname_grammar = Grammar("noms", rng)
        self._first_name_grammar = Grammar("prenoms", rng)

    def surname(self) -> str:
        """Return a surname; about two in five are in no list, one in ten is also an ordinary word."""
        drawn = self._rng.random()
        if drawn < _DOUBLE_SURNAMES:
            return f"{self._single()}{'-' if drawn < _DOUBLE_SURNAMES * 0.7 else ' '}{self._single()}"
        return self._single()

    def long_surname(self) -> str:
        """Return a surname of two or three words, with its particle where it has one."""
        return written(self._surname_grammar, "nom_long")

    def nickname(self, first_name: str) -> str:
        """Return what friends and family say: the first syllable twice, a name cut short, or a usual one."""
        drawn = self._rng.random()
        if drawn < _DOUBLED_SYLLABLES and (syllable := _FIRST_SYLLABLE.match(first_name)):
            return (syllable[0] * 2).capitalize()
        if drawn < _CUT_SHORT and (short := _SHORT_NAME.match(first_name)):
            return short[0]
        return self._rng.choice(self._nicknames)

    def _single(self) -> str:
        drawn = self._rng.random()
        if drawn < _UNSEEN_SURNAMES:
            return written(self._surname_grammar, "nom")
        if drawn < _UNSEEN_SURNAMES + _ORDINARY_WORDS:
            return self._rng.choice(self._words)
        return self._rng.choice(self._surnames)

    def first_name(self) -> str:
        """Return a first name of any generation and origin."""
        drawn = self._rng.random()
        if drawn < _UNSEEN_FIRST_NAMES:
            return written(self._first_name_grammar, "prenom")
        name = self._rng.choice(self._first_names)
        if drawn > 1 - _DOUBLE_FIRST_NAMES and "-" not in name:
            return f"{name}-{self._rng.choice(self._first_names).split('-')[0]}"
        return name


def written(grammar: Grammar, rule: str) -> str:
    """Return a made-up word that is neither stuttered nor endless."""
    for _ in range(4):
        word = grammar.write(rule)
        if len(word) <= _LONGEST:
            break
    return _INNER_CAPITAL.sub(lambda match: match[0].lower(), _STUTTER.sub(r"\1\2", word))


def letters(name: str) -> str:
    """Return the name as it stands in a mail address: lower case, no accents; hyphens and spaces stay."""
    decomposed = unicodedata.normalize("NFD", name.lower().replace("œ", "oe").replace("ø", "o").replace("ı", "i"))
    return "".join(letter for letter in decomposed if (letter.isascii() and letter.isalpha()) or letter in "- ")
