"""Words and phrases to look for, all of them in one pass over a text's tokens."""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

_STEM = 3
"""Letters by which stems are looked up; none is shorter."""

_GAP = "_"


@dataclass(frozen=True, slots=True)
class Seen:
    """A signal, and the tokens at which it stands."""

    name: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Item:
    """A place in a phrase: one of some words or beginnings of words; or, where `most` is told, any words."""

    words: frozenset[str] = frozenset()
    stems: tuple[str, ...] = ()
    least: int = 0
    most: int = 0

    def fits(self, token: str) -> bool:
        return token in self.words or (bool(self.stems) and token.startswith(self.stems))


@dataclass(frozen=True, slots=True)
class _Phrase:
    name: str
    stems: tuple[str, ...]
    """Beginnings of its first word; empty where that is looked up whole."""
    rest: tuple[_Item, ...]


class Matcher:
    """Finds signals in tokens.

    A signal is written as phrases parted by ` / ` or by line ends, of words parted by blanks. `decid*` stands for every
    word that begins so, `la|le` for either, `_` for any one word, `_3` for up to three words or none. All is folded:
    lower case, no accents; an apostrophe is a token by itself.
    """

    def __init__(self, signals: Mapping[str, str]) -> None:
        """`signals` gives each signal's phrases by its name."""
        self._words: dict[str, list[_Phrase]] = defaultdict(list)
        self._stems: dict[str, list[_Phrase]] = defaultdict(list)
        for name, written in signals.items():
            for phrase in written.replace("\n", " / ").split(" / "):
                if items := phrase.split():
                    self._add(name, _item(items[0]), tuple(map(_item, items[1:])))

    def _add(self, name: str, first: _Item, rest: tuple[_Item, ...]) -> None:
        for word in first.words:
            self._words[word].append(_Phrase(name, (), rest))
        by_opening: dict[str, list[str]] = defaultdict(list)
        for stem in first.stems:
            by_opening[stem[:_STEM]].append(stem)
        for opening, stems in by_opening.items():
            self._stems[opening].append(_Phrase(name, tuple(stems), rest))

    def find(self, tokens: Sequence[str]) -> Iterator[Seen]:
        """Yield every signal that stands in `tokens`, in order of its beginning."""
        for start, token in enumerate(tokens):
            for phrase in self._words.get(token, ()):
                if (end := _end(phrase.rest, 0, tokens, start + 1)) is not None:
                    yield Seen(phrase.name, start, end)
            for phrase in self._stems.get(token[:_STEM], ()):
                if token.startswith(phrase.stems) and (end := _end(phrase.rest, 0, tokens, start + 1)) is not None:
                    yield Seen(phrase.name, start, end)


def _item(written: str) -> _Item:
    if written[0] == _GAP:
        return _Item(least=0, most=int(written[1:])) if len(written) > 1 else _Item(least=1, most=1)
    choices = written.split("|")
    stems = tuple(choice[:-1] for choice in choices if choice.endswith("*"))
    return _Item(frozenset(choice for choice in choices if not choice.endswith("*")), stems)


def _end(items: Sequence[_Item], place: int, tokens: Sequence[str], at: int) -> int | None:
    """Return where a phrase ends whose item `place` begins at `at`; None where it does not stand there."""
    for number in range(place, len(items)):
        item = items[number]
        if item.most:
            skipped = range(item.least, item.most + 1)
            return next(
                (end for more in skipped if (end := _end(items, number + 1, tokens, at + more)) is not None), None
            )
        if at >= len(tokens) or not item.fits(tokens[at]):
            return None
        at += 1
    return at
