"""Adding up the lines of a month. Pure. Callers and cases are not counted, nor kept."""

import datetime as dt
from collections import Counter
from dataclasses import dataclass, field

from gateway.audit.contest import Contest
from gateway.audit.event import Ending, Line

OPEN = "open"
"""A contest that nobody has settled yet."""

NO_VALUE = "aucun"
"""A request refused before it had a use or a route."""


@dataclass(slots=True)
class Counts:
    """What happened in a month, exactly: not to be shown before `disclosure` has passed."""

    requests: int = 0
    by_use: Counter[str] = field(default_factory=Counter)
    by_role: Counter[str] = field(default_factory=Counter)
    by_service: Counter[str] = field(default_factory=Counter)
    by_route: Counter[str] = field(default_factory=Counter)
    by_decision: Counter[str] = field(default_factory=Counter)
    by_ending: Counter[str] = field(default_factory=Counter)
    by_day: Counter[dt.date] = field(default_factory=Counter)
    refusals: Counter[str] = field(default_factory=Counter)
    """By reason and article: `hors_role, article 5.1`."""
    contested: Counter[str] = field(default_factory=Counter)
    """Of those refusals, the ones that their caller contests, whenever they did."""
    settled: Counter[str] = field(default_factory=Counter)
    """Those by what became of them: `upheld`, `wrong` or `open`."""
    masked: Counter[str] = field(default_factory=Counter)
    requests_masked: Counter[str] = field(default_factory=Counter)
    """Requests in which a label was masked: what the threshold looks at, since one request may hold many."""
    placeholders_lost: int = 0
    placeholders_unknown: int = 0
    requests_with_losses: int = 0
    tokens: int = 0

    def add(self, at: dt.datetime, line: Line, contest: Contest | None = None) -> None:
        """Count one request, and its contest where it was refused and contested."""
        self.requests += 1
        self.by_use[line.use or NO_VALUE] += 1
        self.by_role[line.role] += 1
        self.by_service[line.service] += 1
        self.by_route[line.route or NO_VALUE] += 1
        self.by_decision[line.decision] += 1
        self.by_ending[line.ending] += 1
        self.by_day[at.date()] += 1
        if line.ending is Ending.REFUSED:
            refusal = f"{line.code}, article {line.article}" if line.article else line.code
            self.refusals[refusal] += 1
            if contest is not None:
                self.contested[refusal] += 1
                self.settled[contest.outcome or OPEN] += 1
        for label, count in line.masked.items():
            self.masked[label] += count
            self.requests_masked[label] += 1
        self.placeholders_lost += line.placeholders_lost
        self.placeholders_unknown += line.placeholders_unknown
        self.requests_with_losses += bool(line.placeholders_lost or line.placeholders_unknown)
        self.tokens += line.usage.total_tokens
