"""Parts of a line: `key=value` pairs, and the host of what an engine wrote as a URL."""

import re
from collections.abc import Collection
from typing import Final

_PAIR: Final = re.compile(
    r"""
    (?<![^\s,])             # the head of the line, a blank or a comma: no key begins within a word
    ([A-Za-z_][\w.-]*+)=
    ( "[^"\\]*+(?:\\.[^"\\]*+)*+(?:"|\\?$)   # quoted; a cut line ends within its quotes
    | [^\s"]*+ )
    """,
    re.VERBOSE,
)
_AUTHORITY: Final = re.compile(r"(?:[A-Za-z][A-Za-z0-9+.-]*+://)?(?:[^/?\#@\s]*+@)?([^/?\#\s]++)")
_ABSENT: Final = frozenset({"", "-", "n/a", "na", "none", "unknown", "anonymized", "anonymous"})


def pairs(line: str, wanted: Collection[str]) -> dict[str, str]:
    """Return the values of those keys that are `wanted` of a line of `key=value`, quoted or not.

    What stands within quotes is never taken for a key, whatever its author put there; the first of a key counts.
    """
    found = reversed(_PAIR.findall(line))
    return {key: _unquoted(value) if value[:1] == '"' else value for key, value in found if key in wanted}


def _unquoted(value: str) -> str:
    inside = value[1:-1] if len(value) > 1 and value[-1] == '"' else value[1:]
    return inside.replace('\\"', '"').replace("\\\\", "\\") if "\\" in inside else inside


def authority(url: str) -> str:
    """Return host and port of a URL, with or without its scheme; empty where there is none."""
    found = _AUTHORITY.match(url)
    return found[1] if found else ""


def told(value: str, absent: Collection[str] = _ABSENT) -> str:
    """Return a value, or `""` for one of the words by which engines say that they do not know."""
    return "" if value.lower() in absent else value
