"""A file for Squid: `acl ia dstdomain "/etc/squid/ia.txt"`, without a helper."""

from filters.outbound.exports.listing import Listing, Stamp
from filters.outbound.exports.text import Export, commented


def write(listing: Listing, stamp: Stamp) -> Export:
    """Return one line for each name: `.name` for it and all below it, `name` for itself only.

    No name is there beside one above it, of which Squid would complain.
    """
    lines = [f"{'' if rule.open else '.'}{rule.domain}\n" for rule in listing.rules]
    partly = tuple(rule.domain for rule in listing.rules if rule.open)
    return Export(commented(stamp.lines(len(lines))) + "".join(lines), len(lines), partly=partly)
