"""Speed of counting: attempts into the spool, the spool into the database, a month counted and reported.

`python -m bench.outbound.counting [ATTEMPTS]`; the error of counting is printed with the rates, and has to be 0.
"""

import asyncio
import datetime as dt
import random
import resource
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from sqlalchemy import func, select

from filters.outbound.attempt import Attempt
from filters.outbound.decision import Verdict
from gateway.database import Database
from gateway.outbound.counting.periods import Calendar, Grain, Span, month_of
from gateway.outbound.counting.pseudonyms import Keys, Pseudonyms
from gateway.outbound.counting.report import report
from gateway.outbound.counting.rules import Rules
from gateway.outbound.counting.sink import Sink
from gateway.outbound.counting.sql import SqlCounts, read
from gateway.outbound.counting.sql.table import daily
from gateway.outbound.counting.taking import take_in

AGENTS, SERVICES, DAYS = 5000, 120, 20
SLICE = 500
"""Lines that a daemon reads at once."""


def attempts(count: int) -> Iterator[Attempt]:
    """Yield attempts of a staff over some days, in order."""
    chance = random.Random(20261126)
    began = dt.datetime.now(dt.UTC) - dt.timedelta(days=DAYS)
    step = dt.timedelta(days=DAYS) / count
    verdicts = list(Verdict)
    for number in range(count):
        agent = min(int(chance.expovariate(1 / 800)), AGENTS - 1)
        service = f"service_{min(int(chance.expovariate(1 / 12)), SERVICES - 1)}"
        verdict = verdicts[number % 4]
        source = f"10.{agent % 20}.{agent // 250}.{agent % 250}"
        yield Attempt(began + number * step, service, verdict, verdict, f"agent{agent}", source, "squid", "v1")


def now() -> tuple[float, float]:
    """Return the time by the clock and by the processor."""
    return time.perf_counter(), time.process_time()


def rate(what: str, count: int, began: tuple[float, float]) -> None:
    """Print how many a second, by the clock and by the processor, which others may be using as well."""
    clock, processor = (after - before for after, before in zip(now(), began, strict=True))
    print(f"{what:<36}{count / clock:>12,.0f} /s {count / processor:>12,.0f} /s of processor")


async def counted(folder: Path, count: int) -> None:
    """Take in, count and report."""
    database = Database(f"sqlite+aiosqlite:///{folder / 'counts.db'}")
    await database.start()
    calendar = Calendar("Europe/Paris")
    counts = SqlCounts(database, calendar, Rules())
    began = now()
    taken = await take_in(folder / "spool", counts)
    rate("spool into the database", taken.total, began)
    began = now()
    await counts.count()
    rate("days counted and months settled", count, began)
    month = month_of(counts.today)
    began = time.perf_counter()
    found = await read(counts, Span(month, month))
    report(found, Span(month, month), Grain.DAY, {}, 5)
    print(f"{'report of a month':<36}{(time.perf_counter() - began) * 1000:>12,.0f} ms")
    async with database.engine.connect() as connection:
        total = (await connection.execute(select(func.sum(daily.c.attempts)))).scalar_one()
    print(f"{'error of counting':<36}{total - count:>12}")
    await database.close()


def main() -> None:
    """Measure each step on its own."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 500_000
    made = list(attempts(count))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        departments = {f"10.{network}": f"pole_{network}" for network in range(20)}
        for what, size in (
            ("sink, all at once", count),
            (f"sink, {SLICE} lines at a time", SLICE),
            ("sink, one by one", 1),
        ):
            used = made if size > 1 else made[: count // 10]
            target = folder if size == count else folder / f"other{size}"
            with Sink(
                target / "spool",
                Pseudonyms(Keys(folder / "keys")),
                Calendar("Europe/Paris"),
                lambda source: departments.get(".".join(source.split(".")[:2]), ""),
            ) as sink:
                began = now()
                for place in range(0, len(used), size):
                    sink.add(used[place : place + size])
                rate(what, len(used), began)
        asyncio.run(counted(folder, count))
    print(f"{'largest memory':<36}{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024:>12} MB")


if __name__ == "__main__":
    main()
