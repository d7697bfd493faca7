"""Half an hour at 80 % of what the cluster does: memory stays flat, every answer is recorded, nothing leaves unmasked.

`make soak` (`MINUTES=5` for less): two gateways, HAProxy, Redis and PostgreSQL, as `make cluster` starts them. What
they can do is measured first, by callers who ask again as soon as they are answered; then requests come at 80 % of it,
whether earlier ones are answered or not. Fails, with a sentence for each reason, where memory grows by more than 5 %
after the warm-up, a caller hears an error, an identifier reaches the model, or the journal lacks an answer.
"""

import argparse
import asyncio
import json
import os
import random
import statistics
import sys
from collections.abc import Iterator, Sequence
from typing import Final

from bench.soak.load import Heard, Load
from bench.soak.memory import Held, Samples, stages, watched
from bench.soak.people import Leaks, people
from deploy.cluster import servers
from deploy.cluster.__main__ import POSTGRESQL, cluster
from deploy.cluster.scenes import Cluster
from gateway.ports import free_port

SHARE: Final = 0.8
MEASURING_SECONDS: Final = 30.0
WARM_UP: Final = 1 / 3
"""Of the whole time, and five minutes at most: by then the caches are full and every connection is open."""

LONGEST_WARM_UP: Final = 300.0


async def soaked(running: Cluster, load: Load, seconds: float) -> list[Held]:
    """Load the cluster, and return what each process held."""
    most = await load.capacity(MEASURING_SECONDS)
    print(f"{most:.1f} answers a second at most; {SHARE:.0%} of it for {seconds / 60:.1f} minutes", flush=True)
    load.heard = Heard(errors=load.heard.errors, answered=load.heard.answered)
    samples: Samples = []
    watching = asyncio.get_running_loop().create_task(watched(running, samples))
    await load.keep_up(SHARE * most, seconds)
    watching.cancel()
    return stages(samples, min(LONGEST_WARM_UP, WARM_UP * seconds))


def unrecorded(running: Cluster, heard: Heard) -> Iterator[str]:
    """Yield a sentence where the journal does not verify, and where it lacks an answer that somebody got."""
    verdict = servers.command(running.configuration, "audit", "verify")
    if "Journal intègre" not in verdict:
        yield f"the journal does not verify: {verdict}"
    exported = servers.command(running.configuration, "audit", "export").splitlines()
    lines = [json.loads(line) for line in exported if line.startswith("{")]
    if missing := heard.answered - {line["output_id"] for line in lines if line.get("ending") == "answered"}:
        yield f"{len(missing)} answers are not recorded"


def faults(table: Sequence[Held], heard: Heard, leaks: Leaks) -> Iterator[str]:
    """Yield a sentence for each promise that was not kept."""
    for held in table:
        if held.grown:
            yield f"{held.name} grew from {held.start:.0f} to {held.end:.0f} MiB"
    if leaks.leaking:
        yield f"{leaks.leaking} requests reached the model with an identifier"
    if heard.errors:
        yield f"{heard.errors.total()} requests were not answered: {dict(heard.errors)}"


def show(table: Sequence[Held], heard: Heard) -> None:
    """Print what was measured."""
    print("\n| process | MiB after the warm-up | middle | end | growth |\n|---|---|---|---|---|")
    for name, start, middle, end in table:
        print(f"| {name} | {start:.0f} | {middle:.0f} | {end:.0f} | {(end - start) / max(start, 1):+.1%} |")
    print("\n| answer | count | p50 ms | p99 ms |\n|---|---|---|---|")
    for name, times in (("whole", heard.whole), ("stream, first word", heard.first)):
        if len(times) > 1:
            cuts = statistics.quantiles(times, n=100)
            print(f"| {name} | {len(times)} | {cuts[49]:.0f} | {cuts[98]:.0f} |")
    print(f"\nload of this machine: {os.getloadavg()[0]:.1f}")


def main() -> None:
    """Start, load, show, and say what went wrong."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--minutes", type=float, default=30.0)
    options.add_argument("--seed", type=int, default=11)
    chosen = options.parse_args()
    draw = random.Random(chosen.seed)
    persons = people(draw)
    leaks = Leaks(persons)
    with cluster(POSTGRESQL, free_port(), heard=leaks) as running:
        load = Load(running, draw, persons)
        table = asyncio.run(soaked(running, load, chosen.minutes * 60))
        found = list(unrecorded(running, load.heard))
    show(table, load.heard)
    found += faults(table, load.heard, leaks)
    if not found:
        print(
            f"{leaks.requests} requests reached the model, masked; the journal verifies and has every answer; no error"
        )
    sys.exit("\n".join(found) or None)


if __name__ == "__main__":
    main()
