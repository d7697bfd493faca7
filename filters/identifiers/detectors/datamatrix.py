"""The INS datamatrix of a French identity document or label, read as text: `IS01…`, then fields `S1` to `S7`.

Fields end at a group separator, which many readers drop: a field also ends where the next one begins.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.pattern import Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_CODE = re.compile(
    r"S(?<!\w.)1[0-9OAB]{13,15}(?=\x1d| ?S[2-7])|"
    r"I(?<!\w.)S0\d{20,23}(?:[ \r\n]{0,2}S[1-7]|\x1d)|0(?<!\d.)1\d{20,23}S1\d{13}"
)
_FIELD = re.compile(r"S([1-7])((?:[^\x1d\n]){1,100}?)(?=[\x1d\n]|$| ?S[1-7](?=[\d A-ZÀ-Ý'\-]))")
_LONGEST_CODE = 400
_LINE_END = re.compile(r"\n(?!S[1-7])")
"""Some readers print one field per line."""
_DAY = re.compile(r"\d{1,2}[-/. ]\d{1,2}[-/. ]\d{4}|\d{8}")
_PLACE = re.compile(r"\d[\dAB]\d{3}")
_NUMBER = re.compile(r"[\dOAB]{13,22}")
_NAME = re.compile(r"[^\W\d_][^\d]{1,80}")


class Datamatrix(ShapeRecognizer):
    """Finds every identity trait in the text of an INS datamatrix."""

    label = Label.SECU
    _shape = Shape(name="datamatrix", pattern=_CODE, score=0.98)

    def __init__(self) -> None:
        super().__init__(labels=[Label.PRENOM, Label.NOM, Label.DATE_NAISSANCE, Label.ZIP])

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the traits of each code; the object identifier and the sex stay."""
        done = 0
        for code in _CODE.finditer(text):
            start = max(code.start(), done)
            limit = min(start + _LONGEST_CODE, len(text))
            line_end = _LINE_END.search(text, start, limit)
            for field in _FIELD.finditer(text, start, line_end.start() if line_end else limit):
                label = _trait(field[1], field[2].strip())
                if label is not None:
                    yield Finding(field.start(2), field.end(2), self._shape.score, self._shape, label)
                    done = field.end()


def _trait(number: str, value: str) -> Label | None:
    """Return which trait a field holds, by its writing: older cards count their fields otherwise."""
    if _DAY.fullmatch(value):
        return Label.DATE_NAISSANCE
    if _PLACE.fullmatch(value):
        return Label.ZIP
    if _NUMBER.fullmatch(value):
        return Label.SECU
    if _NAME.fullmatch(value):
        return Label.PRENOM if number in {"2", "3"} else Label.NOM
    return None
