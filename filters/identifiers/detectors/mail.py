"""Mail addresses, with the spaces, capitals and glued words of pasted text.

A patient's secure address (`…@patient.mssante.fr`) is made of the national health number: it is masked whole.
"""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.pattern import SPACE, Finding, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_AT = re.compile(rf"@|\[(?:at|arobase)\]|\((?:at|arobase)\)|{SPACE}arobase{SPACE}", re.IGNORECASE)
_WORD = r"[\w%+'’&~#!*\-]{1,64}"
_BEFORE = re.compile(rf"(?:[\w%+\-]{{1,64}}(?:\.|{SPACE}\.{SPACE}|\.{{2}})){{0,5}}[\w%+&~\-]{{1,64}}{SPACE}{{0,2}}$")
_AFTER = re.compile(
    rf"{SPACE}{{0,2}}[\w\-]{{1,63}}(?:(?:{SPACE}\.{SPACE}?|\.{SPACE}?(?=[a-z]{{2,3}}\b(?!\.))|"
    rf"\.)[\w\-]{{1,63}}){{1,5}}"
)
_NO_DOT = re.compile(r"[\w\-]{2,63}")
_GLUED = re.compile(r"\.(?:fr|com|org|net|eu|be|ch|re|io|gouv)([A-ZÀ-Ý][a-zà-ÿ].*)$", re.IGNORECASE)
_GLUED_NAME = re.compile(r"[A-ZÀ-Ý][a-zà-ÿ]")
_LABEL_WORD = re.compile(r"(?:T[ée]l|Fax|Mail|Secr|Port|Site|Adresse|Service)", re.IGNORECASE)
_REACH = 200


class Mail(ShapeRecognizer):
    """Finds MAIL, around the sign itself; a word glued behind an address is most often a name, and found as one."""

    label = Label.MAIL
    _whole = Shape(name="address", pattern=_AT, score=0.99)
    _local = Shape(name="address without a domain", pattern=_AT, score=0.7)

    def __init__(self) -> None:
        super().__init__(labels=[Label.PERSONNE])

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the addresses, and the names glued to them."""
        for sign in _AT.finditer(text):
            floor = max(0, sign.start() - _REACH)
            before = _BEFORE.search(text[floor : sign.start()])
            if before is None:
                continue
            start = floor + before.start()
            after = _AFTER.match(text, sign.end())
            if after is not None:
                yield from self._split(text, start, after.end())
            elif (name := _NO_DOT.match(text, sign.end())) and not before[0][-1].isspace():
                yield Finding(start, name.end(), self._local.score, self._local)

    def _split(self, text: str, start: int, end: int) -> Iterator[Finding]:
        glued = _GLUED.search(text[start:end])
        if glued and _GLUED_NAME.match(glued[1]):
            cut = start + glued.start(1)
            if not _LABEL_WORD.match(glued[1]):
                yield Finding(cut, end, self._local.score, self._local, Label.PERSONNE)
            end = cut
        yield Finding(start, end, self._whole.score, self._whole)
