"""What a text says besides what it shows: base64, letters spelt out one by one, characters that nobody sees.

What is found is read like any other text; a text that hides nothing yields nothing.
"""

import base64
import binascii
import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

_BASE64 = re.compile(
    r"(?<![A-Za-z0-9+/_-])[A-Za-z0-9+/_-]{16,}(?:\r?\n[A-Za-z0-9+/]{2,}(?=[\r\n=]|$))*={0,2}(?![A-Za-z0-9+/_=-])"
)
_SPELT = re.compile(r"(?<![^\W_])[^\W_](?:[ .\-_*·|/]{1,3}[^\W_](?![^\W_])){7,}")
_TAGS = re.compile("[\U000e0020-\U000e007e]{8,}")
"""Longer than the names of regions that flags carry."""
_TAG_BASE = 0xE0000
_READABLE = 0.95
_FEWEST_LETTERS = 0.6


@dataclass(frozen=True, slots=True)
class Hidden:
    """A text found inside another; `deliberate` where no honest text would be written so."""

    text: str
    deliberate: bool


def hidden(text: str, split: Callable[[str], str]) -> Iterator[Hidden]:
    """Yield what `text` hides; `split` parts letters that run together into words."""
    for run in _TAGS.finditer(text):
        yield Hidden("".join(chr(ord(sign) - _TAG_BASE) for sign in run[0]), deliberate=True)
    for run in _SPELT.finditer(text):
        parts = re.split(r"[ ]{2,}|[ ]?[|/][ ]?", run[0]) if "  " in run[0] else [run[0]]
        words = ["".join(sign for sign in part if sign.isalnum()) for part in parts]
        if not all(word.isdigit() for word in words):
            yield Hidden(" ".join(words) if len(words) > 1 else split(words[0].lower()), deliberate=False)
    for run in _BASE64.finditer(text):
        if decoded := _decoded("".join(run[0].split())):
            yield Hidden(decoded, deliberate=False)


def uncoded(text: str) -> str:
    """Return `text` with every run of base64 that `hidden` reads taken out: what it says is read by itself."""
    return _BASE64.sub(lambda run: "…" if _decoded("".join(run[0].split())) else run[0], text)


def _decoded(written: str) -> str | None:
    """Return the text that base64 stands for; None where it is none, as for images, hashes and long words."""
    plain = written.rstrip("=").replace("-", "+").replace("_", "/")
    if plain.isalpha() and (plain.islower() or plain.isupper() or plain.istitle()):
        return None
    try:
        content = base64.b64decode(plain[: len(plain) - (len(plain) % 4 == 1)] + "=" * (-len(plain) % 4), validate=True)
        text = content.decode("utf-8")
    except (binascii.Error, ValueError):
        return None
    shown = sum(sign.isprintable() or sign in "\r\n\t" for sign in text)
    letters = sum(sign.isalpha() or sign == " " for sign in text)
    return text if shown >= _READABLE * len(text) and letters >= _FEWEST_LETTERS * len(text) else None


class Splitter:
    """Parts letters that run together into the likeliest words, by how frequent each is."""

    def __init__(self, ranks: Mapping[str, int]) -> None:
        """`ranks` numbers the known words, the most frequent first."""
        self._costs = {word: math.log((rank + 1) * math.log(len(ranks) + 1)) for word, rank in ranks.items()}
        self._longest = max(map(len, ranks), default=1)

    def split(self, letters: str) -> str:
        """Return `letters` with blanks between words; a letter that fits no word stands alone."""
        best = [0.0]
        last = [0]
        for end in range(1, len(letters) + 1):
            choices = [
                (best[start] + self._costs.get(letters[start:end], 12.0 * (end - start) + 6.0), start)
                for start in range(max(0, end - self._longest), end)
            ]
            cost, start = min(choices)
            best.append(cost)
            last.append(start)
        words, end = [], len(letters)
        while end:
            words.append(letters[last[end] : end])
            end = last[end]
        return " ".join(reversed(words))
