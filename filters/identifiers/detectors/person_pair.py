"""People without a title: a listed first name beside a surname, NOM Prénom in capitals, a name alone in its text."""

from bisect import bisect_left
from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.eponym import follows_trigger, is_enumerated, is_listed, is_quoted
from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import LONGEST, PARTICLES, Names, Trust
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.detectors.usage import THINGS
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_LIKELY = 0.45
_PURE = 0.7
_SHORTEST = 4
_ENDORSED = 0.05
"""How likely the tagger has to find an identifier in at least one of the words: looks alone take brands for people."""

_REACH = 3
"""Words by which a name may be longer than what is read at once: particles before it, a first name after a comma."""

_ALONE = 4
"""Words of the longest text that is read as nothing but a name."""


_CITIES, _FIELD_WORDS = lists.words("cities"), lists.words("field_words")
_GREETINGS = frozenset({"bonjour", "bonsoir", "salut", "coucou", "hello", "cher", "chere", "merci"})


class PersonPair(WordRecognizer):
    """Finds NOM, PRENOM and PERSONNE by how words of a name look side by side."""

    labels: ClassVar = (Label.NOM, Label.PRENOM, Label.PERSONNE)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield runs of words that read as a name, and that the tagger does not rule out."""
        for span in self._alike(text, Names(reading)):
            if _is_endorsed(reading, span.start, span.end):
                yield span

    def _alike(self, text: str, names: Names) -> Iterator[Span]:
        index, hints = 0, names.reading.marked.starts_of(_ENDORSED)
        while index < len(names.words):
            if _is_plain(names, index) or not _is_near(names, index, hints):
                index += 1
                continue
            start, run = _from_particles(names, index, self._run(names, index))
            if run and _is_endorsed(names.reading, run[0].start, run[-1].end):
                score = self._weigh(names, start, run)
                if score:
                    single = Label.PRENOM if names.is_given(run[0]) else Label.PERSONNE
                    yield from names.spans(run, score, self.name, single)
            index = max(index + 1, start + len(run))
        yield from self._lines(names, text)

    @staticmethod
    def _run(names: Names, index: int) -> list[Word]:
        """Return the words from `index` that could make a name without any title; a comma may part NOM, Prénom."""
        if names.words[index].letter:
            return _after_initials(names, index)
        run = _beside(names, index) or names.read(index, Trust.NONE)
        after = index + len(run)
        if run and after < len(names.words) and names.words[after].before in {", ", ","} and len(run) < LONGEST:
            more = names.read(after, Trust.NONE)
            told = len(more) == 1 and names.is_given(more[0]) != names.is_given(run[-1])
            if told and run[0].lower == more[0].lower and not _in_a_list(names, index, after + 1):
                run = run + more
        return run

    def _weigh(self, names: Names, index: int, run: list[Word]) -> float:
        """Return how sure it is that the run is a person; 0 for no."""
        words = [word for word in run if word.folded not in PARTICLES and not word.letter]
        ends = (index, index + len(run) - 1)
        if any(follows_trigger(names.words, at) or is_quoted(names.words, at) for at in ends):
            return 0.0
        if all(is_listed(word) or word.folded in _CITIES for word in words):
            return 0.0
        if len(words) == 1:
            return self._weigh_single(names, index + run.index(words[0]), initials=run[0].letter)
        return self._weigh_several(names, words)

    @staticmethod
    def _weigh_several(names: Names, words: list[Word]) -> float:
        """Weigh words side by side: a first name among them, or capitals and Title, or all the looks of names."""
        if any(names.is_given(word) for word in words):
            return 0.8 if all(names.is_borne(word) or names.likeness(word) > -_UNSURE for word in words) else 0.0
        if any(is_listed(word) or names.is_french(word) for word in words):
            return 0.0
        mixed = any(word.upper for word in words) and any(word.capital for word in words)
        likeness = sum(map(names.likeness, words)) / len(words)
        if mixed and likeness > 0:
            return 0.7
        return 0.6 if likeness > _LIKELY else 0.0

    @staticmethod
    def _weigh_single(names: Names, index: int, *, initials: bool) -> float:
        """Weigh a word alone in a sentence: no dictionary entry, and every sign of a name."""
        word = names.words[index]
        if names.is_french(word):
            return 0.0
        if initials:
            return 0.6 if names.likeness(word) > _UNSURE else 0.0
        if not names.is_given(word) or word.upper or names.is_graded(index) or is_enumerated(names.words, index):
            return 0.0
        if index and word.before in {" ", ""} and names.words[index - 1].folded in THINGS:
            return 0.0
        if len(word.text) < _SHORTEST:
            return 0.55 if word.capital and _is_listed_with_others(names, index) else 0.0
        vector = names.facts[word.text].nameness or 0.0
        return 0.55 if vector > (_PURE if word.lower else _UNSURE) else 0.0

    def _lines(self, names: Names, text: str) -> Iterator[Span]:
        """Yield names that are a whole text or a whole line but for numbers and an address: fields, cells, lists."""
        words, stripped = names.words, text.strip()
        last = end = 0
        for line in text.splitlines(keepends=True):
            end += len(line)
            first, last = last, bisect_left(names.starts, end)
            inside: list[Word] = []
            spelled: list[Word] = []
            for word in words[first:last]:
                if not _in_address(text, word):
                    inside.append(word)
                    spelled += [] if word.number else [word]
                if len(spelled) > _ALONE:
                    break
            fewest = 1 if len(line) >= len(stripped) and line.strip() == stripped else 2
            if fewest <= len(spelled) <= _ALONE and self._is_name(names, spelled, inside):
                single = Label.PRENOM if names.is_given(spelled[0]) and not names.is_surname(spelled[0]) else Label.NOM
                for part in _blocks(spelled):
                    yield from names.spans(
                        part if len(part) > 1 or len(spelled) > 1 else spelled, 0.55, self.name, single
                    )

    @staticmethod
    def _is_name(names: Names, words: list[Word], inside: list[Word]) -> bool:
        if inside[0].number or all(word.lower and word.folded in _FIELD_WORDS for word in words):
            return False
        for word in words:
            if names.is_excluded(word) or word.letter or word.folded in _CITIES:
                return False
            listed = names.is_given(word) or names.is_surname(word)
            if not listed and (names.is_french(word) or is_listed(word)):
                return False
            if not listed and names.facts[word.text].ends_clinically and names.likeness(word) <= _UNSURE:
                return False
        return min(map(names.likeness, words)) > -_UNSURE


def _is_endorsed(reading: Reading, start: int, end: int) -> bool:
    return reading.marked.most(start, end) >= _ENDORSED


def _is_near(names: Names, index: int, hints: list[int]) -> bool:
    """Whether the longest name that may begin here, particles before it included, holds a token that was hinted."""
    first, last = names.words[max(0, index - _REACH)], names.words[min(index + LONGEST + _REACH, len(names.words)) - 1]
    at = bisect_left(hints, first.start)
    return at < len(hints) and hints[at] < last.end


def _is_plain(names: Names, index: int) -> bool:
    """Whether no name begins here, as at most words: an excluded one, or one of the dictionary in lower case."""
    word = names.words[index]
    facts = names.facts[word.text]
    if facts.excluded:
        return not word.letter
    if not word.lower or facts.given or not facts.french:
        return False
    return index + 1 == len(names.words) or not names.is_given(names.words[index + 1])


_GLUE = frozenset("@._/")


def _in_address(text: str, word: Word) -> bool:
    """Whether the word is a piece of something glued together by `@`, `.`, `_` or digits: an address, a code."""
    before, after = text[word.start - 1 : word.start], text[word.end : word.end + 1]
    return before in _GLUE or after in _GLUE or before.isdigit() or after.isdigit()


def _blocks(words: list[Word]) -> Iterator[list[Word]]:
    """Yield the words as the runs that spaces, commas and hyphens make."""
    block: list[Word] = []
    for word in words:
        if block and word.before.strip(" ,-"):
            yield block
            block = []
        block.append(word)
    if block:
        yield block


def _in_a_list(names: Names, start: int, end: int) -> bool:
    """Whether commas part more words with capitals before or after, or things: `Paris, Vienne, Milan`."""
    before = start > 0 and names.words[start].before in {", ", ","} and not names.words[start - 1].lower
    after = names.words[end : end + 1]
    if (start > 0 and names.words[start - 1].folded in THINGS) or names.is_graded(end - 1):
        return True
    return before or any(word.before in {", ", ","} and not word.lower and not word.number for word in after)


def _is_listed_with_others(names: Names, index: int) -> bool:
    """Whether a greeting or, in an enumeration, a first name stands before: `Bonjour Léa`, `Sarah, David et Léa`."""
    word, back = names.words[index], index - 1
    if back >= 0 and names.words[back].folded in _GREETINGS:
        return word.before == " "
    if word.before == " " and back > 0 and names.words[back].folded == "et":
        back -= 1
    elif word.before != ", ":
        return False
    return back >= 0 and names.words[back].capital and names.is_given(names.words[back])


def _from_particles(names: Names, index: int, run: list[Word]) -> tuple[int, list[Word]]:
    """Return the run with the particles in capitals that open it: `LE GOFF Yann`, not `COURRIER DE GOFF YANN`."""
    if len(run) < 2 or run[0].lower:  # noqa: PLR2004 (a lone word is too little)
        return index, run
    start = index
    while start > 0 and names.words[start].before == " " and _is_capital_particle(names.words[start - 1], run[0]):
        start -= 1
    prose = start > 0 and names.words[start].before == " " and names.words[start - 1].upper
    return (index, run) if prose else (start, [*names.words[start:index], *run])


def _is_capital_particle(word: Word, first: Word) -> bool:
    return word.folded in PARTICLES and not word.lower and word.upper == first.upper


def _beside(names: Names, index: int) -> list[Word]:
    """Return a name that opens with a strange word before a first name, or goes on with one after it."""
    words = names.words
    first = words[index]
    if names.is_given(first) and not names.is_french(first) and not names.is_excluded(first):
        return names.read(index, Trust.BESIDE)
    if index + 1 == len(words) or words[index + 1].before not in {" ", ", "} or names.is_excluded(first):
        return []
    second = words[index + 1]
    listed = second.before == ", " and _in_a_list(names, index, index + 2)
    if names.is_given(first) and second.before == " " and names.is_surname(second) and not names.is_french(second):
        return names.read(index, Trust.BESIDE) or [first, *names.read(index + 1, Trust.BESIDE)]
    if (
        listed
        or not names.is_given(second)
        or (second.lower and names.is_french(second))
        or first.lower != second.lower
    ):
        return []
    strange = not names.is_french(first) and names.accepts(index, Trust.BESIDE, 0)
    if strange or (names.is_borne(first) and not first.lower and not first.letter):
        return [first, *names.read(index + 1, Trust.BESIDE)]
    return []


def _after_initials(names: Names, index: int) -> list[Word]:
    """Return `J.-P. Lefèvre`: initials with their dots, then a word with a capital."""
    run = names.read(index, Trust.ROLE)
    surname = [word for word in run if not word.letter and word.folded not in PARTICLES]
    dotted = len(run) > 1 and run[1].before.startswith(".")
    return run if dotted and surname and not any(word.lower for word in surname) else []


_UNSURE = 0.3
