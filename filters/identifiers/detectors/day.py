"""What the figures of a date can be, and what stands around figures that are none: doses, scores, blood pressures."""

import re

from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.pattern import SPACE

LEFT = r"(?<!\d.)(?<!\d[.,/|\-].)"
"""Behind the first digit of a date: no other figure, joined or not."""

YEAR = r"(?:19|20)\d\d"

SPAN_WORD = rf"{SPACE}?(?:au|et|ou|à|-|–|,|/|puis){SPACE}?(?:le )?"
"""What stands between two days of which only the second says its month."""

NO_UNIT = (
    rf"(?!{SPACE}?(?:[mM][lLgGmM]\b|kcal|cal\b|ui\b|UI\b|u\b|g\b|kg|cm|cc\b|µ|%|[/*x×]{SPACE}?\d|pas\b|m[èe]tres?|heures?|"
    rf"h\b|h\d|euros?|€|"
    r"patients?|cas\b|cellules|copies|leuco|plaq|pn[ne]\b|el[ée]ments|[ée]l[ée]ments|ans\b|mois\b|jours?\b|j\b|ml/))"
)
"""What follows a figure that counts something."""

READING = re.compile(
    r"(?:\b(?:ta|pa|tension|apgar|glasgow|gcs|score|version|v|art|article|§|fig(?:ure)?|ratio|eva|en|acuit[ée]|av|od|og|"
    r"oms|lot)\b[ .:=àn°]{0,4}|\bv)$|" + CODES.pattern
)
"""Left sides of a measure, a score or a code that is written like a date."""

MEASURE = re.compile(
    r"\b(?:ta|pa|tas?|pas|tension\w*|pression\w*|mmhg|scores?|[ée]chelles?|mmse?|moca|eva|en|nihss|norton|braden|tinetti|"
    r"lequesne|glasgow|gcs|apgar|i?adl|gds|bref|acuit[ée]|od|og|ratio|dose|posologie|grade|stade)\b[^\n;]{0,18}$|"
    r"\d{1,2}/\d{1,2} ?(?:[,;\-–/>]|->|→|puis|et) ?(?:[àa] )?$|" + CODES.pattern
)
"""The same for two figures only, where the word of the measure may stand farther, or another measure before."""

_DAY_FIRST, _LAST_DAY, _LAST_MONTH = 3, 31, 12
_OLDEST, _LATEST = 1850, 2150


def is_a_day(day: int, month: int) -> bool:
    """Return whether some month has such a day."""
    return 1 <= day <= _LAST_DAY and 1 <= month <= _LAST_MONTH


def numbers(match: re.Match[str]) -> list[str]:
    """Return the figures of a date, whatever separates them."""
    return [re.sub(r"\D", "", part) for part in re.split(r"[/\-.|\u2010\u2011\u2013]", match[0])]


def are_days(match: re.Match[str]) -> bool:
    """Return whether every figure can be the day of a month."""
    return all(1 <= int(number) <= _LAST_DAY for number in re.findall(r"\d+", match[0]))


def is_in_the_calendar(match: re.Match[str]) -> bool:
    """Return whether day, month and year can be, in French or English order."""
    first, second, third = numbers(match)
    if len(first) == 4:  # noqa: PLR2004 (a year has four digits)
        return is_a_day(int(third), int(second)) and _OLDEST <= int(first) <= _LATEST
    year_can_be = len(third) == 2 or _OLDEST <= int(third) <= _LATEST  # noqa: PLR2004 (the same, cut short)
    return year_can_be and (is_a_day(int(first), int(second)) or is_a_day(int(second), int(first)))


def is_no_numbering(match: re.Match[str]) -> bool:
    """Return the same for a two-digit year, where `2.1.10` may be a chapter and `1-2-3` a range."""
    first, second, _ = numbers(match)
    slashed = "/" in match[0]
    return (slashed or len(first) + len(second) >= _DAY_FIRST) and is_in_the_calendar(match)


def is_month(match: re.Match[str]) -> bool:
    """Return whether the first figure can be a month."""
    return 1 <= int(numbers(match)[0]) <= _LAST_MONTH


def is_day_and_month(match: re.Match[str]) -> bool:
    """Return whether `12/03` can be a day: thirds and quarters are written with single digits."""
    day, month = numbers(match)
    return len(day) + len(month) >= _DAY_FIRST and is_a_day(int(day), int(month))


_PART = re.compile(
    rf"{SPACE}?(?:inf|moy|sup|dist|prox|ant\b|ant[ée]|post|ext|int|de\b|des\b|d'|du\b|dose|cp\b|comp|g[ée]l|amp|%|mm|cm|mg)"
)


def is_no_fraction(match: re.Match[str]) -> bool:
    """Return whether figures that may have one digit each are a day: `le 4/3`, never `du 1/3 moyen`."""
    day, month = numbers(match)
    if not is_a_day(int(day), int(month)):
        return False
    if len(day) + len(month) >= _DAY_FIRST:
        return True
    text, (start, end) = match.string, match.span()
    fraction = "/" in match[0] and int(day) < int(month)
    return not _PART.match(text, end) and not (fraction and text[max(0, start - 3) : start].lower() in {"au ", "du "})
