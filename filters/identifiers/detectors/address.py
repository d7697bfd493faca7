"""Postal addresses: number, kind of way and name, whichever of them are there; persons in the names of ways go too."""

import re
from collections.abc import Iterator

from typing_extensions import override

from filters.identifiers.detectors.context import left_of
from filters.identifiers.detectors.pattern import SPACE, Finding, Shape, ShapeRecognizer
from filters.identifiers.detectors.way import STREETS, SURE, WAY, ways
from filters.identifiers.entity import Label

_SPELLED = (
    r"(?:une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|trente|"
    r"quarante|cinquante|soixante|cents?)"
)
_DICTATED = re.compile(
    rf"(?<![\w-]){_SPELLED}(?:[ \-](?:et[ \-])?{_SPELLED}){{0,4}}(?: (?:bis|ter))?,? $", re.IGNORECASE
)
_NUMBER = re.compile(
    rf"(?<![\w.,/])\d{{1,4}}(?:{SPACE}?(?:bis|ter|quater|"
    rf"[a-d])\b)?(?:{SPACE}?[/\-]{SPACE}?\d{{1,4}}(?:{SPACE}?bis)?)?{SPACE}?,?{SPACE}{{0,2}}$",
    re.IGNORECASE,
)
_INSIDE = (
    r"(?:appt?|appart|appartement|b[âa]t(?:iment)?|esc(?:alier)?|porte|[ée]tage|immeuble|logement|lot|villa|hall|tour|"
    rf"bloc|entr[ée]e|chambre)\.?{SPACE}?(?:n°{SPACE}?)?\w{{1,4}}(?![\w])"
)
_INSIDE_BEFORE = re.compile(rf"(?:(?<!\w){_INSIDE}{SPACE}?[,\-]?{SPACE}?){{1,3}}$", re.IGNORECASE)
_PLOT = re.compile(rf"(?<!\w)(?:lot|villa|porte|n°|appt?)\.?{SPACE}?(?:n°{SPACE}?)?$", re.IGNORECASE)
"""Words whose number may be the number in the street: `lot 14 chemin …`."""
_INSIDE_AFTER = re.compile(rf"(?:{SPACE}?[,\-]?{SPACE}?{_INSIDE}){{1,3}}", re.IGNORECASE)
_HOME = re.compile(
    r"\b(?:habit|domicil|demeur|adresse|address|r[ée]sid|loge|log[ée]e?|sise?|vit|street|line|h[ée]berg)"
)
_ZIP_AFTER = re.compile(rf"{SPACE}?[,\-]?{SPACE}?\d\d{SPACE}?\d{{3}}(?!\d)|[\^~]")
_NAMELESS = re.compile(r"(?:inconnu|non |idem|sans|sdf|nc\b|n/a|aucun|http|voir |ci-|\W*$)", re.IGNORECASE)


