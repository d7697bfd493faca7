"""French numbers in words, with every liberty that writers take, without what separates their words."""

_UNIT_WORDS = "zero un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize"
_UNITS = tuple(_UNIT_WORDS.split())
_TENS = {10: "dix", 20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_HUNDREDS = {18: ("milhuit", "millehuit", "dixhuit"), 19: ("milneuf", "milleneuf", "dixneuf")}
_CENTURIES = {
    century: tuple(head + cent for head in heads for cent in ("cent", "cents")) for century, heads in _HUNDREDS.items()
} | {20: ("deuxmil", "deuxmille", "deuxmilles")}


def spelled(number: int) -> frozenset[str]:
    """Return the ways to spell a number below a hundred: `vingtetun`, `vingtun`, `quatrevingts`."""
    if number < len(_UNITS):
        return frozenset({_UNITS[number], *({"une"} if number == 1 else set())})
    heads, rest = _split(number)
    if rest == 0:
        return frozenset(heads)
    return frozenset(head + link + tail for head in heads for link in ("", "et") for tail in spelled(rest))


def spelled_year(year: int) -> frozenset[str]:
    """Return the ways to spell a year of the last three centuries, its last two figures alone included."""
    century, rest = divmod(year, 100)
    heads = _CENTURIES.get(century, ())
    if rest == 0:
        return frozenset(heads)
    tails = spelled(rest)
    return frozenset({head + link + tail for head in heads for link in ("", "et") for tail in tails} | tails)


def _split(number: int) -> tuple[tuple[str, ...], int]:
    """Return the opening words of a number, and what is left to say: `soixante` and 12 for seventy-two."""
    if number >= 80:  # noqa: PLR2004 (four twenties)
        return ("quatrevingt", "quatrevingts"), number - 80
    ten = min(number // 10 * 10, 60)
    return (_TENS[ten],), number - ten
