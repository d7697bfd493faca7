"""A text as both voices read it: lower case, no accents, no disguise of single characters."""

import re
import unicodedata

_ACCENTS = re.compile(r"[\u0300-\u036f]+")
_INVISIBLE = re.compile(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\U000e0000-\U000e0fff]"
)
_SIGNS = str.maketrans(
    {
        **dict.fromkeys("’‘ʼ′`´", "'"),
        **dict.fromkeys("“”«»„", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        "œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d", "ı": "i",
        # Letters of other scripts that look like ours: a word written with them reads the same on the screen.
        **dict(zip("аеорсухіјѕԁԛԝһ", "aeopcyxijsdqwh", strict=True)),
        **dict(zip("αοειυνκτρχ", "aoeiuvktpx", strict=True)),
    }
)  # fmt: skip


def shown(text: str) -> str:
    """Return `text` without the characters that nobody sees."""
    return _INVISIBLE.sub("", text)


def fold(text: str) -> str:
    """Return `text` in lower case, without accents, with plain quotes and dashes; lengths may change."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", shown(text)).lower()
    return _ACCENTS.sub("", plain).translate(_SIGNS)