class Address(ShapeRecognizer):
    """Finds ADRESSE; the ZIP code and the town have their own recogniser, so that each gets its own placeholder."""

    label = Label.ADRESSE
    _numbered = Shape(name="number and way", pattern=WAY, score=0.92)
    _named = Shape(name="way without a number", pattern=WAY, score=0.75)
    shapes = (
        Shape(
            name="post office box",
            pattern=re.compile(
                rf"[BCT](?<!\w.)(?:(?<=B)\.?P\.?{SPACE}?(?:n°{SPACE}?)?\d{{1,6}}|(?<=C)\.?S\.?{SPACE}?\d{{4,6}}|(?<=T)"
                rf"SA{SPACE}?\d{{4,6}})"
                rf"(?![\w/.,]?\d|\w|{SPACE}?(?:mm|/|%))"
            ),
            score=0.6,
            against=re.compile(r"\b(?:ta|tension)\b.{0,12}$"),
        ),
        Shape(
            name="main street with its number",
            pattern=re.compile(
                rf"[0-9](?<![\w.,/].)\d{{0,3}}(?:{SPACE}?(?:bis|ter|[a-d]))?,?{SPACE}(?:(?i:grand)['’e]?{SPACE}?-?(?i:rue)|"
                rf"(?i:rue){SPACE}(?i:grande|haute|basse|neuve))(?!\w)"
            ),
            requires=("rue",),
            score=0.85,
        ),
        Shape(
            name="main street",
            pattern=re.compile(rf"G(?<!\w.)(?:rand|RAND)['’eE]?{SPACE}?-?(?:[rR]ue|RUE)(?!\w)"),
            requires=("rue",),
            score=0.2,
            after=re.compile(r"^ ?[,\-]? ?\d\d ?\d{3}\b"),
            with_context=0.85,
        ),
        Shape(
            name="business park",
            pattern=re.compile(
                rf"Z(?<!\w.)\.?(?:A\.?C|A|I|AE|AC)\.?{SPACE}(?:(?:de|du|des|la|le|les|DE|DU|DES|LA|LE|"
                rf"LES)(?:{SPACE}|(?<=l')|(?<=L'))"
                rf"){{0,2}}(?:[dDlL]['’])?[A-ZÀ-Ý][\w'’\-]{{2,30}}(?:{SPACE}[A-ZÀ-Ý][\w'’\-]{{2,30}}){{0,3}}"
            ),
            score=0.7,
        ),
        Shape(
            name="labelled",
            pattern=re.compile(
                rf"[aAdD](?:(?<=[aA])(?i:dresses?|ddress(?:[ _]?line)?)|(?<=[dD])(?<!\w.)(?i:omicile|emeurant))"
                rf"(?i:[ _](?:postale|personnelle|du patient|de la patiente|patient|du domicile|domicile|"
                rf"compl[èe]te|actuelle|principale)){{0,2}}"
                rf"[\"']?{SPACE}?[:=]{SPACE}?[\"'\[]{{0,3}}(?P<value>(?:(?!,?{SPACE}?\d\d{SPACE}?\d{{3}}(?!\d)|"
                rf"{SPACE}{{2}}|"
                rf"{SPACE}(?:[Tt][ée]l|[Mm]ail|[Nn]ée?\b|[Pp]ort))[^\n\"|;{{}}@\[\]]){{4,90}})(?!@)"
            ),
            requires=("dress", "domicile", "demeurant"),
            score=0.72,
            plausible=lambda match: (
                _NAMELESS.match(match["value"]) is None and re.search(r"[^\W\d_]{2}", match["value"]) is not None
            ),
        ),
        Shape(
            name="field of a segment",
            pattern=re.compile(
                r"(?:PID\|(?:[^|\r\n]{0,250}\|){10}|NK1\|(?:[^|\r\n]{0,250}\|){3})(?P<value>[^|^~\r\n]{3,90})"
            ),
            requires=("pid|", "nk1|"),
            score=0.9,
        ),
    )

    @override
    def find(self, text: str) -> Iterator[Finding]:
        """Yield the ways that are addresses, their number and staircase with them, then the other shapes."""
        for way, end, first in ways(text):
            start = way.start()
            kind = way[0].lower()
            before = text[max(0, start - 30) : start]
            number = _NUMBER.search(before) or (_DICTATED.search(before) if kind in STREETS else None)
            shape = self._numbered if number else self._named
            if not (
                self._can_be_numbered(text, kind, way[0], first, end)
                if number
                else self._can_be_bare(text, start, kind, first, end)
            ):
                continue
            start -= len(number[0]) if number else 0
            plot = _PLOT.search(text[max(0, start - 14) : start]) if number else None
            start -= len(plot[0]) if plot else 0
            inside = _INSIDE_BEFORE.search(text[max(0, start - 50) : start])
            after = _INSIDE_AFTER.match(text, end)
            yield Finding(
                start - len(inside[0]) if inside else start, after.end() if after else end, shape.score, shape
            )
        yield from super().find(text)

    @staticmethod
    def _can_be_numbered(text: str, kind: str, written: str, first: str, end: int) -> bool:
        """Return whether a number and this way make an address: `3 cours de FOLFOX` does not."""
        if kind in SURE or _ZIP_AFTER.match(text, end):
            return True
        return first[0].isupper() and (len(first) == 1 or not first[1:].isupper() or written.isupper())

    @staticmethod
    def _can_be_bare(text: str, start: int, kind: str, first: str, end: int) -> bool:
        """Return whether a way without a number is an address: capitals, a ZIP code, or a word of dwelling tell."""
        if kind not in SURE or text[max(0, start - 3) : start].lower() == "en ":  # `mise en route`
            return False
        if first[0].isupper() or _ZIP_AFTER.match(text, end):
            return True
        return kind in STREETS and _HOME.search(left_of(text, start)) is not None
