"""Telephone numbers in the ways people write them, and in-house ones."""

# ruff: noqa: PLR2004  # numbers here are shares: how often a form is drawn

import random
from collections.abc import Callable

from filters.identifiers.training.values.numbers import digits, grouped
from filters.identifiers.training.values.wording import under_hundred

_STARTS = ("06", "06", "06", "07", "07", "01", "02", "03", "04", "05", "09", "08")
_OVERSEAS = ("0590", "0596", "0594", "0262", "0269", "0690", "0696", "0694", "0692", "0693", "0639")
_FRANCE = ("+33", "+33", "+33 ", "+33 ", "0033", "0033 ", "00 33 ", "+33(0)", "+33 (0)", "+33 (0) ", "(+33) ")
_ABROAD = ("+32", "+41", "+49", "+34", "+213", "+212", "+216", "+221", "+351", "+262", "0032", "0044 ")


def _said(pair: str) -> str:
    return f"zéro {under_hundred(int(pair))}" if pair[0] == "0" else under_hundred(int(pair))


_REGULAR: tuple[tuple[int, Callable[[list[str]], str]], ...] = (
    (30, " ".join),
    (20, "".join),
    (14, ".".join),
    (6, "-".join),
)
_IRREGULAR: tuple[tuple[int, Callable[[list[str]], str]], ...] = (
    (1, lambda pairs: " ".join(map(_said, pairs))),
    (1, lambda pairs: grouped("".join(pairs), (4, 3), " ")),
    (2, lambda pairs: grouped("".join(pairs), (4, 2, 2), " ")),
    (1, lambda pairs: grouped("".join(pairs), (2, 4), " ")),
    (2, "/".join),
    (1, lambda pairs: grouped("".join(pairs), (3, 3, 2), " ")),
    (1, lambda pairs: f"{pairs[0]} {''.join(pairs[1:])}"),
    (1, lambda pairs: f"({pairs[0]}) {' '.join(pairs[1:])}"),
    (1, " . ".join),
    (1, "  ".join),
    (1, lambda pairs: f"{'.'.join(pairs[:3])} {' '.join(pairs[3:])}"),
    (1, lambda pairs: "".join(pairs)[1:]),
    (1, lambda pairs: f"{' '.join(pairs[:4])}{pairs[4]}"),
    (1, lambda pairs: f"{''.join(pairs[:2])} {''.join(pairs[2:])}"),
)
_WAYS = tuple(write for weight, write in (*_REGULAR, *_IRREGULAR) for _ in range(weight))
_INTERNATIONAL = 0.14


def phone(rng: random.Random) -> str:
    """Return a telephone number."""
    start = rng.choice(_OVERSEAS) if rng.random() < 0.06 else rng.choice(_STARTS)
    number = start + digits(rng, 10 - len(start))
    pairs = [number[i : i + 2] for i in range(0, 10, 2)]
    if rng.random() < _INTERNATIONAL:
        return _international(rng, pairs)
    return rng.choice(_WAYS)(pairs)


def extension(rng: random.Random) -> str:
    """Return an in-house number of four or five digits."""
    drawn = rng.random()
    if drawn < 0.08:
        return f"{rng.randint(10, 99)} {digits(rng, 2)}"
    return f"{rng.randint(1, 9)}{digits(rng, 3 if drawn < 0.6 else 4)}"


def _international(rng: random.Random, pairs: list[str]) -> str:
    first, rest = pairs[0][1], pairs[1:]
    if rng.random() < 0.08:
        return f"{rng.choice(_ABROAD)} {rng.choice((' ', '')).join(rest)}"
    return rng.choice(_FRANCE) + rng.choice((" ", " ", "", ".", "-")).join([first, *rest])
