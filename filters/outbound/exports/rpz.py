"""A response policy zone, for unbound, BIND, Knot Resolver or PowerDNS: names that do not resolve, or elsewhere."""

import datetime as dt
import re
from typing import Final

from filters.outbound.exports.listing import LeftOut, Listing, Stamp
from filters.outbound.exports.text import Export, commented
from filters.outbound.names import canonical

_SERIAL: Final = re.compile(r"^@ SOA \S+ \S+ (\d+) ", re.MULTILINE)
_LARGEST: Final = 2**32 - 1
_LIVES: Final = 300
"""Seconds for which an answer may be remembered, hence that a change takes to be effective."""

_SELF: Final = "la page y renvoie : il doit rester joignable"


def next_serial(previous: str, now: dt.datetime) -> int:
    """Return a serial above that of the zone as it was written last; `previous` is its text, empty for none."""
    return min(max(int(now.timestamp()), serial_of(previous) + 1), _LARGEST)


def serial_of(text: str) -> int:
    """Return the serial of a zone that was written here; 0 for another text."""
    found = _SERIAL.search(text)
    return int(found[1]) if found else 0


def write(listing: Listing, stamp: Stamp, serial: int, redirect: str = "") -> Export:
    """Return the zone, with a record for each name and one for all below it; its own name is the server's to give.

    A refused name does not exist (NXDOMAIN), or is another name for `redirect`, a host of the hospital's: only plain
    HTTP shows a page there, HTTPS an error of certificate. What must stay open below a name is let through
    (`rpz-passthru`). Raises BadNameError for a `redirect` that is no host name.
    """
    target = f"{canonical(redirect)}." if redirect else "."
    rules = [rule for rule in listing.rules if not _covers(rule.domain, target)]
    left_out = tuple(LeftOut(rule.domain, _SELF) for rule in listing.rules if _covers(rule.domain, target))
    head = commented(stamp.lines(len(rules)), ";")
    soa = f"$TTL {_LIVES}\n@ SOA localhost. hostmaster.localhost. {serial} 3600 600 604800 {_LIVES}\n@ NS localhost.\n"
    records = [record for rule in rules for record in _both(rule.domain, target)]
    opened = sorted({name for rule in rules for name in rule.open})
    records += [record for name in opened for record in _both(name, "rpz-passthru.")]
    return Export(head + soa + "".join(records), len(rules), left_out)


def _covers(domain: str, target: str) -> bool:
    """Return whether a name would send its own target round in a circle."""
    return f".{target}".endswith(f".{domain}.")


def _both(domain: str, target: str) -> tuple[str, str]:
    return f"{domain} CNAME {target}\n", f"*.{domain} CNAME {target}\n"
