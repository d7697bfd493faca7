"""How a mail address is written: in any case, with spaces around its signs, or with words for them."""

from collections.abc import Iterator

from filters.identifiers.entity import Label
from filters.identifiers.known.form import Form

_SIGNS = ("", "at", "arobase", "arobas")
_DOTS = (".", ".point.", ".dot.")


def forms(value: str) -> Iterator[Form]:
    """Yield how a mail address is written; nothing for what is none."""
    local, at, domain = value.lower().removeprefix("mailto:").partition("@")
    if not (local and at and domain):
        return
    for sign in _SIGNS:
        for dot in _DOTS if sign else _DOTS[:1]:
            yield Form((local.replace(".", dot), sign, domain.replace(".", dot)), Label.MAIL, gap=4)
