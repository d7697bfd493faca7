"""One attempt to reach an AI service, as counted: whatever the engine, whatever its log."""

import datetime as dt
from dataclasses import dataclass

from filters.outbound.decision import Verdict


@dataclass(frozen=True, slots=True)
class Attempt:
    """What an intake makes of a line of log. `user` and `source` never reach the disk: they are pseudonymised first."""

    at: dt.datetime
    """Aware."""
    service: str
    verdict: Verdict
    """What happened to it."""
    planned: Verdict
    """What the policy would do in its last mode; as `verdict` where the engine knows no modes."""
    user: str = ""
    source: str = ""
    engine: str = ""
    """`squid`, `fortigate`, `stormshield`, `zscaler`, `umbrella`, `paloalto`, `unbound`, `icap`."""
    version: str = ""
    """Of the policy; empty where another engine decided."""
