"""A `hosts` file, for machines on which nothing else can be set."""

from typing import Final

from filters.outbound.exports.listing import Listing, Stamp
from filters.outbound.exports.text import Export, commented

_NOWHERE: Final = "0.0.0.0"  # noqa: S104 - an address that leads nowhere


def write(listing: Listing, stamp: Stamp) -> Export:
    """Return a line for each name and its `www.`: the format has no way to mean the names below another one."""
    names: set[str] = set()
    opened = set(listing.open)
    for name in listing.names:
        names.add(name)
        if not name.startswith("www.") and f"www.{name}" not in opened:
            names.add(f"www.{name}")
    text = commented(stamp.lines(len(listing.names))) + "".join(f"{_NOWHERE} {name}\n" for name in sorted(names))
    return Export(text, len(listing.names))
