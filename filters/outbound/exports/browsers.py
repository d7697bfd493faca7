"""Policies of browsers, for machines that leave the hospital's network: Chrome and Edge, and Firefox."""

import json
from typing import Final

from filters.outbound.exports.listing import LeftOut, Listing, Stamp
from filters.outbound.exports.text import Export, check_limit
from filters.outbound.names import suffixes

LIMIT: Final = 1000
"""Entries of a list that browsers read; they pass over the rest without a word."""

_EXCEPTED: Final = "Firefox l’ouvrirait avec le nom dont il dépend"


def chromium(listing: Listing, stamp: Stamp) -> Export:
    """Return `URLBlocklist` and `URLAllowlist`, for Chrome and Edge: of two entries, the longer host decides.

    JSON has no comments: the version is not in it. Raises TooManyNamesError, for either list.
    """
    del stamp
    blocked = [rule.domain for rule in listing.rules]
    return _written({"URLBlocklist": blocked, "URLAllowlist": list(listing.open)}, len(blocked))


def firefox(listing: Listing, stamp: Stamp) -> Export:
    """Return `WebsiteFilter`; its exceptions win over every block, so a name below one is left out.

    Firefox blocks pages, not what a page loads. Raises TooManyNamesError, for either list.
    """
    del stamp
    opened = frozenset(listing.open)
    left_out = [rule.domain for rule in listing.rules if not opened.isdisjoint(suffixes(rule.domain))]
    names = sorted({rule.domain for rule in listing.rules}.difference(left_out))
    blocked, excepted = [_pattern(name) for name in names], [_pattern(name) for name in listing.open]
    check_limit(max(len(blocked), len(excepted)), LIMIT)
    policy = {"policies": {"WebsiteFilter": {"Block": blocked, "Exceptions": excepted}}}
    return Export(_json(policy), len(names), tuple(LeftOut(name, _EXCEPTED) for name in left_out))


def _pattern(name: str) -> str:
    """Return a pattern for a name and all below it."""
    return f"*://*.{name}/*"


def _written(lists: dict[str, list[str]], count: int) -> Export:
    check_limit(max(map(len, lists.values())), LIMIT)
    return Export(_json({key: names for key, names in lists.items() if names or key == "URLBlocklist"}), count)


def _json(value: object) -> str:
    return json.dumps(value, indent=2, ensure_ascii=True) + "\n"
