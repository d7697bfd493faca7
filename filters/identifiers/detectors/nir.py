"""The French social security number and its kin: NIR, NIA, INS, and the old INS-C.

The key is seldom right in real headers, and often dropped: it only makes a finding surer.
"""

import re

from stdnum.fr import nir as standard

from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer, digits
from filters.identifiers.entity import Label

_JOIN = rf"(?:{SPACE}?[.\-]{SPACE}?|{SPACE}{{0,2}})"
_DIGIT = "[0-9Oo]"
_TAIL = digits(6, _DIGIT, _JOIN)
_BODY = rf"{digits(5, _DIGIT, _JOIN)}{_JOIN}[0-9OoABab]{_JOIN}{_TAIL}"
_KEY_WORD = rf"{SPACE}{{0,2}}[.,;(/\-]?{SPACE}?\(?(?:(?:[Cc]l[ée]f?|CL[EÉ]F?|key){SPACE}?[:.=]?)?{SPACE}?"
_KEY = rf"{_KEY_WORD}{_DIGIT}{SPACE}?[0-9Oo]\b(?:{SPACE}?\))?"
_NO_UNIT = rf"(?!{SPACE}?(?:ans?\b|mois|jours?\b|kg|mg|cm|%|/))"

_CONTEXT = re.compile(
    r"\bs[ée]cu\b|s[ée]curit[ée] sociale|social security|\b(?:nir|nia|ins|ins-?c|insc|nss|ssn|nirpp)\b|"
    r"\bn[°o.]{0,2} ?s\.?s\b|"
    r"immatriculation|matricule|\bs\.s\.|\bss ?:|carte vitale|assur[ée]|1\.2\.250\.1\.213\.1\.4\.|"
    r"identit[ée] nationale de sant[ée]|pid-19: $"
)


_ORDINARY_MONTHS = range(1, 13)
_MONTHS = frozenset((*_ORDINARY_MONTHS, *range(20, 43), *range(50, 100)))
"""Months that a NIR can hold: those from 20 on stand for a birth whose month nobody knows."""


def plain(written: str) -> str:
    """Return the number without what was written around its digits, typing slips mended."""
    bare = re.sub(r"(?i)cl[ée]f?|key", "", written)
    return re.sub(r"[^0-9OABab]", "", bare.replace("o", "O")).upper().replace("O", "0")


def has_key(written: str) -> bool:
    """Return whether the key is there, and right."""
    return bool(standard.is_valid(plain(written)))


def _is_built_like_a_nir(match: re.Match[str]) -> bool:
    """Return whether month and birthplace can be, and the digits are grouped as people group them."""
    written = match[0]
    number = plain(written)
    month, place = int(number[3:5]), number[5:7]
    if month not in _MONTHS or place == "00":
        return False
    if place[1].isalpha() and place[0] != "2":
        return False
    return not _is_part_of_a_row(match)


def _is_part_of_a_row(match: re.Match[str]) -> bool:
    """Return whether these are the first or last of a longer row of single digits, as in a table of scores."""
    if not re.fullmatch(rf"(?:\d{SPACE}{{1,2}}){{5,}}\d", match[0]):
        return False
    text, (start, end) = match.string, match.span()
    before, after = text[max(0, start - 4) : start], text[end : end + 4]
    return bool(re.search(rf"(?<!\w)\d{SPACE}{{1,2}}$", before) or re.match(rf"{SPACE}{{1,2}}\d\b", after))


def _is_bare_and_likely(match: re.Match[str]) -> bool:
    """Ask more of a number without key: an ordinary month, and the usual grouping or none."""
    number = plain(match[0])
    groups = re.split(rf"{_JOIN}", match[0])
    sizes = [len(group) for group in groups if group]
    usual = sizes in ([13], [1, 2, 2, 2, 3, 3], [1, 2, 2, 5, 3], [1, 12], [1] * 13, [7, 3, 3], [1, 4, 2, 3, 3], [5, 8])
    return int(number[3:5]) in _ORDINARY_MONTHS and usual and _is_built_like_a_nir(match)


class Nir(ShapeRecognizer):
    """Finds SECU: thirteen digits, their key if it is there, in any spacing."""

    label = Label.SECU
    shapes = (
        Shape(
            name="thirteen digits and a key",
            pattern=re.compile(rf"[1278](?<!\d.){_JOIN}{_BODY}{_KEY}(?!\d){_NO_UNIT}(?!@)"),
            score=0.75,
            plausible=_is_built_like_a_nir,
            checksum=has_key,
            context=_CONTEXT,
            with_context=0.97,
            against=CODES,
        ),
        Shape(
            name="foreigner being registered",
            pattern=re.compile(rf"[3-6](?<!\d.){_JOIN}{_BODY}{_KEY}(?!\d)(?!@)"),
            score=0.3,
            plausible=_is_built_like_a_nir,
            checksum=has_key,
            context=_CONTEXT,
            with_context=0.97,
            against=CODES,
        ),
        Shape(
            name="thirteen digits",
            pattern=re.compile(rf"[1278](?<!\d.){_JOIN}{_BODY}(?!\d)"),
            score=0.6,
            plausible=_is_bare_and_likely,
            context=_CONTEXT,
            with_context=0.95,
            against=CODES,
        ),
        Shape(
            name="labelled",
            pattern=re.compile(
                rf"[0-9](?<!\d.)(?:{_JOIN}{_DIGIT}){{4}}{_JOIN}[0-9OoABab](?:{_JOIN}{_DIGIT}){{3,8}}(?:{_KEY})?(?!\d)(?!@)"
            ),
            score=0.2,
            context=re.compile(rf"(?:{_CONTEXT.pattern})[^0-9;\n]{{0,40}}$"),
            with_context=0.92,
        ),
        Shape(
            name="old INS-C",
            pattern=re.compile(rf"[0-9](?<!\d.)(?:{SPACE}?\d){{19}}(?:{_KEY})?(?!\d)"),
            score=0.2,
            context=_CONTEXT,
        ),
        Shape(
            name="after its object identifier",
            pattern=re.compile(r"[0-9](?<!\d.)\d{6}[0-9AB]\d{5,7}(?=\^{1,4}[^|\n]{0,60}1\.2\.250\.1\.213\.1\.4\.)"),
            score=0.97,
        ),
    )
