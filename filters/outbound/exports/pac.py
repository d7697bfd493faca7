"""A proxy auto-configuration file: browsers send refused names to a filter, and all else where it went before."""

import json
import re
from typing import Final

from filters.outbound.exports.listing import Listing, Stamp
from filters.outbound.exports.text import Export, commented

NOWHERE: Final = "PROXY 127.0.0.1:9"
"""A proxy that nobody is: the browser says that it cannot connect."""

_WAY: Final = re.compile(r"(?:DIRECT|(?:PROXY|HTTPS?|SOCKS[45]?) [A-Za-z0-9.\[\]:_-]{1,255}:\d{1,5})")
_FUNCTION: Final = """\
function FindProxyForURL(url, host) {
  var name = String(host).toLowerCase().replace(/\\.+$/, "");
  for (;;) {
    if (Object.prototype.hasOwnProperty.call(NAMES, name)) {
      return NAMES[name] ? REFUSED : OTHERS;
    }
    var dot = name.indexOf(".");
    if (dot < 0) {
      return OTHERS;
    }
    name = name.slice(dot + 1);
  }
}
"""


class BadWayError(ValueError):
    """The text is no list of proxies as a browser reads it."""


def write(listing: Listing, stamp: Stamp, refused: str = NOWHERE, others: str = "DIRECT") -> Export:
    """Return the file, in the JavaScript of 1999: the longest name that is known of a host decides.

    `refused` and `others` are ways as a PAC file gives them: `PROXY host:port; DIRECT`. Raises BadWayError.
    """
    for way in (refused, others):
        if not all(_WAY.fullmatch(part.strip()) for part in way.split(";")):
            raise BadWayError
    names = {rule.domain: 1 for rule in listing.rules} | dict.fromkeys(listing.open, 0)
    table = ",\n".join(f"  {json.dumps(name)}: {flag}" for name, flag in sorted(names.items()))
    text = (
        commented(stamp.lines(len(listing.rules)), "//")
        + f"var REFUSED = {json.dumps(refused)};\nvar OTHERS = {json.dumps(others)};\n"
        + f"var NAMES = {{\n{table}\n}};\n{_FUNCTION}"
    )
    return Export(text, len(listing.rules))
