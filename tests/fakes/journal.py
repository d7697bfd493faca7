"""A real journal in a temporary folder, and the requests that fill it."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from gateway.audit.sql import SqlTrail
from gateway.conversation import Usage
from gateway.database import Database
from gateway.secrets import hmac_key, signing_key
from policies.decision import Decision, Duties, Outcome, Review
from policies.facts import AiSystem, Caller, Facts, Recognition, Route, Tier
from tests.fakes.databases import url_in

CALLER = Caller("abcd2345", "medecin", "cardiologie")
FACTS = Facts("compte_rendu", None, dt.date(2026, 11, 23), recognition=Recognition())
ROUTE = Route("demo", Tier.D1, "FR", AiSystem("Démo", "1", "Écluse"))
ALLOWED = Decision(
    outcome=Outcome.ALLOW,
    code="permis",
    charter="2026-11-23",
    message="",
    article="12.1",
    contact="dpo",
    use="compte_rendu",
    route=ROUTE,
    duties=Duties(Tier.D1, frozenset({"NOM"}), Review.R2, None),
)
REFUSED = Decision(
    outcome=Outcome.REFUSE,
    code="hors_role",
    charter="2026-11-23",
    message="",
    article="5.1",
    contact="dpo",
    use="codage",
)


def trail_in(folder: Path, **options: Any) -> SqlTrail:
    """Return a journal kept in `folder`, not started."""
    database = Database(url_in(folder, "journal.db"))
    return SqlTrail(
        database, hmac_key(folder / "hmac.key"), signing_key(folder / "journal.pem"), heads=folder / "heads", **options
    )


@asynccontextmanager
async def journal_in(folder: Path, **options: Any) -> AsyncIterator[SqlTrail]:
    """Keep a journal open in `folder`."""
    trail = trail_in(folder, **options)
    await trail.database.start()
    try:
        async with trail:
            yield trail
    finally:
        await trail.database.close()


async def answered(trail: SqlTrail, caller: Caller = CALLER, **counts: int) -> str:
    """Record one answered request, and return its output id."""
    async with trail.record(caller, ALLOWED, FACTS, stream=False, case="dossier 1") as record:
        with record.stage("upstream"):
            record.masked(counts or {"NOM": 2})
        record.replied("demo", Usage(10, 20))
        record.restored(0, 1)
    return record.output_id
