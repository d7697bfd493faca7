"""The grammar of names: which words may belong to one, how far it goes, which part is the first name.

Context decides how much weight of a word is enough: see `Trust`.
"""

from enum import Enum

from filters.identifiers.detectors.facts import GRADES, HEADERS
from filters.identifiers.detectors.weighing import Weighed
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

PARTICLES = lists.words("particles")
_NAME_WORDS = lists.words("name_words")
TITLES = lists.words("titles")
_NEVER = lists.words("never_names")
_FORM_WORDS = HEADERS | lists.words("civil_status")

LONGEST = 6
"""Words of the longest name that is read."""

_JOINS = frozenset({" ", "-", " - ", "", "- ", " -"})

_OPENING = frozenset({"le", "la", "van", "von", "el", "ben", "ait", "al", "da", "dos", "di", "mac"})
"""Particles that open a name in lower case; `de` after `le patient` is grammar."""

_ARTICLES = frozenset({"la", "le", "l'", "les"})

_HINTED = 0.2
_LIKE_TITLED = -0.2
_LIKE_PARTICLE = 0.1


class Trust(Enum):
    """How much the context already says that a name stands here."""

    LABEL = 0
    """A field named `nom`: whatever stands there is the name."""
    TITLE = 1
    """`Mme`, `Dr`: a name follows, unless the sentence goes on."""
    ROLE = 2
    """`le patient`, `sa fille`: a name may follow."""
    BESIDE = 3
    """A first name stands beside it."""
    NONE = 4


_LOWER_FIRST = {Trust.LABEL: -1.0, Trust.TITLE: -0.4, Trust.ROLE: 0.15, Trust.BESIDE: -0.3, Trust.NONE: 0.35}
_LOWER_NEXT = {Trust.LABEL: -0.3, Trust.TITLE: 0.0, Trust.ROLE: 0.1, Trust.BESIDE: -0.3, Trust.NONE: 0.35}
"""How much a word in lower case that no dictionary has must look like a name, first or later in the name."""


