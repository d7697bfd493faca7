"""Which placeholder stands for which value, for the time of one request; nothing of it is ever stored."""

import re
import unicodedata
from collections.abc import Iterable, Mapping

from filters.identifiers.entity import Label
from filters.identifiers.placeholders import VARIANTS, Placeholder, damaged_lookalikes, lookalikes

_FIXED_FORMAT = frozenset({Label.TEL, Label.SECU, Label.RPPS, Label.ADELI, Label.FINESS, Label.IBAN, Label.ZIP})
_FREE_FORMAT = frozenset({Label.IPP, Label.NDA, Label.ID, Label.MAIL, Label.AGE_SUP_89})

_NOT_ALPHANUMERIC = re.compile(r"[\W_]+")
_SPACE = re.compile(r"\s+")
_INTERNATIONAL = re.compile(r"(?:\+|00)33(?:\(0\))?")


def normalised(label: Label, value: str) -> str:
    """Return what two written forms of the same value have in common.

    Only what cannot change the meaning goes: case, accents, hyphens and spaces of a name; the separators of a number
    whose length is fixed; nothing but spaces and case in a number whose separators may count.
    """
    folded = "".join(
        char for char in unicodedata.normalize("NFKD", value) if not unicodedata.combining(char)
    ).casefold()
    if label in _FREE_FORMAT:
        common = _SPACE.sub("", folded)
    elif label in _FIXED_FORMAT:
        compact = _SPACE.sub("", folded)
        if label is Label.TEL:
            compact = _INTERNATIONAL.sub("0", compact, count=1) if _INTERNATIONAL.match(compact) else compact
        common = _NOT_ALPHANUMERIC.sub("", compact)
    else:
        common = _NOT_ALPHANUMERIC.sub(" ", folded).strip()
    return common or value


class Vault:
    """Hands out placeholders in order of first appearance, numbered by label through the whole request.

    The number is the identity (label and normalised value); the variant is the exact written form. So the model sees
    that two forms are one person, and each placeholder restores to exactly one text. A number that the caller typed
    in something that looks like a placeholder is never handed out, and never expanded.
    """

    def __init__(self, texts: Iterable[str]) -> None:
        """Set apart whatever looks like a placeholder in `texts`, all the texts of the request."""
        self._typed: set[tuple[Label, int]] = set()
        self._typed_damage: set[Label] = set()
        for text in texts:
            self._typed.update((found.label, found.number) for found in lookalikes(text))
            self._typed_damage.update(damaged_lookalikes(text))
        self._last: dict[Label, int] = {}
        self._numbers: dict[tuple[Label, str], int] = {}
        self._forms: dict[tuple[Label, int], list[str]] = {}
        self._placeholders: dict[tuple[Label, str, str], Placeholder] = {}
        self._values: dict[Placeholder, str] = {}

    def placeholder(self, label: Label, value: str, meaning: str | None = None) -> Placeholder:
        """Return the placeholder of a value, the same one for the same written form.

        `meaning` says what the value is where the caller understands it better than `normalised` (a date).
        """
        meaning = normalised(label, value) if meaning is None else meaning
        known = self._placeholders.get((label, meaning, value))
        if known is not None:
            return known
        number = self._numbers.get((label, meaning))
        if number is None or len(self._forms[label, number]) >= VARIANTS:
            number = self._numbers[label, meaning] = self._next(label)
            self._forms[label, number] = []
        forms = self._forms[label, number]
        placeholder = self._placeholders[label, meaning, value] = Placeholder(label, number, len(forms))
        forms.append(value)
        self._values[placeholder] = value
        return placeholder

    @property
    def values(self) -> Mapping[Placeholder, str]:
        """Return what each placeholder of this request stands for, in order of first appearance."""
        return self._values

    def counts(self) -> dict[str, int]:
        """Return how many distinct identifiers there are, by label."""
        counts: dict[str, int] = {}
        for label, _ in self._forms:
            counts[label.value] = counts.get(label.value, 0) + 1
        return counts

    def is_typed(self, placeholder: Placeholder) -> bool:
        """Return whether the caller typed this number: it is theirs, and is left as it stands."""
        return (placeholder.label, placeholder.number) in self._typed

    def is_lost(self, label: Label) -> bool:
        """Return whether something damaged with this label was one of ours, and not copied from what was typed."""
        return label in self._last and label not in self._typed_damage

    def _next(self, label: Label) -> int:
        number = self._last.get(label, 0) + 1
        while (label, number) in self._typed:
            number += 1
        self._last[label] = number
        return number
