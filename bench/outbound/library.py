"""Measure how fast and how small the decision on outgoing connections is: one command, one table.

    python -m bench.outbound.library [SIZES…]

Each size is a list of so many invented domains, compiled, written, then loaded and asked in a process of its own.
`known` asks hosts that come again and again, as a hospital's do; `new` never asks the same host twice; a fifth are
listed, a label below their domain. Times are of the processor, so that other work on the machine does not count: so
many decisions a second of one core. Memory is what the process gains by loading.
"""

import argparse
import gc
import itertools
import json
import random
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from filters.outbound.deciding import decide
from filters.outbound.decision import Mode, Query, Status
from filters.outbound.service import Category
from filters.outbound.snapshot import Content, Entry, Snapshot, Table, assembled, read, write
from filters.outbound.snapshot.state import NEVER

SIZES = (1_000, 10_000, 100_000, 1_000_000)
_ROUNDS = 5
_QUERIES = 200_000
_HOSTS = 8_000
"""Different hosts that come again: no more than are remembered."""
_ENDS = ("ai", "com", "io", "app", "fr", "co.uk", "dev", "org")
_SOURCES = [f"10.{number // 250}.{number % 250}.9" for number in range(2_000)]


def domains(count: int) -> Iterator[str]:
    """Yield invented domains, no two alike."""
    draw = random.Random(7)
    for number in range(count):
        yield f"{draw.getrandbits(28):x}-{number:x}.{draw.choice(_ENDS)}"


def made(count: int) -> Snapshot:
    """Return a snapshot in its last mode with so many domains, a hundred of them services of their own."""
    entries = [
        Entry(f"s{number}", f"S {number}", "", "FR", Category.CHAT, "", Status.BLOCK, "category")
        for number in range(100)
    ]
    names = list(domains(count))
    own = {name: number for number, name in enumerate(names[:100], start=NEVER + 1)}
    rest = dict.fromkeys(names[100:], len(entries))
    content = Content(
        name="bench",
        mode=Mode.BLOCK,
        page="https://ia.hopital.example/bloque",
        approved="",
        timezone="Europe/Paris",
        without_name=Status.ALLOW,
        gateway=("10.20.0.15/32",),
        departments={},
        scopes=(),
        entries=tuple(entries),
        rules=(),
        leaves=(),
        feeds=(),
    )
    return assembled(content, Table.of(own, rest))


def queries(count: int, hosts: Iterator[str]) -> list[Query]:
    """Return queries as a proxy makes them: each text is a new one, host and SNI alike."""
    draw = random.Random(11)
    # A slice that is joined is a text of its own, whose hash is not known yet.
    return [Query(f"{host} "[:-1], f"{host} "[:-1], draw.choice(_SOURCES)) for host in itertools.islice(hosts, count)]


def hosts(size: int, share: float, different: int) -> Iterator[str]:
    """Yield hosts for ever, `different` of them in turn; `share` of them listed."""
    draw = random.Random(13)
    listed = list(itertools.islice(domains(size), min(size, different)))
    pool = [
        f"www.{draw.choice(listed)}" if draw.random() < share else f"www{number}.site-{draw.getrandbits(24):x}.fr"
        for number in range(different)
    ]
    return itertools.cycle(pool)


def rate(snapshot: Snapshot, asked: list[Query], forget: Callable[[], None]) -> float:
    """Return decisions a second: the median of some rounds."""
    found = []
    for _ in range(_ROUNDS):
        forget()
        started = time.process_time()
        for query in asked:
            decide(snapshot, query)
        found.append(len(asked) / (time.process_time() - started))
    return statistics.median(found)


def resident() -> float:
    """Return the memory that this process holds, in MB."""
    pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
    return pages * resource.getpagesize() / 1e6


def measured(path: Path, size: int) -> dict[str, float]:
    """Load a snapshot and ask it."""
    gc.collect()
    before, started = resident(), time.process_time()
    snapshot = read(path)
    loading = time.process_time() - started
    gc.collect()
    held = resident() - before
    fresh = queries(_QUERIES, hosts(size, 0.2, _QUERIES))
    known = queries(_QUERIES, hosts(size, 0.2, _HOSTS))
    return {
        "megabytes": held,
        "seconds": loading,
        "known": rate(snapshot, known, lambda: None),
        "new": rate(snapshot, fresh, lambda: _forget(snapshot)),
    }


def _forget(snapshot: Snapshot) -> None:
    snapshot.recent.clear()


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES)
    parser.add_argument("--one", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.one:
        print(json.dumps(measured(options.one, options.sizes[0])))
        return
    print(f"{'domains':>9} {'known/s':>10} {'new/s':>10} {'memory':>9} {'loaded in':>10} {'file':>9}")
    for size in options.sizes:
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "snapshot.bin"
            write(made(size), path)
            command = [sys.executable, "-m", "bench.outbound.library", str(size), "--one", str(path)]
            found = json.loads(subprocess.run(command, check=True, capture_output=True, text=True).stdout)
            print(
                f"{size:>9,} {found['known']:>10,.0f} {found['new']:>10,.0f} {found['megabytes']:>6.1f} MB "
                f"{found['seconds']:>8.2f} s {path.stat().st_size / 1e6:>6.1f} MB"
            )


if __name__ == "__main__":
    main()
