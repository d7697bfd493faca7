"""What each word of a text weighs as a name: by its list, the dictionary, its vector, its ending, and its neighbours.

French words are seldom names; names resemble names.
"""

from bisect import bisect_left
from itertools import pairwise

from filters.identifiers.detectors.eponym import is_enumerated, is_eponymous, is_quoted
from filters.identifiers.detectors.facts import GRADES
from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.usage import POSSESSIVES, THINGS
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_LETTERS = 3
"""Letters of the shortest abbreviation that is not taken for initials."""
_HOSPITALS = frozenset({"chu", "chr", "chru", "chs", "chi", "chg", "hia", "ghu", "ehpad", "esp"})


class Weighed:
    """The words of one text, weighed."""

    def __init__(self, reading: Reading) -> None:
        self.reading = reading
        self.words = reading.words
        self.starts = reading.starts
        self.facts = reading.facts
        self.usage = reading.usage

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

    def is_code(self, index: int) -> bool:
        """Whether a letter is no initial: in a row of lone letters, as shifts are (`M M R R N`), or of `E.C.G.`."""
        if not self.words[index].letter:
            return False
        words = self.words[max(0, index - 2) : index + 3]
        joined = (after.letter and before.letter and after.before.isspace() for before, after in pairwise(words))
        return sum(joined) > 1 or self._is_abbreviated(index)

    def _is_abbreviated(self, index: int) -> bool:
        """Whether a letter belongs to an abbreviation of medicine with full stops; of two letters, people are meant."""
        first = last = index
        while first and self.words[first].before == "." and self.words[first - 1].letter:
            first -= 1
        while last + 1 < len(self.words) and self.words[last + 1].before == "." and self.words[last + 1].letter:
            last += 1
        letters = "".join(word.folded for word in self.words[first : last + 1])
        return len(letters) >= _LETTERS and lists.is_clinical(letters) and letters not in _HOSPITALS

    def is_thing(self, index: int) -> bool:
        """Whether a word alone is used as a thing: `d'un Patey`, `sous Jasmine`, `Ranson, Balthazar`, `Kudo IIIL`."""
        word = self.words[index]
        before = self.words[index - 1].folded if index and word.before in {" ", ""} else ""
        return before in THINGS or self.is_graded(index) or is_enumerated(self.words, index)

    def opens_sentence(self, index: int) -> bool:
        """Whether a word of the dictionary opens a sentence and governs what follows: `Durant son séjour`."""
        word = self.words[index]
        if index + 1 == len(self.words) or self.is_borne(word) or not self.facts[word.text].in_dictionary:
            return False
        after = self.words[index + 1]
        opens = index == 0 or any(sign in word.before for sign in ".!?\n")
        return opens and after.before == " " and (after.folded in THINGS or after.folded in POSSESSIVES)

    def is_quoted(self, index: int) -> bool:
        """Whether the word is an author: `et al.` follows."""
        return is_quoted(self.words, index)

    def is_eponymous(self, index: int) -> bool:
        """Whether the word names a disease, a sign, a device, an author quoted: not a person of the record."""
        return is_eponymous(self.words, index)
