"""Host names brought to one form, so that what an engine wrote and what a list holds can be compared."""

import ipaddress
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Final

import idna

from filters.outbound.errors import BadNameError

LONGEST: Final = 253
"""Characters that a name may have, without its last dot (RFC 1035)."""

_UNREADABLE: Final = 1024
"""Characters above which a text is not even looked at; a mapped name may be shorter than what was written."""

_NAME: Final = re.compile(r"(?:[a-z0-9_-]{1,63}\.)*+[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9_])?+")
"""What the DNS carries: wider than what a registry sells (underscores, hyphens at an end), and never a lone `-`."""

_PORT: Final = re.compile(r":[0-9]{0,5}\Z")
_DIGITS: Final = frozenset("0123456789abcdefx")
_NUMBER: Final = re.compile(r"(?:[0-9]+|0x[0-9a-f]*)\Z")


def canonical(host: str) -> str:
    """Return a host as every part of this filter writes it: no port, bracket or last dot, lower case, punycode.

    Names are mapped by UTS 46, as a browser does, so that `ＯpenAI.com。` is `openai.com`; what is written in punycode
    already stays. IPv6 addresses are shortened, and lose their zone. The result is its own canonical form.
    Raises BadNameError.
    """
    return host if len(host) <= LONGEST and _NAME.fullmatch(host) else _otherwise(host)


@lru_cache(maxsize=4096)
def _otherwise(host: str) -> str:
    """Return the form of what is not written so already; remembered, since engines write ports and capitals."""
    if len(host) > _UNREADABLE:
        raise BadNameError("too long for a host name")
    text = host.strip()
    if text.startswith("[") or text.count(":") > 1:
        return _sixth(text)
    name = _PORT.sub("", text).rstrip(".")
    name = name.lower() if name.isascii() else _mapped(name)
    if len(name) > LONGEST or not _NAME.fullmatch(name):
        raise BadNameError("not a host name")
    return name


def is_address(name: str) -> bool:
    """Return whether a canonical name is an IP address, in any writing that a browser takes for one (`0x7f.1`)."""
    return ":" in name or (name[-1:] in _DIGITS and _NUMBER.match(name, name.rfind(".") + 1) is not None)


def suffixes(name: str) -> Iterator[str]:
    """Yield a canonical name, then each name above it: `api.openai.com`, `openai.com`, `com`."""
    yield name
    dot = name.find(".")
    while dot >= 0:
        yield name[dot + 1 :]
        dot = name.find(".", dot + 1)


def _mapped(name: str) -> str:
    try:
        mapped = idna.uts46_remap(name, std3_rules=False, transitional=False).rstrip(".")
        return ".".join(label if label.isascii() else idna.alabel(label).decode("ascii") for label in mapped.split("."))
    except (idna.IDNAError, UnicodeError):
        raise BadNameError("not a name of the DNS") from None


def _sixth(text: str) -> str:
    """Return the IPv6 address of `[::1]:443`, `[::1]` or `::1`."""
    inside = text
    if text.startswith("["):
        inside, closed, rest = text[1:].partition("]")
        if not closed or (rest and not _PORT.fullmatch(rest)):
            raise BadNameError("not an address")
    try:
        return str(ipaddress.IPv6Address(inside.partition("%")[0]))
    except ValueError:
        raise BadNameError("not an address") from None
