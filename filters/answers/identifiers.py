"""Identifiers of certain form in an answer that its request did not hold: a model made them up, or knows them."""

import re
from collections.abc import Iterable
from typing import Final

from stdnum import iban
from stdnum.fr import nir

# Those of numbers open with a class and look behind after it: the engine then skips to candidates.
_MAIL: Final = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}")
_PHONE: Final = re.compile(
    r"[+0](?<![\w.,+].)(?:(?:(?<=\+)|0)33[ .]?(?:\(0\))?|(?<=0))[ .-]?[1-9](?:[ .-]?\d{2}){4}(?![\w])"
)
_NIR: Final = re.compile(r"[12](?<!\w.)(?:[ .]?\d{2}){2}[ .]?(?:\d{2}|2[AB])(?:[ .]?\d{3}){2}[ .]?\d{2}(?!\w)")
_IBAN: Final = re.compile(r"[A-Z](?<!\w.)[A-Z]\d{2}(?: ?[A-Z0-9]{4}){2,7}(?: ?[A-Z0-9]{1,3})?(?!\w)")
_COUNTRY: Final = re.compile(r"^(?:\+|00)33(?:0)?")


def identifiers(text: str) -> set[str]:
    """Return the mails, telephones, social security numbers and bank accounts of a text, each in one form."""
    numbers = {_plain(match[0]) for match in _NIR.finditer(text) if nir.is_valid(_plain(match[0]))}
    numbers |= {_plain(match[0]) for match in _IBAN.finditer(text) if iban.is_valid(_plain(match[0]))}
    numbers |= {_COUNTRY.sub("0", re.sub(r"[^\d+]", "", match[0])) for match in _PHONE.finditer(text)}
    mails = _MAIL.finditer(text) if "@" in text else ()
    return numbers | {match[0].lower() for match in mails}


class Known:
    """What a request holds, read when it is first asked for."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._texts = tuple(texts)
        self._identifiers: set[str] | None = None

    def new(self, text: str) -> int:
        """Return how many identifiers of `text` the request did not hold."""
        held = identifiers(text)
        if not held:
            return 0
        if self._identifiers is None:
            self._identifiers = set().union(*map(identifiers, self._texts))
        return len(held - self._identifiers)

    def holds(self, value: str) -> bool:
        """Return whether the request holds these very characters."""
        return any(value in text for text in self._texts)


def _plain(written: str) -> str:
    return re.sub(r"[ .]", "", written)
