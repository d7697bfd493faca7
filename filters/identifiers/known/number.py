"""How a number is written: file numbers, national numbers, telephones, postal codes, with any separators."""

import re
from collections.abc import Iterator
from functools import partial

from filters.identifiers.entity import Label
from filters.identifiers.known.form import Form
from filters.identifiers.known.patient import KnownNumber
from filters.identifiers.known.reading import Reading, digits_and_letters

_INS = ("1.2.250.1.213.1.4.8", "1.2.250.1.213.1.4.9", "1.2.250.1.213.1.4.10", "1.2.250.1.213.1.4.11")
"""OIDs of the national health identity: NIR and NIA, in production, test and demonstration."""
_NIR = re.compile(r"(?P<body>[1-478]\d{4}(?:\d{2}|2[ab])\d{6})(?:\d{2})?")
_RPPS = ("1.2.250.1.71.4.2.1",)
_FRENCH = re.compile(r"(?:33)?0?([1-9]\d{8})")
_OTHER_SYSTEMS = re.compile(r"passport|driver|licen[cs]e|visa|identity-?card|cni", re.IGNORECASE)

_ALONE = 8
"""From this length on a number is found inside another: chance does not write it twice."""
_SHORT = 5
"""Under this length it is masked behind a label only: a lone `1951` is a year, a lone `12` is a dose."""
_CUT = 6
"""What must be left of a number that is cut short."""
_LONGEST = 40

_KEY = re.compile(r"[ .\-/_]{0,3}(?:\(?cle[ :.]{0,3})?[\do] ?[\do](?![\do])")
_LABEL_BEFORE = re.compile(
    r"(?<![a-z])(?:ipp|nip|iep|nda|nir|ins|nss|secu(?:rite sociale)?|ss|dossier|identifiant|id|patiente?|num(?:ero)?|"
    r"n[°ºo]?|tel(?:ephone)?|poste)(?![a-z])[\W_]{0,12}(?:x{1,12}[\W_]{0,2})?$"
)
_MEASURE_BEFORE = re.compile(r"\d[.,]$")
_MEASURE_AFTER = re.compile(
    r"[.,]\d|[ \u00a0]?(?:/ ?(?:mm|m?l\b|u|µ|champ|min|h\b|j|\d)|%|ui\b|u\b|mg\b|g\b|ml\b|g/l\b|mm|elements?\b|"
    r"leuco|plaq|cellules|copies|euros?\b|€)"
)
_LOOK_BACK = 40


def is_nir(value: str) -> bool:
    """Whether a number has the shape of the national number, with or without its key."""
    return _NIR.fullmatch("".join(filter(str.isalnum, value.lower()))) is not None


def numbers(known: KnownNumber) -> Iterator[Form]:
    """Yield how a file number is written."""
    value = _plain(known.value)
    label = _label(known)
    body = _NIR.fullmatch(value) if label is Label.SECU else None
    if body is not None:
        yield Form((body["body"],), label, gap=5, whole=False, judge=_with_key)
        yield from _cut(value, label)
        return
    yield from _number(value, label)


def phones(value: str) -> Iterator[Form]:
    """Yield how a telephone number is written: national, with any prefix, with or without its zero."""
    figures = "".join(filter(str.isdigit, value.replace("(0)", "")))
    figures = figures.removeprefix("00")
    if len(figures) < _ALONE:
        yield from _number(figures, Label.TEL)
        return
    french = _FRENCH.fullmatch(figures)
    core = french[1] if french else figures[-_ALONE:]
    head = "33" if french else figures[:-_ALONE]
    heads = (f"00{head}0", f"00{head}", f"{head}0", head, f"0{head[2:]}")
    yield Form((core,), Label.TEL, gap=5, whole=False, judge=partial(_with_heads, heads=heads))


def postal_codes(value: str) -> Iterator[Form]:
    """Yield how a postal code is written."""
    code = _plain(value)
    if len(code) >= len("1000"):
        yield Form((code,), Label.ZIP, gap=1, judge=_no_measure)


def _plain(value: str) -> str:
    return "".join(filter(str.isalnum, value.lower()))[:_LONGEST]


def _label(known: KnownNumber) -> Label:
    if known.system.removeprefix("urn:oid:") in _INS or is_nir(known.value):
        return Label.SECU
    if known.system.removeprefix("urn:oid:") in _RPPS or known.system.endswith("rpps"):
        return Label.RPPS
    return Label.ID if _OTHER_SYSTEMS.search(known.system) else Label.IPP


def _number(value: str, label: Label) -> Iterator[Form]:
    """Yield a number without its leading zeros, which are taken in where they are written."""
    significant = value.lstrip("0") or value
    for written in dict.fromkeys((significant, value)):
        if len(written) >= _ALONE:
            yield Form((written,), label, gap=5, whole=False, judge=_with_zeros)
        elif len(written) >= _SHORT:
            yield Form((written,), label, gap=4 if len(written) >= _CUT else 1, judge=_no_measure)
        elif written:
            yield Form((written,), label, gap=1, judge=_behind_a_label)
    yield from _cut(value, label)


def _cut(value: str, label: Label) -> Iterator[Form]:
    """Yield what is left of a number that was cut at one end, which a label must announce."""
    for length in range(_CUT, len(value)):
        for piece in (value[:length], value[-length:]):
            yield Form((piece,), label, gap=3, judge=_behind_a_label)


def _behind_a_label(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    start = _after_zeros(reading.folded, start)
    return (start, end) if _LABEL_BEFORE.search(reading.folded[max(0, start - _LOOK_BACK) : start]) else None


def _no_measure(reading: Reading, start: int, end: int) -> tuple[int, int] | None:
    """Refuse a decimal, and a number that a unit follows: `plaquettes 35 000/mm3`."""
    text = reading.folded
    if _MEASURE_BEFORE.search(text[max(0, start - 2) : start]) or _MEASURE_AFTER.match(text, end):
        return None
    return _after_zeros(text, start), end


def _with_zeros(reading: Reading, start: int, end: int) -> tuple[int, int]:
    return _after_zeros(reading.folded, start), end


def _after_zeros(text: str, start: int) -> int:
    """Return where the zeros before a number begin."""
    while start > 0 and text[start - 1] == "0":
        start -= 1
    return start


def _with_key(reading: Reading, start: int, end: int) -> tuple[int, int]:
    key = _KEY.match(reading.folded, end)
    return _after_zeros(reading.folded, start), key.end() if key else end


def _with_heads(reading: Reading, start: int, end: int, heads: tuple[str, ...]) -> tuple[int, int]:
    """Take in what stands before the part of a telephone number that never changes: `+33 (0)`, `0033`, `0`."""
    text = reading.folded
    found = [before for head in heads if head and (before := _backwards(text, start, head)) is not None]
    start = min(found, default=start)
    while start > 0 and text[start - 1] in "+(":
        start -= 1
    return start, end


def _backwards(text: str, start: int, head: str) -> int | None:
    """Return where the digits of `head` begin, if they stand before `start` with little between them."""
    at = start
    for digit in reversed(head):
        before = at
        while at > 0 and before - at < len(" (0) ") and not text[at - 1].isalnum():
            at -= 1
        if at == 0 or digits_and_letters(text[at - 1]) != digit:
            return None
        at -= 1
    return at
