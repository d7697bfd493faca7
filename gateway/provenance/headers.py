"""The HTTP headers that mark an answer for programs."""

import datetime as dt
import re
from collections.abc import Mapping
from typing import Final

import http_sf

from policies.facts import AiSystem

_PLAIN: Final = re.compile(r"[!-~](?:[ -~]*[!-~])?")
"""What a header field may hold as it is: visible ASCII, spaces inside only."""


def build(
    *, output_id: str, charter: str, system: AiSystem, provider: str, issued: dt.datetime, drill: str | None = None
) -> Mapping[str, str]:
    """Return `AI-Disclosure`, a dictionary of RFC 9651, and where to find more; every value is plain ASCII.

    `drill` is the stop that is being rehearsed, if any.

    A name with accents becomes a Display String, which holds any Unicode: `%"H%c3%b4pital"`.
    """
    disclosure = {
        "mode": http_sf.Token("machine-generated"),
        "model": _text(f"{system.name} {system.version}"),
        "provider": _text(provider),
        "date": issued.replace(microsecond=0),
    }
    return {
        "AI-Disclosure": http_sf.ser(disclosure),
        "Ecluse-Output": _plain(output_id),
        "Ecluse-Charter": _plain(charter),
        **({"Ecluse-Drill": _plain(drill)} if drill else {}),
    }


def _text(value: str) -> str | http_sf.DisplayString:
    return value if value.isascii() and value.isprintable() else http_sf.DisplayString(value)


def _plain(value: str) -> str:
    return value if _PLAIN.fullmatch(value) else http_sf.ser(http_sf.DisplayString(value))
