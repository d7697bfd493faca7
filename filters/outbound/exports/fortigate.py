"""A threat feed of FortiGate: connector « FortiGuard Category » (web filter) or « Domain Name » (DNS filter)."""

from typing import Final

from filters.outbound.exports.listing import LeftOut, Listing, Stamp
from filters.outbound.exports.text import Export, check_limit, commented

LIMIT: Final = 131_072
"""Lines of a feed that FortiOS before 7.4.4 reads; later ones count per model, never fewer."""

_PARTLY: Final = "un nom en dépend qui doit rester ouvert, ce qu’un flux ne sait pas dire"


def write(listing: Listing, stamp: Stamp) -> Export:
    """Return one line for each name and one for all below it (`*.`). Raises TooManyNamesError.

    A name below which something stays open is left out: whether FortiOS takes a bare name for itself only depends on
    the kind of feed and the version.
    """
    rules = [rule for rule in listing.rules if not rule.open]
    left_out = tuple(LeftOut(rule.domain, _PARTLY) for rule in listing.rules if rule.open)
    lines = [line for rule in rules for line in (rule.domain, f"*.{rule.domain}")]
    check_limit(len(lines), LIMIT)
    text = commented(stamp.lines(len(rules))) + "".join(f"{line}\n" for line in lines)
    return Export(text, len(rules), left_out)
