"""The INS datamatrix of a French identity document or label, read as text: `IS01…`, then fields `S1` to `S7`.

Fields end at a group separator, which many readers drop: a field also ends where the next one begins.
"""

import re
from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.pattern import Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_CODE = re.compile(
    r"S(?<!\w.)1[0-9OAB]{13,15}(?=\x1d| ?S[2-7])|I(?<!\w.)S0\d{20,23}(?: ?S[1-7]|\x1d)|0(?<!\d.)1\d{20,23}S1\d{13}"
)
_FIELD = re.compile(r"S([1-7])((?:[^\x1d\n]){1,100}?)(?=[\x1d\n]|$| ?S[1-7](?=[\d A-ZÀ-Ý'\-]))")
_LONGEST_CODE = 400


class Datamatrix(ShapeRecognizer):
    """Finds every identity trait in the text of an INS datamatrix."""

    label = Label.SECU
    traits: ClassVar[dict[str, Label]] = {
        "1": Label.SECU,
        "3": Label.PRENOM,
        "4": Label.NOM,
        "6": Label.DATE_NAISSANCE,
        "7": Label.ZIP,
    }
    _shape = Shape(name="datamatrix", pattern=_CODE, score=0.98)

    def __init__(self) -> None:
        super().__init__(labels=self.traits.values())

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the traits of each code; the object identifier and the sex stay."""
        done = 0
        for code in _CODE.finditer(text):
            start = max(code.start(), done)
            line_end = min(n for n in (text.find("\n", start), start + _LONGEST_CODE, len(text)) if n >= 0)
            for field in _FIELD.finditer(text, start, line_end):
                label = self.traits.get(field[1])
                if label is not None and field[2].strip():
                    yield Finding(field.start(2), field.end(2), self._shape.score, self._shape, label)
                    done = field.end()
