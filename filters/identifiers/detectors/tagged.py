"""What the clinical tagger believes: runs of tokens with one label, as sure as their tokens are on average."""

import re
from collections.abc import Iterator
from typing import ClassVar

import numpy as np
from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import PARTICLES, TITLES, Names
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word
from filters.identifiers.overlaps import PEOPLE
from filters.identifiers.tagger.features import Floats
from filters.identifiers.tagger.model import TAGS, Marked

LOWEST = 0.2
"""A token less likely than this to be part of any identifier is none."""

CEILING = 0.84
"""However sure, the network leaves the last word to what has a title, a role, a label, a form or a checksum."""

_TOWNS = lists.words("cities") | lists.words("towns") | lists.words("towns_abroad")

_NAMED = PEOPLE | {Label.VILLE, Label.HOPITAL, Label.ORGANISATION}
_HOUSES = frozenset({Label.HOPITAL, Label.ORGANISATION})
_DATED = frozenset({Label.DATE, Label.DATE_NAISSANCE, Label.AGE_SUP_89})
_NUMBERS = frozenset(Label) - _NAMED - _DATED - {Label.ADRESSE, Label.MAIL}

ENOUGH = (
    dict.fromkeys(Label, 0.5)
    | dict.fromkeys(PEOPLE, 0.4)
    | dict.fromkeys(_NUMBERS, 0.7)
    | {Label.DATE: 0.3}  # a date too many costs a reader little
    | {Label.ADRESSE: 0.9}  # ribs and teeth are numbered as houses are: `la 5 ème côte`
)
"""What it takes to believe the network, by label. Raising one leaks more, lowering one masks clinical words."""

STRANGE = 0.5
"""What a lone word needs that no list of names has."""

TYPED = 0.3
"""The same of one in lower case: rare terms have their capital in print, so that the network is seldom wrong there."""

SURE = 0.8
"""What a word needs that grammar and lists say to be a thing."""

CERTAIN = 0.99
"""What a lone letter needs, and a place named by plain words: `travaille en entreprise`."""

NEVER = 2.0
"""Authors of papers are nobody of the record."""

_HERE = 0.5
"""The least that the analyzer takes."""

_SHORTEST = 4
"""Letters and digits of the shortest number that is believed without a rule."""

_ABBREVIATED = 4
"""Letters of the longest abbreviation that is no town."""

_LEAST = {Label.IBAN: 10, Label.FINESS: 9, Label.ADELI: 8, Label.RPPS: 8}
"""The same of numbers that have one length, less what is lost in typing."""

_OLD = 89
"""Ages up to this are common to too many to point at anybody."""

_DRUG = "34009"
_DRUG_LENGTH = 13
"""How the number of a French drug begins, and how long it is (CIP13)."""

_MEASURED = re.compile(r"\d{3}/\d{2,3}|(?!1[89]|2[01]|[0-3]\d(?:0\d|1[0-2]))\d{4}")
"""A blood pressure, or four figures that no year has, nor a day and a month: a model has to read them."""

_RANGE = re.compile(r"(\d{1,4}) ?[-–à] ?(\d{1,4})")
_ANNOUNCED = re.compile(r"[a-zà-ÿ]{1,12}[ :]{1,3}(?=[A-Z]{0,4}\d)")
"""The word that announces a number, which the network took with it: `nip 4400228`."""
_LARGE = 1000
"""From here on numbers with a dash between are normal values only where they are round: a year and a number are not."""

_LONGEST_KIND = 2
"""Words that say what a house is: `centre hospitalier`."""

_BRIDGES = frozenset("-'./")
"""Signs that may stand inside one identifier though the network took them for none: `J.-P.`."""
_MOST_BRIDGES = 2


