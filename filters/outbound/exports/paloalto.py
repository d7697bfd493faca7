"""An external dynamic list of Palo Alto Networks, of type URL: for a URL filtering profile (block, continue)."""

from filters.outbound.exports.listing import Listing, Stamp
from filters.outbound.exports.text import Export


def write(listing: Listing, stamp: Stamp) -> Export:
    """Return `name/` for each name and `*.name/` for all below it: the slash keeps `name.evil.example` out.

    No comments: PAN-OS takes each line of a URL list for a URL, so the version is not in it. How many lines are read
    depends on the model (50 000 on the smallest).
    """
    del stamp
    lines = []
    for rule in listing.rules:
        lines.append(f"{rule.domain}/")
        if not rule.open:
            lines.append(f"*.{rule.domain}/")
    partly = tuple(rule.domain for rule in listing.rules if rule.open)
    return Export("".join(f"{line}\n" for line in lines), len(listing.rules), partly=partly)
