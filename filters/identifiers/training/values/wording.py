"""French numbers in words, as dates and telephone numbers are sometimes dictated."""

_UNITS = (
    "zéro", "un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze", "treize",
    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf",
)  # fmt: skip
_TENS = ("", "", "vingt", "trente", "quarante", "cinquante", "soixante", "soixante", "quatre-vingt", "quatre-vingt")
_SCORE = 20
_EIGHTY = 80


def under_hundred(number: int) -> str:
    """Return a number from 0 to 99 in words."""
    if number < _SCORE:
        return _UNITS[number]
    if number == _EIGHTY:
        return "quatre-vingts"
    tens = number // 10
    base = tens - 1 if tens in {7, 9} else tens
    rest = number - base * 10
    if rest == 0:
        return _TENS[base]
    joint = " et " if rest in {1, 11} and number < _EIGHTY else "-"
    return f"{_TENS[tens]}{joint}{_UNITS[rest]}"


def year(number: int) -> str:
    """Return a year from 1900 to 2099 in words."""
    century = "mille neuf cent" if number < 2000 else "deux mille"  # noqa: PLR2004 (a millennium)
    rest = number % 100
    return f"{century} {under_hundred(rest)}" if rest else century
