"""Where texts write a patient's names: in any case and order, run together, spaced out, cut, mistyped, as initials.

A name that is no ordinary word is masked wherever it stands. One that is (Petit, Rose, Masse), or that has two letters,
is masked with a capital, beside another form of the patient's names, after a title or a word of civil status, and in a
field that holds names; « un petit pansement » stays. So a lower-case `petit` of whom nothing says that it is somebody
is the one writing of a name that is left.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from filters.identifiers.entity import Label
from filters.identifiers.known import ordinary
from filters.identifiers.known.name_forms import CUT, NameForms
from filters.identifiers.known.reading import Reading
from filters.identifiers.known.spelling import one_slip
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import fold

_WORD = re.compile(r"[^\W\d_]+")
_PIECE = re.compile(r"[A-ZÀ-ÖØ-Þ]+(?![^\W\d_A-ZÀ-ÖØ-Þ])|[^\W\d_][^\W\d_A-ZÀ-ÖØ-Þ]*")
"""A word of several run together as `MmeDupont` is."""
_BESIDE = re.compile(r"[^\w.;:]{1,4}|[_;]")
_AFTER = re.compile(r"[^\w]{1,4}|_")
_JOINT = re.compile(r"[ \-'_]|-[ \t]?\r?\n[ \t]{0,4}")
_SPACED = re.compile(r"[ .\-_*|]{1,3}")
_INITIAL = re.compile(r"[ .\-\u00a0\n]{0,3}")
_WITHIN = re.compile(r"[ \-'.\u00a0\n\t]{1,3}")
"""What stands between two words of one name."""

_CALLED = "nom noms prenom prenoms patient patiente famille nomme nommee alias dit dite appelle usage"
_FIELDS = "nom noms prenom prenoms name names family given surname lastname firstname patient"
_INTRODUCERS = lists.words("titles") | lists.words("civil_status") | frozenset(_CALLED.split())
_NAME_FIELDS = frozenset(_FIELDS.split())
_FIELD_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+")
_SHORTEST_SPACED = 3


@dataclass(frozen=True, slots=True)
class _Found:
    """A name, from its first word to its last; where it is not `sure`, what stands around has to say so."""

    first: int
    last: int
    start: int
    end: int
    label: Label
    sure: bool = True
    alone: bool = False
    """Whether nothing but a title can make it sure."""


class NameSearch:
    """Finds the names of one patient in one reading."""

    def __init__(self, forms: NameForms, reading: Reading) -> None:
        self._forms, self._reading = forms, reading
        self._places = [match.span() for match in _WORD.finditer(reading.folded)]
        self._words = [reading.folded[start:end] for start, end in self._places]
        self._slips: dict[str, Label | None] = {}

    def find(self) -> Iterator[tuple[int, int, Label]]:
        """Yield where names stand, each with its label; words of one name are one."""
        found = [one for index, word in enumerate(self._words) for one in self._at(index, word)]
        found += self._letter_by_letter()
        found.sort(key=lambda one: (one.first, -one.last))
        names = [self._with_particles(one) for one in self._believed(found)]
        initials = [initial for name in names for initial in self._initials(name)]
        ordered = sorted({(one.start, one.end, one.label) for one in (*names, *initials)})
        yield from self._joined(ordered)

    def _at(self, index: int, word: str) -> Iterator[_Found]:
        """Yield what the word at `index` is of the patient's names: itself, its pieces, with the next, or in part."""
        start, end = self._places[index]
        label = self._forms.words.get(word)
        if label is not None:
            sure = word not in self._forms.doubtful or self._has_capital(index)
            yield _Found(index, index, start, end, label, sure)
            return
        yield from self._pieces(index)
        yield from self._with_next(index)
        label = self._cut(index, word)
        if label is not None:
            yield _Found(index, index, start, end, label, not ordinary.is_listed(word))
            return
        label = self._slip(word)
        if label is not None:
            yield _Found(index, index, start, end, label, self._is_sure_slip(index, word))
        elif word in self._forms.monograms and self._reading.written[start:end].isupper():
            yield _Found(index, index, start, end, Label.NOM, sure=False, alone=True)

    def _pieces(self, index: int) -> Iterator[_Found]:
        """Yield names inside a word in which capitals mark its pieces."""
        start, end = self._places[index]
        written = self._reading.written[start:end]
        if written[1:].islower() or written.isupper() or len(written) == 1:
            return
        for piece in _PIECE.finditer(written):
            label = self._forms.words.get(self._reading.folded[start + piece.start() : start + piece.end()])
            if label is not None:
                yield _Found(index, index, start + piece.start(), start + piece.end(), label)

    def _with_next(self, index: int) -> Iterator[_Found]:
        """Yield a name that a space or a line's end cuts in two: `Le Cardinec`, `Dupon-` and `t`."""
        if index + 1 == len(self._words):
            return
        together = self._words[index] + self._words[index + 1]
        label = self._forms.long.get(together)
        if label is not None and _JOINT.fullmatch(gap := self._gap(index)):
            capital = self._has_capital(index) or self._has_capital(index + 1)
            start, end = self._places[index][0], self._places[index + 1][1]
            yield _Found(index, index + 1, start, end, label, sure="\n" in gap or capital)

    def _cut(self, index: int, word: str) -> Label | None:
        if len(word) < CUT:
            return None
        following = self._reading.folded[self._places[index][1] : self._places[index][1] + 1]
        return self._forms.cut.get(word) if following in {".", "\n", "\r", ""} else None

    def _slip(self, word: str) -> Label | None:
        if len(word) < CUT:
            return None
        if word not in self._slips:
            meant = (label for known, label in self._forms.long.items() if one_slip(word, known))
            self._slips[word] = next(meant, None)
        return self._slips[word]

    def _is_sure_slip(self, index: int, word: str) -> bool:
        opens_alike = any(known[0] == word[0] and one_slip(word, known) for known in self._forms.long)
        return opens_alike and self._has_capital(index) and not ordinary.is_listed(word)

    def _letter_by_letter(self) -> Iterator[_Found]:
        """Yield names whose letters stand apart: `D U P O N T`."""
        for first, last in self._runs():
            letters = "".join(self._words[first : last + 1])
            for word, label in self._forms.single.items():
                for at in _occurrences(word, letters) if len(word) >= _SHORTEST_SPACED else ():
                    left, right = first + at, first + at + len(word) - 1
                    yield _Found(left, right, self._places[left][0], self._places[right][1], label)
            yield from self._monogram(first, last)
            if self._words[first] == "m":  # a title that looks like an initial
                yield from self._monogram(first + 1, last)

    def _monogram(self, first: int, last: int) -> Iterator[_Found]:
        """Yield the initials of a whole name: `J.D.`, and `J D` after a title; `I.V.` is a way to give a drug."""
        letters = "".join(self._words[first : last + 1])
        if last > first and letters in self._forms.monograms:
            start, end = self._places[first][0], self._places[last][1]
            written = self._reading.written[start:end]
            dotted = written.count(".") >= last - first and not lists.is_clinical(letters)
            if dotted or not any(map(str.islower, written)):
                yield _Found(first, last, start, end, Label.NOM, sure=dotted, alone=True)

    def _runs(self) -> Iterator[tuple[int, int]]:
        """Yield the longest runs of single letters that stand close together."""
        first = 0
        while first < len(self._words):
            last = first
            while self._is_letter(last) and self._is_letter(last + 1) and _SPACED.fullmatch(self._gap(last)):
                last += 1
            if last > first:
                yield first, last
            first = last + 1

    def _is_letter(self, index: int) -> bool:
        return 0 <= index < len(self._words) and len(self._words[index]) == 1

    def _believed(self, found: Sequence[_Found]) -> list[_Found]:
        """Return what is sure, and what a title, a field, an initial or another form beside it makes so."""
        sure = [one.sure or self._is_introduced(one) or self._has_an_initial(one) for one in found]
        # Forward, then backward: a name that is made sure makes its neighbour so.
        for order in (range(len(found)), range(len(found) - 1, -1, -1)):
            for index in order:
                one = found[index]
                if sure[index] or one.alone:
                    continue
                near = [near for near in (index - 1, index + 1) if 0 <= near < len(found)]
                sure[index] = any(
                    self._are_beside(one, found[other]) and (sure[other] or found[other].label is not one.label)
                    for other in near
                )
        return [one for one, kept in zip(found, sure, strict=True) if kept]

    def _are_beside(self, one: _Found, other: _Found) -> bool:
        left, right = sorted((one, other), key=lambda found: found.first)
        return left.last + 1 == right.first and _BESIDE.fullmatch(self._gap(left.last)) is not None

    def _is_introduced(self, one: _Found) -> bool:
        field = self._reading.fields[self._reading.text_at(one.start)]
        if field and not _NAME_FIELDS.isdisjoint(map(fold, _FIELD_WORD.findall(field))):
            return True
        first = self._with_particles(one).first
        if first == 0 or not _AFTER.fullmatch(self._gap(first - 1)):
            return False
        return self._words[first - 1] in _INTRODUCERS

    def _has_an_initial(self, one: _Found) -> bool:
        """Return whether a name and an initial stand as in `petit R.`."""
        return not one.alone and any(self._has_capital(initial.first) for initial in self._initials(one))

    def _with_particles(self, one: _Found) -> _Found:
        """Take in the small words before a surname, as the patient's own name has them."""
        first, following = one.first, self._reading.folded[one.start : one.end]
        if one.label is not Label.NOM or one.start != self._places[first][0]:
            return one
        while first > 0 and self._is_particle(first - 1, following):
            first -= 1
            following = self._words[first]
        return replace(one, first=first, start=self._places[first][0])

    def _is_particle(self, index: int, following: str) -> bool:
        """Return whether a word is a small word of the patient's surname, and stands where it does there."""
        word = self._words[index]
        known = any(small == word and following.startswith(next_word) for small, next_word in self._forms.particles)
        return known and _WITHIN.fullmatch(self._gap(index)) is not None

    def _initials(self, name: _Found) -> Iterator[_Found]:
        """Yield the initials beside a name: `J.-P. Dupont`, `DUPONT JP`, `Jean D.`."""
        given = name.label is Label.PRENOM
        initials = self._forms.family_initials if given else self._forms.given_initials
        label = Label.NOM if given else Label.PRENOM
        for step, index in ((-1, name.first - 1), (1, name.last + 1)):
            at = index
            while (
                0 <= at < len(self._words) and self._words[at] in initials and self._is_initial(at, step, given=given)
            ):
                yield _Found(at, at, *self._places[at], label)
                at += step

    def _is_initial(self, index: int, step: int, *, given: bool) -> bool:
        """Return whether initials are written as such: in capitals or with a dot; beside a first name with both.

        `M. Dupont` is a title, whatever the first name; `J.-M. Dupont` is none.
        """
        if step < 0 and self._words[index] in lists.words("titles") and not self._is_letter(index - 1):
            return False
        start, end = self._places[index]
        capital = self._reading.written[start:end].isupper()
        dotted = self._reading.folded[end : end + 1] == "."
        gap = self._gap(index if step < 0 else index - 1)
        return _INITIAL.fullmatch(gap) is not None and ((capital and dotted) if given else (capital or dotted))

    def _joined(self, names: Sequence[tuple[int, int, Label]]) -> Iterator[tuple[int, int, Label]]:
        """Yield names with the words of one name together: `Jean-Pierre`, `Le Goff`."""
        last: tuple[int, int, Label] | None = None
        for name in names:
            if last is not None and self._is_one(last, name):
                last = (last[0], max(name[1], last[1]), last[2])
                continue
            if last is not None:
                yield last
            last = name
        if last is not None:
            yield last

    def _is_one(self, left: tuple[int, int, Label], right: tuple[int, int, Label]) -> bool:
        """Return whether two words are of one name; the same word twice is the same name twice."""
        text = self._reading.folded
        if left[2] is not right[2] or right[0] <= left[1]:
            return left[2] is right[2]
        again = text[left[0] : left[1]].endswith(text[right[0] : right[1]])
        return not again and _WITHIN.fullmatch(text[left[1] : right[0]]) is not None

    def _has_capital(self, index: int) -> bool:
        start, end = self._places[index]
        return not self._reading.written[start:end].islower()

    def _gap(self, index: int) -> str:
        """Return what stands between a word and the next."""
        return self._reading.folded[self._places[index][1] : self._places[index + 1][0]]


def _occurrences(word: str, letters: str) -> Iterator[int]:
    at = letters.find(word)
    while at >= 0:
        yield at
        at = letters.find(word, at + 1)
