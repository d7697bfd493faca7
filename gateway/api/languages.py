"""The language that somebody asks to be answered in: `Accept-Language`, as RFC 9110 weighs it."""

import re
from collections.abc import Iterable
from typing import Final

from starlette.requests import Request

from policies.decision import Language

ANY: Final = "*"
_RANGE: Final = re.compile(
    r"\s*(?P<range>[A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)\s*(?:;\s*[qQ]\s*=\s*(?P<weight>0(?:\.\d{0,3})?|1(?:\.0{0,3})?)\s*)?"
)
LONGEST: Final = 1000
"""Characters that are read; a longer header is nobody's choice of a language."""


def spoken_to(request: Request) -> Language:
    """Return the language to answer this request in."""
    return preferred(request.headers.getlist("accept-language"))


def preferred(headers: Iterable[str]) -> Language:
    """Return the language of the highest weight, the first named of equals; French where nothing else is asked.

    A range such as `en-GB` asks for English. What cannot be read of the header is left aside.
    """
    weights: dict[str, tuple[float, int]] = {}
    for place, written in enumerate(",".join(headers)[:LONGEST].split(",")):
        found = _RANGE.fullmatch(written)
        if found is None:
            continue
        name = found["range"].lower().split("-", maxsplit=1)[0]
        weight = (float(found["weight"] or 1), -place)
        weights[name] = max(weight, weights.get(name, weight))
    return max(Language, key=lambda language: _weight(language, weights))


def _weight(language: Language, weights: dict[str, tuple[float, int]]) -> tuple[float, int]:
    """Weigh a language: as it is named, as any other, or as one that nobody asked for and nobody excluded."""
    unasked = (0.0, 1)
    return weights.get(language.value) or weights.get(ANY) or unasked
