"""How hospitals write the numbers that they give themselves: there is no standard, only habits."""

import re

from filters.identifiers.detectors.pattern import SPACE

_BODY = r"(?:[A-Za-z0-9_\-/]|\.(?=\d{3})){3,17}(?<![\-_/])(?![\w@]|[.,/]\d)"
NUMBER = re.compile(rf"[A-Z0-9](?<![\w+.,]\w)(?=[A-Za-z_\-]{{0,6}}\d|(?<=\d)[A-Za-z]?\d){_BODY}")
"""Four to eighteen letters, digits and marks that begin with a digit, or with a few letters and a digit."""

LOWER = r"(?P<value>[a-z]{1,4}[_\-]?\d[A-Za-z0-9_\-]{2,13})(?![\w@]|[.,/]\d)"
"""The same in lower case: looked for behind a label only, since every word begins so."""

LINK = r"[\s_:=\"'#°.(]{0,6}(?:n°|no|num|est|patient|id)?[\s_:=\"'#°.(]{0,4}"
"""What may stand between a label and a number in lower case."""

GROUPED = re.compile(
    rf"[0-9](?<![\w+.,/]\d)\d{{0,4}}(?:(?:{SPACE}|\.(?=\d\d))\d{{1,4}}){{1,6}}(?!{SPACE}?[.,/\-]?\d)(?![\w/%°]|"
    rf" ?(?:ans|mg|[hj]\b))"
)
"""Digits in groups; only a label word makes them one number."""

PLACE = r"[^\d\n;,]{0,30}$"
"""What may stand between a strong label word and its number."""

CLOSE = (
    r"(?:[\s:=\"'#().\[\]{}]|n[°o]\.?|n\b|num[ée]ro|number|num\b|id\b|est le|value|patient|m[ée]dical|administratif|"
    r"hospitalier){0,8}$"
)
"""What may stand between a common word that can be a label and its number."""

_OTHER = re.compile(
    r"\d{1,2}[/\-]\d{1,2}[/\-](?:(?:18|19|20)?\d\d)|\d{1,2}[/\-](?:19|20)\d\d|\d{4}-\d\d-\d\d\w*|\d{1,2}h\d{0,2}|"
    r"\d+(?:mg|ml|g|kg|ui|cm|mm|ans?|mois|jours?|h|min|µg|mcg|cp|gouttes?|er|e|[èe]me)",
    re.IGNORECASE,
)
_DIGITS = re.compile(r"\d")
_LEAST_DIGITS, _LEAST, _MOST = 3, 4, 16


def is_a_number(match: re.Match[str]) -> bool:
    """Return whether this has the length and the digits of a hospital's number, and is no date, hour or dose."""
    kept = sum(character.isalnum() for character in match[0])
    if not _LEAST <= kept <= _MOST or len(_DIGITS.findall(match[0])) < _LEAST_DIGITS:
        return False
    return _OTHER.fullmatch(match[0]) is None


def is_no_year(match: re.Match[str]) -> bool:
    """Return the same, and whether it is no year: for labels that are also common words."""
    return is_a_number(match) and not re.fullmatch(r"(?:19|20)\d\d", match[0])
