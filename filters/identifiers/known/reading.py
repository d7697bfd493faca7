"""The texts of a request as one text without accents or case, which still knows where each character stood.

One text, because a request may hold thousands of small ones, and every known form is sought in each.
"""

from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass, field

from filters.identifiers.lexicon.folding import Cleaned, clean, fold
from filters.identifiers.text import Text

_BETWEEN = "\n" * 12
"""Put between two texts: more than may stand between two characters of one value."""

_LOWER = {chr(code): chr(code).lower() for code in range(0x80)}
_ZERO = {ord("o"): "0"}


@dataclass(frozen=True, slots=True, repr=False)
class _Piece:
    """One text of the request; `places` are the positions of its folded characters, None where none has moved."""

    cleaned: Cleaned
    places: tuple[int, ...] | None

    def original(self, start: int, end: int) -> tuple[int, int]:
        if self.places is not None:
            start, end = self.places[start], self.places[end - 1] + 1
        return self.cleaned.original(start, end)


@dataclass(frozen=True, slots=True, repr=False)
class Reading:
    """Texts to search: `folded` is what is compared, `written` is the same, character by character, as it was typed."""

    folded: str
    written: str
    fields: tuple[str, ...]
    _pieces: tuple[_Piece, ...]
    _starts: tuple[int, ...]

    compact: str = field(init=False)
    """The letters and digits alone; every `o` reads as a zero, so that a number typed with one is found."""
    places: tuple[int, ...] = field(init=False)
    """Where each of them stands in `folded`."""

    def __post_init__(self) -> None:
        """Set the letters and digits apart."""
        places = tuple(place for place, sign in enumerate(self.folded) if sign.isalnum())
        object.__setattr__(self, "places", places)
        object.__setattr__(self, "compact", digits_and_letters("".join(map(self.folded.__getitem__, places))))

    def text_at(self, place: int) -> int:
        """Return the index of the text in which a place lies."""
        return bisect_right(self._starts, place) - 1

    def original(self, start: int, end: int) -> tuple[int, int, int]:
        """Return the index of the text in which `start` to `end` lie, and where they stand in it, as it was sent."""
        index = self.text_at(start)
        begins = self._starts[index]
        return index, *self._pieces[index].original(start - begins, end - begins)


def read(texts: Iterable[Text]) -> Reading:
    """Return the texts of a request, ready to be searched."""
    folded: list[str] = []
    written: list[str] = []
    pieces: list[_Piece] = []
    starts: list[int] = []
    fields: list[str] = []
    at = 0
    for text in texts:
        cleaned = clean(text.value)
        lowered, typed, places = _folded(cleaned.text)
        folded.append(lowered)
        written.append(typed)
        pieces.append(_Piece(cleaned, places))
        starts.append(at)
        fields.append(text.field)
        at += len(lowered) + len(_BETWEEN)
    return Reading(_BETWEEN.join(folded), _BETWEEN.join(written), tuple(fields), tuple(pieces), tuple(starts))


def digits_and_letters(folded: str) -> str:
    """Return the letters and digits of a folded text, a letter `o` as a zero: the form in which values are sought."""
    kept = folded if folded.isalnum() else "".join(filter(str.isalnum, folded))
    return kept.translate(_ZERO)


def _folded(text: str) -> tuple[str, str, tuple[int, ...] | None]:
    """Return the folded text, the text as typed with as many characters, and the places of these where they differ."""
    if text.isascii():
        return text.lower(), text, None
    signs = [_LOWER.get(sign) or fold(sign) for sign in text]
    if set(map(len, signs)) == {1}:
        return "".join(signs), text, None
    places = tuple(place for place, sign in enumerate(signs) for _ in sign)
    return "".join(signs), "".join(map(text.__getitem__, places)), places
