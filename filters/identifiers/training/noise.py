"""How people really type: without capitals or accents, in capitals, with slips, glued words, broken lines.

Each way changes the pieces of a text and keeps their labels, so that what is masked stays known to the letter.
"""

import random
import re
import unicodedata
from collections.abc import Callable

from filters.identifiers.training.templates import Parts

Way = Callable[[Parts, random.Random], Parts]

_NAMES = frozenset({"NOM", "PRENOM", "PERSONNE"})
_PLACES = frozenset({"HOPITAL", "ORGANISATION", "VILLE"})
_FIGURES = frozenset({"DATE", "DATE_NAISSANCE", "TEL", "ZIP", "IPP", "NDA", "SECU"})
_KEYS = {
    "a": "qzs", "b": "vn", "c": "xv", "d": "sfe", "e": "rzd", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "km", "m": "lp", "n": "b,", "o": "ip", "p": "om", "q": "as", "r": "et", "s": "qd", "t": "ry",
    "u": "yi", "v": "cb", "w": "x", "x": "wc", "y": "tu", "z": "ae",
}  # fmt: skip
"""Neighbours on a French keyboard."""

_OCR = (("rn", "m"), ("m", "rn"), ("l", "1"), ("O", "0"), ("e", "c"), ("é", "6"), ("i", "l"), ("cl", "d"), ("h", "b"))
_FIGURES_READ = {"0": "Oo", "1": "lIi", "5": "S", "8": "B", "6": "b", "9": "g", "2": "Z"}
_CASED_CODES = frozenset({"IBAN", "MAIL", "ID", "IPP", "NDA", "SECU"})


def lower(parts: Parts, _: random.Random) -> Parts:
    """Write everything in lower case."""
    return [(text.lower(), label) for text, label in parts]


def upper(parts: Parts, _: random.Random) -> Parts:
    """Write everything in capitals."""
    return [(text.upper(), label) for text, label in parts]


def unaccented(parts: Parts, _: random.Random) -> Parts:
    """Leave accents out."""
    return [(_stripped(text), label) for text, label in parts]


def names_upper(parts: Parts, rng: random.Random) -> Parts:
    """Write family names in capitals, and sometimes first names too."""
    labels = {"NOM"} if rng.random() < 0.7 else {"NOM", "PRENOM"}  # noqa: PLR2004 (a share)
    return [(text.upper() if label in labels else text, label) for text, label in parts]


def names_lower(parts: Parts, rng: random.Random) -> Parts:
    """Write the names of people, and sometimes of places, without capitals, and the rest with them."""
    labels = _NAMES if rng.random() < 0.5 else _NAMES | _PLACES  # noqa: PLR2004 (a share)
    return [(text.lower() if label in labels else text, label) for text, label in parts]


def slips(parts: Parts, rng: random.Random) -> Parts:
    """Leave a letter out, double it, swap two, or hit the key beside it, in some words."""
    return [(_slipped(text, rng, 0.02), label) for text, label in parts]


def scanned(parts: Parts, rng: random.Random) -> Parts:
    """Read some letters for others, as a scanner does."""
    changed: Parts = []
    for text, label in parts:
        read = text
        for wrong, right in _OCR:
            if rng.random() < 0.15:  # noqa: PLR2004 (a share)
                read = read.replace(wrong, right, 1)
        changed.append((read, label))
    return changed


def misread(parts: Parts, rng: random.Random) -> Parts:
    """Read some figures of dates and numbers for letters, as a scanner does: `l7/06`."""

    def letter(match: re.Match[str]) -> str:
        return rng.choice(_FIGURES_READ[match[0]]) if rng.random() < 0.15 else match[0]  # noqa: PLR2004 (a share)

    return [(re.sub(r"[0125689]", letter, text) if label in _FIGURES else text, label) for text, label in parts]


