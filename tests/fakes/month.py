"""A month of invented requests, counted."""

import datetime as dt

from gateway.audit.event import Ending, Line
from gateway.conversation import Usage
from gateway.usage.counts import Counts


def line(
    use: str | None = "compte_rendu", role: str = "medecin", service: str = "cardiologie", **changes: object
) -> Line:
    """Return one line of the journal."""
    told: dict[str, object] = {
        "output_id": "0" * 32, "caller": "caller-hash", "role": role, "service": service, "case": "case-hash",
        "charter": "2026-11-23", "decision": "allow", "code": "permis", "article": "12.1", "use": use, "declared": True,
        "stream": False, "gateway": "0.1.0", "route": "demo", "ending": Ending.ANSWERED,
        "masked": {"NOM": 2, "DATE": 3}, "usage": Usage(400, 200),
    }  # fmt: skip
    return Line(**(told | changes))  # type: ignore[arg-type]


REFUSED = {"decision": "refuse", "code": "hors_role", "article": "5.1", "ending": Ending.REFUSED, "route": None}


def counts(year: int = 2026, month: int = 11, scale: int = 1) -> Counts:
    """Return the counts of a busy month."""
    found = Counts()
    for day in range(1, 29):
        at = dt.datetime(year, month, day, 10, tzinfo=dt.UTC)
        quiet = at.weekday() >= 5
        for use, role, service, number in (
            ("compte_rendu", "medecin", "cardiologie", 9),
            ("courrier_medical", "secretaire_medicale", "pneumologie", 6),
            ("traduction", "ide", "urgences", 5),
        ):
            for _ in range(number if not quiet else 5):
                found.add(at, line(use, role, service))
        if day in {3, 10, 17}:
            found.add(at, line("codage", "ide", "urgences", masked={"IPP": 1}, **REFUSED))
        for _ in range(scale * 2):
            found.add(at, line("reformulation", "administratif", "accueil", masked={}))
    return found
