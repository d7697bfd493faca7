"""What each word of a text weighs as a name: by its list, the dictionary, its vector, its ending, and its neighbours.

French words are seldom names; names resemble names.
"""

from bisect import bisect_left

from filters.identifiers.detectors.eponym import is_enumerated, is_eponymous, is_quoted
from filters.identifiers.detectors.facts import GRADES
from filters.identifiers.detectors.language import Reading
from filters.identifiers.lexicon.words import Word

THINGS = frozenset(["le", "la", "l'", "les", "un", "une", "du", "des", "au", "aux", "ce", "cet", "cette", "sous"])
"""Words after which a lone word is a thing, whatever its capitals: `l'Elisa`, `d'un Olivier`, `sous Jasmine`."""


class Weighed:
    """The words of one text, weighed."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = reading.words
        self.starts = reading.starts
        self.facts = reading.facts

    def within(self, start: int, end: int) -> range:
        """Return the indices of the words that lie whole between two offsets."""
        first = last = bisect_left(self.starts, start)
        while last < len(self.words) and self.words[last].end <= end:
            last += 1
        return range(first, last)

    def is_french(self, word: Word) -> bool:
        """Whether the dictionary has the word, other than as a surname."""
        return self.facts[word.text].french

    def is_given(self, word: Word) -> bool:
        """Whether the word is a listed first name."""
        return self.facts[word.text].given

    def is_surname(self, word: Word) -> bool:
        """Whether the word is a listed surname."""
        return self.facts[word.text].surname

    def is_borne(self, word: Word) -> bool:
        """Whether people bear the word as a name, though it may be a plain word too: Petit, Sauvage, Rose."""
        return self.facts[word.text].borne

    def is_clinical(self, word: Word) -> bool:
        """Whether the word belongs to the hospital's own language."""
        return self.facts[word.text].clinical

    def likeness(self, word: Word) -> float:
        """Return how much the word by itself looks like a name, about -1 to 1."""
        return self.facts[word.text].likeness

    def is_excluded(self, word: Word) -> bool:
        """Whether the word can be no name without a title: numbers, grammar, clinical words, acronyms."""
        return self.facts[word.text].excluded

    def is_graded(self, index: int) -> bool:
        """Whether a figure follows without a space, or a grade: `J2`, `PaCO2`, `Crawford II`, `GEORGES M 08/08`."""
        if index + 1 == len(self.words):
            return False
        word, after = self.words[index : index + 2]
        sex = word.text in {"M", "F"} and after.number and after.before == " "
        return (after.number and after.before == "") or sex or (after.text in GRADES and after.before == " ")

    def is_thing(self, index: int) -> bool:
        """Whether a word alone is used as a thing: `d'un Patey`, `sous Jasmine`, `Ranson, Balthazar`, `Kudo IIIL`."""
        word = self.words[index]
        before = self.words[index - 1].folded if index and word.before in {" ", ""} else ""
        return before in THINGS or self.is_graded(index) or is_enumerated(self.words, index)

    def is_quoted(self, index: int) -> bool:
        """Whether the word is an author: `et al.` follows."""
        return is_quoted(self.words, index)

    def is_eponymous(self, index: int) -> bool:
        """Whether the word names a disease, a sign, a device, an author quoted: not a person of the record."""
        return is_eponymous(self.words, index)
