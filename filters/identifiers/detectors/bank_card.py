"""Numbers of payment cards."""

import re

from stdnum import luhn

from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_JOIN = rf"(?:-|{SPACE}{{0,2}})"
_CONTEXT = re.compile(
    r"\b(?:cartes? (?:bancaire|bleue|de paiement|de cr[ée]dit)|carte|cb|visa|mastercard|amex|card)\b[^\d\n]{0,40}$"
)


def has_key(written: str) -> bool:
    """Return whether the Luhn key is right."""
    return bool(luhn.is_valid(re.sub(r"\D", "", written)))


class BankCard(ShapeRecognizer):
    """Finds ID: sixteen digits in fours, or fifteen of American Express."""

    label = Label.ID
    shapes = (
        Shape(
            name="sixteen digits",
            pattern=re.compile(rf"[2-6](?<![\w.,+].)\d{{3}}(?:{_JOIN}\d{{4}}){{3}}(?!{_JOIN}\d)(?!\w)"),
            score=0.3,
            checksum=has_key,
            with_checksum=0.9,
            context=_CONTEXT,
            with_context=0.95,
            against=CODES,
        ),
        Shape(
            name="fifteen digits",
            pattern=re.compile(rf"3(?<![\w.,+].)[47]\d{{2}}{_JOIN}\d{{6}}{_JOIN}\d{{5}}(?!\w)"),
            score=0.3,
            checksum=lambda written: not written.isdigit() and has_key(written),
            with_checksum=0.8,
            context=_CONTEXT,
            with_context=0.95,
            against=CODES,
        ),
    )
