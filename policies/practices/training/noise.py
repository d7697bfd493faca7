"""Careless typing, and company: examples as hurried people write them, and among other text."""

import random

_NEIGHBOURS = {
    "a": "zq", "b": "vn", "c": "xv", "d": "sf", "e": "zr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "km", "m": "lp", "n": "bh", "o": "ip", "p": "om", "q": "as", "r": "et", "s": "qd", "t": "ry",
    "u": "yi", "v": "cb", "w": "xs", "x": "wc", "y": "tu", "z": "ae",
}  # fmt: skip

_SHORT = {
    "pour": "pr", "dans": "ds", "avec": "avc", "que": "q", "quand": "qd", "vous": "vs", "nous": "ns", "tout": "tt",
    "tous": "ts", "est": "é", "pas": "pa", "patient": "pt", "patients": "pts", "patiente": "pte", "medecin": "med",
    "parce que": "pcq", "rendez-vous": "rdv", "s'il te plait": "stp", "s'il vous plait": "svp", "c'est": "c",
    "jour": "j", "toujours": "tjs", "jamais": "jms", "beaucoup": "bcp", "sans": "ss", "compte rendu": "cr",
    "infirmiere": "ide", "infirmier": "ide", "service": "svc", "traitement": "ttt", "hospitalisation": "hospit",
}  # fmt: skip


def misspelt(text: str, rng: random.Random, rate: float) -> str:
    """Return `text` with letters doubled, dropped, swapped or struck beside, about `rate` of them."""
    letters = list(text)
    for place, letter in enumerate(letters):
        if not letter.isalpha() or rng.random() >= rate:
            continue
        kind = rng.randrange(4)
        if kind == 0:
            letters[place] = ""
        elif kind == 1:
            letters[place] = letter * 2
        elif kind == 2 and place + 1 < len(letters) and letters[place + 1].isalpha():  # noqa: PLR2004 (the third kind)
            letters[place], letters[place + 1] = letters[place + 1], letter
        else:
            letters[place] = rng.choice(_NEIGHBOURS.get(letter, letter))
    return "".join(letters)


def shortened(text: str, rng: random.Random) -> str:
    """Return `text` with some of its words as people write them in messages."""
    words = text.split(" ")
    return " ".join(_SHORT[word] if word in _SHORT and rng.random() < 0.6 else word for word in words)  # noqa: PLR2004