def glued(parts: Parts, rng: random.Random) -> Parts:
    """Leave out a space here and there, and double others."""

    def blank(match: re.Match[str]) -> str:
        drawn = rng.random()
        return "" if drawn < 0.02 else "  " if drawn < 0.08 else match[0]  # noqa: PLR2004 (shares)

    return [(re.sub(r" ", blank, text) if label is None else text, label) for text, label in parts]


def unpunctuated(parts: Parts, rng: random.Random) -> Parts:
    """Leave out full stops and commas, or most of them."""
    share = rng.choice((0.5, 1.0))
    return [
        (
            re.sub(r"[,;.](?=\s|$)", lambda m: "" if rng.random() < share else m[0], text) if label is None else text,
            label,
        )
        for text, label in parts
    ]


def broken(parts: Parts, rng: random.Random) -> Parts:
    """Break lines at some spaces, inside identifiers too."""
    return [(re.sub(r" ", lambda m: "\n" if rng.random() < 0.06 else m[0], text), label) for text, label in parts]  # noqa: PLR2004 (a share)


def flattened(parts: Parts, _: random.Random) -> Parts:
    """Write several lines as one."""
    return [(re.sub(r"\s*\n\s*", " ", text), label) for text, label in parts]


def extracted(parts: Parts, rng: random.Random) -> Parts:
    """Lose some spaces and put others inside words, as text taken out of a PDF does, in identifiers too."""
    lost, put = rng.choice((0.03, 0.1, 0.2)), rng.choice((0.0, 0.02, 0.05))

    def torn(word: re.Match[str]) -> str:
        at = rng.randint(1, len(word[0]) - 2)
        return f"{word[0][:at]} {word[0][at:]}" if rng.random() < put else word[0]

    changed: Parts = []
    for text, label in parts:
        kept = re.sub(r" ", lambda blank: "" if rng.random() < lost else blank[0], text)
        changed.append((re.sub(r"[^\W\d_]{5,}", torn, kept) if label != "MAIL" else kept, label))
    return changed


_WAYS: tuple[tuple[float, tuple[Way, ...]], ...] = (
    (0.34, ()),
    (0.13, (lower,)),
    (0.11, (lower, unaccented)),
    (0.06, (lower, unaccented, unpunctuated)),
    (0.05, (lower, unaccented, slips)),
    (0.09, (names_upper,)),
    (0.04, (names_lower,)),
    (0.06, (upper,)),
    (0.03, (upper, unaccented)),
    (0.03, (unaccented,)),
    (0.02, (scanned,)),
    (0.04, (slips,)),
)
_LAYOUTS: tuple[tuple[float, Way], ...] = (
    (0.06, glued),
    (0.02, misread),
    (0.05, extracted),
    (0.06, broken),
    (0.06, flattened),
    (0.05, unpunctuated),
)


def typed(parts: Parts, rng: random.Random) -> Parts:
    """Return the pieces as somebody typed them: as written in one text of three, otherwise in some other way."""
    (ways,) = rng.choices([ways for _, ways in _WAYS], [share for share, _ in _WAYS])
    for way in ways:
        parts = way(parts, rng)
    for share, layout in _LAYOUTS:
        if rng.random() < share:
            parts = layout(parts, rng)
    return [part for part in parts if part[0]]


def _stripped(text: str) -> str:
    decomposed = unicodedata.normalize("NFD", text)
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def _slipped(text: str, rng: random.Random, share: float) -> str:
    letters: list[str] = []
    for letter in text:
        drawn = rng.random() if letter.isalpha() else 1.0
        if drawn > share or not letters:
            letters.append(letter)
        elif drawn < share / 4:
            continue
        elif drawn < share / 2:
            letters += [letter, letter]
        elif drawn < 3 * share / 4 and letters[-1].isalpha():
            letters[-1:] = [letter, letters[-1]]
        else:
            letters.append(rng.choice(_KEYS.get(letter.lower(), letter)))
    return "".join(letters)