class Names(Weighed):
    """The names that the words of one text make."""

    def accepts(self, index: int, trust: Trust, position: int) -> bool:
        """Whether the word may be the one at `position` in a name, under this trust."""
        word = self.words[index]
        if word.letter:
            opens_nothing = position == 0 and word.text == "M" and trust is not Trust.TITLE
            return trust is not Trust.NONE and not (
                opens_nothing or self.is_graded(index) or (trust is not Trust.TITLE and self.is_code(index))
            )
        if self._is_refused(word, trust):
            return False
        if position == 0 and trust in (Trust.LABEL, Trust.TITLE):
            return trust is Trust.LABEL or self._accepts_titled(word)
        facts = self.facts[word.text]
        return not (facts.clinical and facts.excluded) and (
            self._accepts_bare(word, trust, position)
            or (position > 0 and trust is not Trust.NONE and self._compound(index))
        )

    def _compound(self, index: int) -> bool:
        """Whether the word follows a first name as another or as a surname, though it may be a plain word."""
        word = self.words[index]
        return self.is_given(self.words[index - 1]) and (word.capital or self.is_given(word) or self._is_hinted(word))

    def _is_hinted(self, word: Word) -> bool:
        """Whether the network takes a word that no dictionary has for a name at all, if less than it needs alone."""
        facts = self.facts[word.text]
        unknown = not (facts.in_dictionary or facts.clinical or facts.excluded)
        return unknown and self.reading.marked.most(word.start, word.end) >= _HINTED

    @staticmethod
    def _is_refused(word: Word, trust: Trust) -> bool:
        """Whether the word opens or continues no name, whatever the context."""
        if word.number or word.folded in _FORM_WORDS or word.text.endswith("'"):
            return True
        if word.text in GRADES and trust is not Trust.LABEL:
            return True
        if trust is Trust.LABEL:
            return word.folded in _NEVER and not word.capital
        return word.folded in TITLES or word.folded in _NEVER

    def _accepts_titled(self, word: Word) -> bool:
        """Weigh the word just after a title: only clinical words and plain words in lower case are no names there."""
        if word.folded in _NAME_WORDS:
            return True
        facts = self.facts[word.text]
        if facts.clinical and facts.excluded:
            return not word.lower and facts.surname
        return not word.lower or not facts.french or facts.likeness > _LIKE_TITLED

    def _accepts_bare(self, word: Word, trust: Trust, position: int) -> bool:
        """Weigh a word by itself; the less the context says, the more the word must."""
        announced = trust in (Trust.LABEL, Trust.TITLE)
        facts = self.facts[word.text]
        if facts.french:
            return not word.lower and facts.likeness > (0.0 if announced else 0.3)
        if word.lower:
            return facts.likeness > (_LOWER_NEXT if position else _LOWER_FIRST)[trust]
        return facts.likeness > (-0.6 if trust is not Trust.NONE else 0.0)

    def read(self, index: int, trust: Trust) -> list[Word]:
        """Return the words of the name that begins at `index`, particles included; none if no name does."""
        taken: list[Word] = []
        held: list[Word] = []
        position = 0
        while index < len(self.words) and len(taken) + len(held) < LONGEST:
            word = self.words[index]
            if (taken or held) and not self._joined(word, (held or taken)[-1]):
                break
            opens = bool(taken or held) or self._opens(index, trust)
            if opens and word.folded in PARTICLES and self._goes_on(index, trust):
                held.append(word)
            elif position and self._is_key(index):
                break
            elif (held and self._noble(word, trust)) or self.accepts(index, trust, position):
                taken += [*held, word]
                held = []
                position += 1
            else:
                break
            index += 1
        return taken

    def _is_key(self, index: int) -> bool:
        """Whether the word is the key of what follows: `prenom=Awa dn=…`."""
        return any(word.before.startswith("=") for word in self.words[index + 1 : index + 2])

    def _opens(self, index: int, trust: Trust) -> bool:
        """Whether a particle may be the first word of the name: not `DE` where all is in capitals."""
        word = self.words[index]
        if trust is Trust.ROLE:
            prose = index > 0 and word.before == " " and self.words[index - 1].upper
            return word.folded in _OPENING or not (word.lower or prose)
        return trust in (Trust.LABEL, Trust.TITLE)

    def _noble(self, word: Word, trust: Trust) -> bool:
        """Whether the word ends a name that particles opened: `de la Tour`, whatever the word means."""
        return trust is not Trust.NONE and word.folded not in PARTICLES and not self._is_refused(word, trust)

    def _goes_on(self, index: int, trust: Trust) -> bool:
        """Whether a name goes on after the particle at `index`: a particle before a plain word is grammar."""
        for ahead, word in enumerate(self.words[index + 1 : index + 4]):
            if word.before not in _JOINS:
                return False
            if word.folded not in PARTICLES:
                if word.folded in _NEVER or self.is_clinical(word) or word.number:
                    return False
                likely = self.likeness(word) > _LIKE_PARTICLE
                noble = trust in (Trust.TITLE, Trust.LABEL) and (
                    ahead > 0 or any(near.folded in PARTICLES for near in self.words[max(0, index - 2) : index])
                )
                if self._is_office(self.words[index], word, trust):
                    return False
                return noble or (not word.lower and trust is not Trust.NONE) or (likely and not self.is_french(word))
        return False

    def _is_office(self, particle: Word, word: Word, trust: Trust) -> bool:
        """Whether an article and a plain noun follow a title: `Madame la Directrice`."""
        plain = self.is_french(word) and not self.is_borne(word)
        return plain and particle.folded in _ARTICLES and trust is not Trust.LABEL and word.before == " "

    @staticmethod
    def _joined(word: Word, previous: Word) -> bool:
        if word.before in _JOINS:
            return True
        return previous.letter and word.before in {". ", ".", ".-", ". - "}

    def spans(self, words: list[Word], score: float, detector: str, single: Label = Label.NOM) -> list[Span]:
        """Return the spans of a name: NOM and PRENOM where they can be told apart, PERSONNE otherwise."""
        parts = self._labelled(words, single)
        spans: list[Span] = []
        for word, label in parts:
            if spans and spans[-1].label is label:
                spans[-1] = Span(spans[-1].start, word.end, label, score, detector)
            else:
                spans.append(Span(word.start, word.end, label, score, detector))
        return spans

    def _labelled(self, words: list[Word], single: Label) -> list[tuple[Word, Label]]:
        full = [word for word in words if not word.letter and word.folded not in PARTICLES] or words[-1:]
        if len(full) == 1:
            return [(word, Label.PRENOM if word.letter and word not in full else single) for word in words]
        if words[0].letter and _one_block(full):
            return [(word, Label.PRENOM if word.letter else Label.NOM) for word in words]
        capitals = {word for word in full if word.upper}
        if capitals and len(capitals) < len(full):
            return self._follow(words, {word: Label.NOM if word.upper else Label.PRENOM for word in full})
        given = [self.is_given(word) for word in full]
        if given[0] and (not given[-1] or not full[0].upper or _one_block(full)):
            cut = 1
            while cut < len(full) and (full[cut].before == "-" or (given[cut] and cut < len(full) - 1)):
                cut += 1
            return self._follow(words, {word: Label.PRENOM if n < cut else Label.NOM for n, word in enumerate(full)})
        if given[-1]:
            cut = len(full) - 1
            while cut > 1 and given[cut - 1]:
                cut -= 1
            return self._follow(words, {word: Label.NOM if n < cut else Label.PRENOM for n, word in enumerate(full)})
        whole = _one_block(full) or words[0].folded in PARTICLES
        return [(word, Label.NOM if whole else Label.PERSONNE) for word in words]

    @staticmethod
    def _follow(words: list[Word], labels: dict[Word, Label]) -> list[tuple[Word, Label]]:
        """Give particles and initials the label of the part they belong to: particles of what follows."""
        labelled: list[tuple[Word, Label]] = []
        for index, word in enumerate(words):
            if word in labels:
                label = labels[word]
            elif word.letter:
                label = Label.PRENOM
            else:
                label = next((labels[later] for later in words[index:] if later in labels), Label.NOM)
            labelled.append((word, label))
        return labelled

    def single(self, words: list[Word]) -> Label:
        """Return what a lone name after a role or a kinship is: `sa maman Clémence`, `le patient Kermarrec`."""
        return Label.PRENOM if self.is_given(words[0]) and not self.is_surname(words[0]) else Label.NOM


def _one_block(words: list[Word]) -> bool:
    """Whether hyphens join all the words."""
    return all(word.before == "-" for word in words[1:])
