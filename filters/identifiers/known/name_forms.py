"""What is written for the names of a patient: each word alone, words run together, initials, what a cut leaves."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations, pairwise, product

from filters.identifiers.entity import Label
from filters.identifiers.known import ordinary
from filters.identifiers.known.patient import KnownName
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import clean, fold

_WORD = re.compile(r"[^\W\d_]+")
_NO_NAMES = lists.words("titles") | lists.words("civil_status")
_SAINTS = {"saint": "st", "st": "saint", "sainte": "ste", "ste": "sainte"}

_MOST_WORDS = 12
_MOST_JOINED = 6
"""Words of one name, and those that are run together: the forms of a longer one would be too many."""
_SHORTEST_SURE = 3
"""Shorter names are words: `le`, `su`, `an`."""
_LONGEST_PLURAL_SKIPPED = 3
_RUN_TOGETHER = 4
"""Letters that words run together need, so that they are no word by chance."""
LONG = 6
"""Letters that a name needs before a slip, or a cut, still lets it be known."""
CUT = 5
"""Letters that a cut must leave."""


@dataclass(frozen=True, slots=True, repr=False)
class NameForms:
    """How a patient's names are written; every word is folded."""

    words: Mapping[str, Label]
    """Words, and words run together, that are a name when they stand whole."""
    doubtful: frozenset[str]
    """Those of them that are words as well, or hardly two letters: something else must say that they are a name."""
    single: Mapping[str, Label]
    """Each word of the names by itself."""
    long: Mapping[str, Label]
    """Those of them that are still known with a slip."""
    cut: Mapping[str, Label]
    """What a cut may leave of the long ones."""
    particles: frozenset[tuple[str, str]]
    """Small words of a surname, each with the word that follows it there."""
    given_initials: frozenset[str]
    family_initials: frozenset[str]
    monograms: frozenset[str]
    """Initials of the whole name: `jd`, `jpd`, `dj`."""


@dataclass(frozen=True, slots=True, repr=False)
class _Parts:
    """The words of one name."""

    family: tuple[tuple[str, ...], ...]
    given: tuple[tuple[str, ...], ...]


def name_forms(names: Iterable[KnownName]) -> NameForms:
    """Return what is written for these names."""
    words: dict[str, Label] = {}
    single: dict[str, Label] = {}
    particles: set[tuple[str, str]] = set()
    initials: tuple[set[str], set[str]] = (set(), set())
    monograms: set[str] = set()
    for parts in map(_parts, names):
        givens = [own for value in parts.given for own in _own(value)]
        families = [own for value in parts.family for own in _own(value)]
        particles.update(pair for value in parts.family for pair in _with_particles(value))
        single.update(dict.fromkeys(givens, Label.PRENOM) | dict.fromkeys(families, Label.NOM))
        words.update(_run_together(parts))
        initials[0].update(_initials(parts.given))
        initials[1].update(_initials(map(_own, parts.family)))
        monograms.update(
            pair
            for given, family in product(_initials(parts.given), _initials(map(_own, parts.family)))
            for pair in (given + family, family + given)
        )
    words = {**words, **_plurals(single), **single}
    long = {word: label for word, label in single.items() if len(word) >= LONG}
    return NameForms(
        words=words,
        doubtful=frozenset(filter(_is_doubtful, words)),
        single=single,
        long=long,
        cut={word[:end]: label for word, label in long.items() for end in range(CUT, len(word))},
        particles=frozenset(particles),
        given_initials=frozenset(initials[0]),
        family_initials=frozenset(initials[1]),
        monograms=frozenset(monograms),
    )


def _parts(name: KnownName) -> _Parts:
    """Return the words of a name; of a whole text, those that its parts do not hold."""
    family, given = _words(name.family), [_words(value) for value in name.given]
    told = {*family, *(word for value in given for word in value)}
    rest = [
        found[0]
        for found in _WORD.finditer(clean(name.text).text)
        if fold(found[0]) not in told and fold(found[0]) not in _NO_NAMES
    ]
    capitals = [word for word in rest if word.isupper() and len(word) > 1]
    if family or not rest:
        surname: list[str] = rest
    elif capitals and len(capitals) < len(rest):
        surname = capitals
    else:
        surname = rest[-1:]
    families = [value for value in (family, tuple(map(fold, surname))) if value]
    others = [(fold(word),) for word in rest if word not in surname]
    return _Parts(tuple(families), tuple(value for value in (*given, *others) if value))


def _words(value: str) -> tuple[str, ...]:
    return tuple(_WORD.findall(fold(clean(value).text))[:_MOST_WORDS])


def _own(value: tuple[str, ...]) -> tuple[str, ...]:
    """Return the words that are a name's own; small words only where it has no other."""
    own = tuple(word for word in value if word not in lists.words("particles") and len(word) > 1)
    return own or value


def _with_particles(value: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    """Yield the small words of a surname, as they may be written, with the words that follow them."""
    for word, following in pairwise(value):
        if word not in _own(value):
            yield from product({word, _SAINTS.get(word, word)}, {following, _SAINTS.get(following, following)})


def _run_together(parts: _Parts) -> dict[str, Label]:
    """Return words of one name without their spaces, alone and beside the other name: `jeandupont`, `dupontjp`."""
    families = {_joined for value in parts.family for _joined in _joins(value)}
    givens = {_joined for value in parts.given for _joined in _joins(value)}
    whole = {"".join(word for value in parts.given for word in value)}
    heads = givens | whole | set(_initials(parts.given))
    both = {pair for given, family in product(heads, families) for pair in (given + family, family + given)}
    found = dict.fromkeys(both, Label.NOM) | dict.fromkeys(givens, Label.PRENOM) | dict.fromkeys(families, Label.NOM)
    particles = lists.words("particles")
    return {word: label for word, label in found.items() if len(word) >= _RUN_TOGETHER and word not in particles}


def _joins(value: tuple[str, ...]) -> Iterator[str]:
    """Yield the sequences of a name's words, run together; no small word alone."""
    kept = value[:_MOST_JOINED]
    for start, end in combinations(range(len(kept) + 1), 2):
        if set(kept[start:end]) & set(_own(value)):
            yield "".join(kept[start:end])


def _initials(values: Iterable[tuple[str, ...]]) -> Iterator[str]:
    """Yield the initials of each word, of each value, and of all of them: `j`, `p`, `jp`, `jpm`."""
    listed = [tuple(word[0] for word in value) for value in values if value]
    for letters in listed:
        yield from letters
        yield "".join(letters)
    every = [letter for letters in listed for letter in letters]
    yield from ("".join(every[:end]) for end in range(1, min(len(every), _MOST_JOINED) + 1))


def _plurals(single: Mapping[str, Label]) -> dict[str, Label]:
    """Return `les duponts`."""
    return {
        f"{word}s": label
        for word, label in single.items()
        if label is Label.NOM and len(word) > _LONGEST_PLURAL_SKIPPED and not word.endswith(("s", "x", "z"))
    }


def _is_doubtful(word: str) -> bool:
    cased = word.upper() != word
    return (
        (cased and len(word) < _SHORTEST_SURE) or ordinary.is_listed(word) or ordinary.is_listed(word.removesuffix("s"))
    )
