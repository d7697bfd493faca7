"""Bank accounts: IBAN of any country, and the French RIB."""

import re

from stdnum import iban

from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_JOIN = rf"[.\-]?{SPACE}{{0,2}}"
_CONTEXT = re.compile(r"\b(?:iban|rib|bic|banque|bancaires?|compte|virement|account)\b")
_WEIGHTS = (89, 15, 3)
_LETTERS = str.maketrans("ABCDEFGHIJKLMNOPQRSTUVWXYZ", "12345678912345678923456789")
_BLOCK_LENGTHS = (5, 5, 11, 2)


def has_iban_key(written: str) -> bool:
    """Return whether the international key is right."""
    return bool(iban.is_valid(re.sub(r"[^0-9A-Za-z]", "", written)))


def has_rib_key(written: str) -> bool:
    """Return whether the French key is right: bank, branch and account, weighed, modulo 97."""
    number = re.sub(r"[^0-9A-Z]", "", written.upper()).translate(_LETTERS)
    if len(number) != sum(_BLOCK_LENGTHS):
        return False
    blocks = (int(number[:5]), int(number[5:10]), int(number[10:21]))
    return int(number[21:]) == 97 - sum(weight * block for weight, block in zip(_WEIGHTS, blocks, strict=True)) % 97


class Iban(ShapeRecognizer):
    """Finds IBAN: the French build is believed with a wrong key, a foreign one with a right key or a label."""

    label = Label.IBAN
    shapes = (
        Shape(
            name="French",
            pattern=re.compile(
                rf"[Ff](?<!\w.){_JOIN}[Rr]{_JOIN}\d{_JOIN}\d(?:{_JOIN}\d){{10}}(?:{_JOIN}[0-9A-Za-z]){{11}}(?:{_JOIN}\d){{2}}(?!\w)"
            ),
            score=0.9,
            checksum=has_iban_key,
            context=_CONTEXT,
            with_context=0.97,
        ),
        Shape(
            name="foreign",
            pattern=re.compile(
                rf"[A-Z](?<!\w.)[A-Z]\d\d(?:{SPACE}?[0-9A-Z]{{4}}){{2,7}}(?:{SPACE}?[0-9A-Z]{{1,3}})?(?!\w)"
            ),
            score=0.3,
            checksum=has_iban_key,
            context=_CONTEXT,
        ),
        Shape(
            name="RIB",
            pattern=re.compile(
                rf"[0-9](?<![\w.,].){_JOIN}(?:\d{_JOIN}){{9}}(?:[0-9A-Za-z]{_JOIN}){{11}}\d{_JOIN}\d(?!\w)"
            ),
            score=0.2,
            checksum=has_rib_key,
            with_checksum=0.85,
            context=_CONTEXT,
            with_context=0.93,
        ),
    )