class Tagged(WordRecognizer):
    """Finds every label, by the words around as much as by the words themselves."""

    labels: ClassVar = tuple(Label)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield the runs that are sure enough for what they are."""
        marked, names = reading.marked, Names(reading)
        masked = 1.0 - marked.chances[:, 0]
        for label, places in _runs(marked):
            score = _score(masked[places], label)
            start, end = marked.tokens.starts[places[0]], marked.tokens.ends[places[-1]]
            words = names.within(start, end)
            if label in PEOPLE and len(words) > 1 and _is_title(names, words[0]):
                words = words[1:]
                start = names.words[words[0]].start
            if label in _NUMBERS and (announced := _ANNOUNCED.match(text, start, end)):
                start = announced.end()
            written = text[start:end]
            if score >= _needed(names, label, words) and _is_formed(label, written):
                yield Span(start, end, label, min(max(score, _HERE), CEILING), self.name)


def _score(masked: Floats, label: Label) -> float:
    """Return how sure the network is of a run: on average, of a house without what it is.

    `clinique` or `centre hospitalier` may or may not belong to the name; doubts of that are none of the name itself.
    """
    # Not `mean()`, which takes longer than all the rest of a run.
    means = [float(np.add.reduce(masked[first:]) / (len(masked) - first)) for first in range(_heads(masked, label))]
    return max(means)


def _heads(masked: Floats, label: Label) -> int:
    return max(1, min(_LONGEST_KIND + 1, len(masked) - 1)) if label in _HOUSES else 1


def _runs(marked: Marked) -> Iterator[tuple[Label, list[int]]]:
    """Yield each run of neighbours with one label: its label, and which tokens they are."""
    run: tuple[Label, list[int]] | None = None
    best = marked.chances[:, 1:].argmax(axis=1) + 1
    for place in map(int, (marked.chances[:, 0] <= 1.0 - LOWEST).nonzero()[0]):
        label = TAGS[best[place]]
        if label is None:
            continue
        if run is not None and run[0] is label and _follows(marked, run[1][-1], place):
            run[1].append(place)
            continue
        if run is not None:
            yield run
        run = (label, [place])
    if run is not None:
        yield run


def _follows(marked: Marked, last: int, place: int) -> bool:
    between = marked.tokens.texts[last + 1 : place]
    return len(between) <= _MOST_BRIDGES and all(text in _BRIDGES for text in between)


def _is_formed(label: Label, written: str) -> bool:
    """Whether an identifier of this kind may be written so: a mail has an `@`, a number some length."""
    if label is Label.MAIL:
        return "@" in written
    if label is Label.AGE_SUP_89:
        return not written.isdigit() or int(written) > _OLD
    if label is Label.DATE and _MEASURED.fullmatch(written):
        return False
    signs = "".join(filter(str.isalnum, written))
    if label not in _NUMBERS:
        return True
    if label is not Label.ID and written.isalpha():
        return False  # the label of a number; one that is spelt out takes several words
    drug = len(signs) == _DRUG_LENGTH and signs.startswith(_DRUG)
    return len(signs) >= _LEAST.get(label, _SHORTEST) and not drug and not _is_normal(written)


def _is_normal(written: str) -> bool:
    """Whether two short numbers with a dash between are the normal values of a result: `150-400`, not `2023-0457`."""
    match = _RANGE.fullmatch(written)
    if match is None:
        return False
    least, most = int(match[1]), int(match[2])
    round_ones = least % 10 == most % 10 == 0
    return least < most and not match[2].startswith("0") and (most < _LARGE or (round_ones and least >= _LARGE))


def _needed(names: Names, label: Label, places: range) -> float:
    """Return how sure the network has to be: more where grammar, lists and the dictionary say that a thing stands."""
    words = [names.words[place] for place in places]
    if label not in _NAMED:
        return ENOUGH[label]
    if places and all(map(names.is_code, places)):
        return NEVER
    if label in PEOPLE and _is_nobody(names, places):
        return NEVER
    if all((word.lower and names.is_french(word)) or names.is_excluded(word) for word in words):
        # Typed in haste, a house has no capital to be known by: `foyer les tamaris`.
        hurried = label in _HOUSES and len(words) > 1 and not names.usage.careful
        return SURE if label in PEOPLE or hurried else CERTAIN
    if label in PEOPLE:
        return _needed_of_a_name(names, places, words)
    return SURE if label is Label.VILLE and _is_unlikely_town(names, words) else ENOUGH[label]


def _is_unlikely_town(names: Names, words: list[Word]) -> bool:
    """Whether a lone word that no list of towns has is written as abbreviations or, in a careful text, as terms are."""
    if len(words) != 1 or words[0].folded in _TOWNS:
        return False
    return (words[0].lower and names.usage.careful) or (words[0].upper and len(words[0].text) <= _ABBREVIATED)


def _needed_of_a_name(names: Names, places: range, words: list[Word]) -> float:
    alone = len(words) == 1
    if alone and words[0].letter:
        return CERTAIN
    listed = names.is_given(words[0]) or names.is_surname(words[0])
    particles = all(word.folded in PARTICLES for word in words)
    if particles or any(map(names.is_eponymous, places)) or (alone and names.is_thing(places[0])):
        return SURE
    lower = all(word.lower for word in words)
    if lower and names.usage.careful and (not listed or all(names.facts[word.text].in_dictionary for word in words)):
        return CERTAIN
    if listed:
        return ENOUGH[Label.NOM]
    if (
        alone
        and words[0].before == "."
        and any(word.before == "_" for word in names.words[places.stop : places.stop + 1])
    ):
        return SURE  # a column: `m.dat_sor`
    return TYPED if lower else STRANGE


def _is_nobody(names: Names, places: range) -> bool:
    """Whether grammar says that no person of the record can be meant, however sure the network is."""
    if any(names.is_quoted(place) for place in places):
        return True
    if len(places) != 1:
        return False
    word = names.words[places[0]]
    listed = names.is_given(word) or names.is_surname(word)
    spoken_of = not listed and not word.letter and names.usage.is_thing(word)
    return spoken_of or names.opens_sentence(places[0]) or _is_title(names, places[0])


def _is_title(names: Names, place: int) -> bool:
    """Whether the word is the title of who follows: `M. Texier`."""
    if names.words[place].folded not in TITLES or place + 1 == len(names.words):
        return False
    word, after = names.words[place : place + 2]
    return not (after.lower or (word.letter and after.letter)) and after.before in {" ", ". ", "."}
