"""The engines whose logs can be read, and the reading of their lines."""

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from enum import StrEnum
from types import MappingProxyType
from typing import Final

from filters.outbound.attempt import Attempt
from filters.outbound.intake.fortigate import Fortigate
from filters.outbound.intake.paloalto import PaloAlto
from filters.outbound.intake.parser import BadLineError, Known, Parser, Tally
from filters.outbound.intake.squid import Squid
from filters.outbound.intake.stormshield import Stormshield
from filters.outbound.intake.times import Clock
from filters.outbound.intake.umbrella import Umbrella
from filters.outbound.intake.unbound import Unbound
from filters.outbound.intake.zscaler import Zscaler


class Engine(StrEnum):
    """Whose logs can be read."""

    SQUID = "squid"
    FORTIGATE = "fortigate"
    STORMSHIELD = "stormshield"
    ZSCALER = "zscaler"
    UMBRELLA = "umbrella"
    PALOALTO = "paloalto"
    UNBOUND = "unbound"


ENGINES: Final[Mapping[str, Callable[[Known, Clock], Parser]]] = MappingProxyType(
    {
        Engine.SQUID: Squid,
        Engine.FORTIGATE: Fortigate,
        Engine.STORMSHIELD: Stormshield,
        Engine.ZSCALER: Zscaler,
        Engine.UMBRELLA: Umbrella,
        Engine.PALOALTO: PaloAlto,
        Engine.UNBOUND: Unbound,
    }
)


def attempts(
    lines: Iterable[str],
    engine: str,
    services: Callable[[str], str],
    *,
    zone: dt.tzinfo | None = None,
    tally: Tally | None = None,
) -> Iterator[Attempt]:
    """Yield the attempts that the lines of an engine's log tell of; no bad line stops the rest.

    `services` gives the service of a canonical host, `""` where none has it: the line is no attempt then. `zone` is
    that of the times that do not say theirs; ZoneNeededError is raised at the first of them without it. `tally` is
    counted up as lines are read.
    """
    yield from read(lines, parser(engine, services, zone), Tally() if tally is None else tally)


def parser(
    engine: str, services: Callable[[str], str], zone: dt.tzinfo | None = None, today: dt.datetime | None = None
) -> Parser:
    """Return a parser for one stream of an engine's lines; it remembers a little from line to line."""
    return ENGINES[engine](Known(services), Clock(zone, today))


def read(lines: Iterable[str], with_: Parser, tally: Tally) -> Iterator[Attempt]:
    """Yield the attempts of lines that a parser reads."""
    one = with_.read
    for line in lines:
        tally.lines += 1
        try:
            found = one(line)
        except BadLineError as error:
            tally.bad[error.reason] += 1
        else:
            if found is not None:
                tally.attempts += 1
                yield found
