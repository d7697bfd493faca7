"""Numbers: social security, bank accounts, professionals. Keys are right in about half of them, as in real files."""

# ruff: noqa: PLR2004  # numbers here are shares: how often a form is drawn

import random
from datetime import date

Piece = list[tuple[str, str | None]]
"""A value as parts of text, each with its label; None for words that identify nobody."""

_RIGHT_KEY = 0.5
_ABROAD = 0.08
_NIR_PARTS = (1, 3, 5, 7, 10, 13)
_NIR_JOINS = (" ", " ", " ", ".", "-", "  ")
_COUNTRIES = ("DE", "BE", "LU", "ES", "IT", "PT", "CH", "NL")


def digits(rng: random.Random, count: int) -> str:
    """Return a row of digits."""
    return f"{int(rng.random() * 10**count):0{count}d}"


def grouped(text: str, sizes: tuple[int, ...], join: str) -> str:
    """Return the text cut into groups; what is left stays together."""
    groups, start = [], 0
    for size in sizes:
        groups.append(text[start : start + size])
        start += size
    return join.join(group for group in (*groups, text[start:]) if group)


def nir(rng: random.Random, born: date) -> Piece:
    """Return a social security number, built on the birth date half of the time."""
    if rng.random() < 0.5:
        year, month = f"{born:%y}", f"{born:%m}"
    else:
        year, month = digits(rng, 2), f"{rng.randint(1, 12):02d}"
    place = f"99{rng.randint(100, 500)}" if rng.random() < _ABROAD else _birth_place(rng)
    body = f"{rng.choice('1111111122222222278')}{year}{month}{place}{digits(rng, 3)}"
    value = int(body.replace("2A", "19").replace("2B", "18"))
    key = f"{97 - value % 97:02d}" if rng.random() < _RIGHT_KEY else digits(rng, 2)
    return _nir_written(rng, body, key)


def _birth_place(rng: random.Random) -> str:
    if rng.random() < 0.02:
        return f"{rng.choice(('2A', '2B'))}{rng.randint(1, 360):03d}"
    return f"{rng.randint(1, 95):02d}{rng.randint(1, 700):03d}"


def _nir_written(rng: random.Random, body: str, key: str) -> Piece:
    form = rng.randint(0, 15)
    if form < 4:
        return [(body + key, "SECU")]
    if form < 6:
        return [(body, "SECU")]
    if form == 6:
        return [(f"{body} {key}", "SECU")]
    if form == 7:
        word = rng.choice((" clé ", " clé : ", " cle ", " Clé: ", " (clé ", " / clé "))
        close: Piece = [(")", None)] if "(" in word else []
        return [(body, "SECU"), (word, None), (key, "SECU"), *close]
    if form == 8:
        return [(grouped(body + key, (3, 3, 3, 3), " "), "SECU")]
    join = rng.choice(_NIR_JOINS)
    parts = [body[a:b] for a, b in zip((0, *_NIR_PARTS), _NIR_PARTS, strict=False)]
    last = "" if form == 9 else f"{rng.choice((join, join, ' / ', '/', ' - '))}{key}"
    return [(join.join(parts) + last, "SECU")]


def rpps(rng: random.Random) -> str:
    """Return a professional's national number."""
    number = f"{rng.choice(('10', '10', '10', '10', '8'))}{digits(rng, 10)}"[:11]
    form = rng.randint(0, 9)
    if form < 7:
        return number
    return grouped(number, rng.choice(((2, 3, 3), (3, 4), (2, 2, 2, 2), (1, 3, 3))), rng.choice((" ", " ", ".", "-")))


def iban(rng: random.Random) -> str:
    """Return a bank account, French in nine of ten."""
    french = rng.random() < 0.9
    country = "FR" if french else rng.choice(_COUNTRIES)
    account = digits(rng, 10) + (
        digits(rng, 11) if rng.random() < 0.8 else f"{digits(rng, 8)}{rng.choice('ABCDEFGH')}{digits(rng, 2)}"
    )
    body = account + digits(rng, 2) if french else account[: rng.randint(12, 20)]
    key = "76" if french and rng.random() < 0.5 else _iban_key(country, body)
    number = f"{country}{key}{body}"
    form = rng.randint(0, 9)
    if form < 6:
        return grouped(number, (4,) * 7, " ")
    if form < 9:
        return number
    return grouped(number, (4, 5, 5, 11), " ") if french else grouped(number, (4,) * 7, "-")


def _iban_key(country: str, body: str) -> str:
    value = int("".join(str(int(sign, 36)) for sign in f"{body}{country}00"))
    return f"{98 - value % 97:02d}"
