"""People the language model sees: medium evidence, kept only where the words themselves may be a name."""

import re
from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.eponym import is_enumerated
from filters.identifiers.detectors.language import Entity, Reading
from filters.identifiers.detectors.names import PARTICLES, THINGS, Names
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon.words import Word, within

_RECENT = re.compile(r"199\d|20\d\d")
_LIKE = 0.35
_VERY_LIKE = 0.6


class PersonModel(WordRecognizer):
    """Finds NOM, PRENOM and PERSONNE in the entities of the model, cleaned of what is certainly no name."""

    labels: ClassVar = (Label.NOM, Label.PRENOM, Label.PERSONNE)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield what remains of each PER entity."""
        names = Names(reading)
        for entity in reading.entities:
            if entity.label_ != "PER":
                continue
            words = _kept(names, entity)
            alone = len([word for word in words if not word.letter]) == 1
            if words and _credible(names, words) and not (alone and _is_thing(names, words[0])):
                yield from names.spans(words, 0.6, self.name, Label.PERSONNE)


def _kept(names: Names, entity: Entity) -> list[Word]:
    """Return the words of the entity that may be a name; none if one of them says that it names a thing."""
    inside = within(names.words, entity.start_char, entity.end_char)
    if any(names.is_eponymous(index) for index in inside):
        return []
    words = [names.words[index] for index in inside]
    while words and (names.is_excluded(words[0]) or words[0].folded in PARTICLES or words[0].letter):
        words.pop(0)
    while len(words) > 1 and words[0].lower and not names.is_given(words[0]) and names.likeness(words[0]) < 0:
        words.pop(0)
    while words and (names.is_excluded(words[-1]) or words[-1].folded in PARTICLES):
        words.pop()
    return words


def _is_thing(names: Names, word: Word) -> bool:
    """Whether a word alone is used as a thing: `d'un Patey`, `sous Jasmine`, `Ranson, Balthazar`."""
    index = within(names.words, word.start, word.end)[0]
    before = names.words[index - 1].folded if index and word.before in {" ", ""} else ""
    return before in THINGS or names.is_graded(index) or is_enumerated(names.words, index) or _is_cited(names, index)


def _is_cited(names: Names, index: int) -> bool:
    """Whether a recent year in brackets follows, as after authors: `Dupond (2020)`."""
    after = names.words[index + 1 : index + 2]
    return any(word.before == " (" and _RECENT.fullmatch(word.text) is not None for word in after)


def _credible(names: Names, words: list[Word]) -> bool:
    plain = [word for word in words if word.folded not in PARTICLES and not word.letter]
    if not plain or any(names.is_excluded(word) or (names.is_french(word) and word.lower) for word in plain):
        return False
    likeness = sum(map(names.likeness, plain)) / len(plain)
    lowest = _LIKE if all(not word.lower for word in plain) else _VERY_LIKE
    return likeness > lowest and not any(names.is_french(word) and len(plain) == 1 for word in plain)
