"""People alone between carets, `NOM^PRENOM^AUTRES`, as HL7 v2 and DICOM write them, outside of a segment that is known.

A guess, unlike the fields of a structure: coded texts have carets too.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.pattern import Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_PART = r"[^\W\d_][\w' -]{0,40}"
_NAME = re.compile(rf"(?:(?<![\w^])|(?<=\d{{8}}\^))(?P<nom>{_PART})\^(?P<prenom>{_PART})(?:\^(?P<more>{_PART}))?")
_LABELS = {"nom": Label.NOM, "prenom": Label.PRENOM, "more": Label.PRENOM}


class CaretName(ShapeRecognizer):
    """Finds NOM and PRENOM by the caret between them."""

    label = Label.NOM
    _between = Shape(name="between carets", pattern=_NAME, score=0.8)

    def __init__(self) -> None:
        super().__init__(labels=_LABELS.values())

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the parts of each name."""
        if "^" not in text:
            return
        for match in _NAME.finditer(text):
            for group, label in _LABELS.items():
                if match[group]:
                    yield Finding(*match.span(group), self._between.score, self._between, label)
