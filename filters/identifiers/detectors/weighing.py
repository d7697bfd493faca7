"""What each word of a text weighs as a name: by its list, the dictionary, its vector, its ending, and its neighbours.

French words are seldom names; names resemble names.
"""

from dataclasses import dataclass

from filters.identifiers.detectors.eponym import is_enumerated, is_eponymous, is_quoted
from filters.identifiers.detectors.language import Reading
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

HEADERS = lists.words("headers")
"""Names of fields: the header of a table holds no value."""

_REFUSED = lists.words("never_names") | HEADERS

THINGS = frozenset(["le", "la", "l'", "les", "un", "une", "du", "des", "au", "aux", "ce", "cet", "cette", "sous"])
"""Words after which a lone word is a thing, whatever its capitals: `l'Elisa`, `d'un Olivier`, `sous Jasmine`."""

_SHORT = 4
"""First names this short are acronyms too, unless written with a capital: Ana, Rita."""

GRADES = frozenset({"II", "III", "IV", "VI", "VII", "VIII", "IX"})

_PURE = 0.45
"""A surname that resembles names this much is one, even if the dictionary has it (moreau, dupont)."""

_UNKNOWN = 0.2
_UNKNOWN_CLINICAL = -0.5


@dataclass(frozen=True)
class Weighed:
    """The words of one text, weighed."""

    reading: Reading

    @property
    def words(self) -> tuple[Word, ...]:
        """The words of the text."""
        return self.reading.words

    def is_french(self, word: Word) -> bool:
        """Whether the dictionary has the word, other than as a surname."""
        known = self.reading.french.get(word.text)
        if known is None:
            known = self.reading.french[word.text] = self._is_french(word)
        return known

    def _is_french(self, word: Word) -> bool:
        knowledge = self.reading.knowledge
        if not knowledge.is_french(word.text):
            return False
        plain = not self.is_surname(word) or word.folded in lists.words("name_words")
        return plain or (knowledge.nameness(word.text) or 0.0) <= _PURE

    def is_given(self, word: Word) -> bool:
        """Whether the word is a listed first name."""
        return word.folded in lists.words("given_names")

    def is_surname(self, word: Word) -> bool:
        """Whether the word is a listed surname."""
        return word.folded in lists.words("surnames")

    def is_borne(self, word: Word) -> bool:
        """Whether people bear the word as a name, though it may be a plain word too: Petit, Sauvage, Rose."""
        return self.is_given(word) or self.is_surname(word) or word.folded in lists.words("name_words")

    def likeness(self, word: Word) -> float:
        """Return how much the word by itself looks like a name, about -1 to 1."""
        if self.is_given(word) or self.is_surname(word):
            return 0.9
        vector = self.reading.knowledge.nameness(word.text)
        if vector is not None:
            return vector
        if self.is_french(word) or lists.ends_clinically(word.folded):
            return _UNKNOWN_CLINICAL
        return _UNKNOWN

    def is_excluded(self, word: Word) -> bool:
        """Whether the word can be no name without a title: numbers, grammar, clinical words, acronyms."""
        if word.number or word.folded in _REFUSED or word.text.endswith("'") or word.text in GRADES:
            return True
        if self.is_given(word) and (word.capital or len(word.text) > _SHORT):
            return word.upper and word.folded in lists.words("clinical")
        return lists.is_clinical(word.folded)

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
