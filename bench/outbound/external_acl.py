"""How fast the program that Squid asks decides, on a pipe as Squid's: `python bench/outbound/external_acl.py`.

Squid keeps up to so many questions open; each round writes as many, and waits for their answers. What is measured has
the load generator in it, on a core of its own where there is one.
"""

import argparse
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import NamedTuple

from filters.outbound.decision import Mode, Status
from filters.outbound.service import Category
from filters.outbound.snapshot import Content, Entry, Table, assembled, write

FLOOR = 150_000
"""Decisions a second at 100 open questions."""

OPEN = (1, 10, 100, 200)
VISITED = 2_000
"""Different hosts that are asked for, a tenth of them refused."""


class Figures(NamedTuple):
    """What one load gave."""

    rate: float
    """Decisions a second, as the clock on the wall says: others on the machine count in it."""
    cost: float
    """Microseconds of processor that our program took for each, its start included."""


def policy(folder: Path, names: int) -> None:
    """Write a policy in which so many names are refused."""
    entry = Entry("refused", "Refused", "Invented", "FR", Category.CHAT, "", Status.BLOCK, "service")
    content = Content(
        name="bench",
        mode=Mode.BLOCK,
        page="https://ia.hopital.example/page",
        approved="",
        timezone="Europe/Paris",
        without_name=Status.ALLOW,
        gateway=("10.9.9.9",),
        departments={},
        scopes=(),
        entries=(entry,),
        rules=(),
        leaves=(),
        feeds=(),
    )
    refused = {f"name-{number}.example": 1 for number in range(names)}
    write(assembled(content, Table.of({}, refused)), folder / "snapshot.bin")


def questions(count: int) -> list[bytes]:
    """Return questions without their channel, as Squid writes them."""
    drawn = random.Random(1)
    hosts = [
        f"www.name-{number}.example" if number % 10 == 0 else f"host-{number}.hopital.example"
        for number in range(VISITED)
    ]
    return [
        f" agent{drawn.randrange(4000)} 10.{drawn.randrange(16)}.{drawn.randrange(256)}.7 {host} {host} -\n".encode()
        for host in drawn.choices(hosts, k=count)
    ]


def measured(folder: Path, wanted: int, total: int) -> Figures:
    """Return the figures with so many questions open."""
    asked = questions(total)
    command = [sys.executable, "-m", "gateway.outbound.squid.external_acl", str(folder)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, bufsize=0) as program:
        source, target = (end.fileno() for end in (program.stdin, program.stdout) if end is not None)
        rounds = [
            b"".join(b"%d%b" % (channel, line) for channel, line in enumerate(asked[first : first + wanted]))
            for first in range(0, total - wanted + 1, wanted)
        ]
        answered(source, target, rounds[0], wanted)
        begun = time.perf_counter()
        for lines in rounds:
            answered(source, target, lines, wanted)
        spent = time.perf_counter() - begun
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        program.communicate()
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    decided = len(rounds) * wanted
    return Figures(decided / spent, 1e6 * used / decided)


def answered(source: int, target: int, lines: bytes, wanted: int) -> None:
    """Write questions and read as many answers."""
    os.write(source, lines)
    got = 0
    while got < wanted:
        got += os.read(target, 1 << 18).count(b"\n")


def main() -> None:
    """Print the figures; with `--check`, fail below the floor."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        policy(Path(folder), chosen.names)
        found = {wanted: measured(Path(folder), wanted, 20_000 if wanted == 1 else 400_000) for wanted in OPEN}
    for wanted, (rate, cost) in found.items():
        print(f"{wanted:>4} open questions: {rate:>9,.0f} decisions/s, {cost:.1f} µs of processor each")
    if chosen.check and found[100].rate < FLOOR:
        raise SystemExit(f"below {FLOOR:,} decisions/s")


if __name__ == "__main__":
    main()
