"""Two workers beside one, each with a detector of its own: `python -m bench.gateway.workers`.

Two gateways are open at once and are asked in turn. Two processors that also carry the load leave one worker more than
half of what two get: `--cap 15` gives each process of either gateway that share of a processor and no more (control
groups of Linux, as root): what is measured is how workers hinder each other, and not how many processors there are.
"""

import argparse
import asyncio
import contextlib
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.gateway.load import Sample, Target, run
from bench.gateway.notes import notes
from bench.gateway.run import ECLUSE, ROOT, SEEN, WARM_UP_SECONDS, started, wait_until_ready
from bench.processes import memory, tree
from gateway.ports import free_port

GROUPS = Path("/sys/fs/cgroup")
PERIOD = 10_000
"""Microseconds; with the kernel's own 100 000 a process that has used up its share would sleep for long."""

CONFIGURATION = """\
server: {{host: 127.0.0.1, port: {port}, workers: {workers}, drain_notice_seconds: 0}}
data_dir: {data}
quota: {{requests_per_minute: 1000000, tokens_per_minute: 1000000000}}
masking: {{queue: 256, workers: {workers}}}
shared: {{redis_url: "redis://127.0.0.1:{redis}/0", timeout_seconds: 2, prefix: banc{workers}}}
routes:
  - id: banc
    model: hosted_vllm/banc
    base_url: http://127.0.0.1:{upstream}/v1
    tier: D1
    country: FR
    system: {{name: Banc, version: "1", supplier: Banc}}
"""

LOADS = (("new texts, whole", False, False), ("seen texts, whole", True, False), ("seen texts, stream", True, True))


@contextlib.contextmanager
def capped(pids: list[int], percent: int) -> Iterator[None]:
    """Give each process at most that share of a processor until the end of the block; 0: as much as there is."""
    made = []
    root = GROUPS / "cpu" if (GROUPS / "cpu").is_dir() else GROUPS
    for pid in pids if percent else ():
        group = root / f"ecluse-bench-{pid}"
        group.mkdir()
        made.append(group)
        quota = PERIOD * percent // 100
        if root == GROUPS:
            (group / "cpu.max").write_text(f"{quota} {PERIOD}", encoding="ascii")
        else:
            (group / "cpu.cfs_period_us").write_text(str(PERIOD), encoding="ascii")
            (group / "cpu.cfs_quota_us").write_text(str(quota), encoding="ascii")
        (group / "cgroup.procs").write_text(str(pid), encoding="ascii")
    try:
        yield
    finally:
        for group in made:
            with contextlib.suppress(OSError):
                (root / "cgroup.procs").write_text(group.name.rpartition("-")[2], encoding="ascii")
            group.rmdir()


@contextlib.contextmanager
def opened(folder: Path, workers: int, redis: int, upstream: int) -> Iterator[tuple[Target, int]]:
    """Open a gateway of so many workers; give where to send, and its process."""
    folder.mkdir()
    port, file = free_port(), folder / "ecluse.yaml"
    told = CONFIGURATION.format(port=port, workers=workers, data=folder, redis=redis, upstream=upstream)
    file.write_text(told, encoding="utf-8")
    key = subprocess.run(
        [ECLUSE, "key", "create", "--config", file, "--role", "medecin", "--service", "banc"],
        check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
    ).stdout.strip()  # fmt: skip
    with (folder / "log").open("w", encoding="utf-8") as log:
        command = [str(ECLUSE), "serve", "--config", str(file)]
        with started(command, stdout=log, stderr=log) as gateway:
            wait_until_ready(port, gateway)
            yield Target(str(workers), port, key, "compte_rendu"), gateway.pid


async def measure(targets: list[Target], rounds: int, seconds: float, callers: int) -> dict[tuple[str, str], Sample]:
    """Return what was seen of each load and target, in turns."""
    seen: dict[tuple[str, str], list[Sample]] = {}
    for _ in range(rounds):
        for name, same, stream in LOADS:
            for target in random.sample(targets, len(targets)):
                texts = notes(SEEN, seed=0) if same else notes(1000, seed=random.randrange(10**9))
                if same:
                    await run(target, texts, callers=callers, seconds=WARM_UP_SECONDS, stream=False)
                sample = await run(target, texts, callers=callers, seconds=seconds, stream=stream)
                seen.setdefault((name, target.name), []).append(sample)
                print(f"{name}, {target.name}: {sample.per_second:.1f}/s", file=sys.stderr)
    return {
        place: sorted(samples, key=lambda one: one.per_second)[len(samples) // 2] for place, samples in seen.items()
    }


def main() -> None:
    """Open both, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=5.0)
    options.add_argument("--callers", type=int, default=16)
    options.add_argument("--cap", type=int, default=0, help="per cent of a processor for each process")
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        bare = stack.enter_context(
            started([sys.executable, str(Path(__file__).with_name("upstream.py"))], stdout=subprocess.PIPE)
        )
        assert bare.stdout is not None  # noqa: S101  (asked for above)
        upstream, redis = int(bare.stdout.readline()), free_port()
        keeps_nothing = ["--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", folder]
        stack.enter_context(started(["redis-server", "--port", str(redis), *keeps_nothing], stdout=subprocess.DEVNULL))
        both = [stack.enter_context(opened(Path(folder, str(n)), n, redis, upstream)) for n in (1, 2)]
        for _, pid in both:
            stack.enter_context(capped(list(tree(pid)), chosen.cap))
        targets = [target for target, _ in both]
        samples = asyncio.run(measure(targets, chosen.rounds, chosen.seconds, chosen.callers))
        held = {target.name: round(memory([pid]).pss) for target, pid in both}
    print(f"{chosen.callers} callers, cap: {chosen.cap or 'none'}\n")
    print("| load | one worker, req/s | two | ratio | p99 ms, one | two | errors |")
    print("|---|---|---|---|---|---|---|")
    for name, *_ in LOADS:
        one, two = samples[name, "1"], samples[name, "2"]
        slowest = [statistics.quantiles(each.whole, n=100)[98] if len(each.whole) > 1 else 0 for each in (one, two)]
        print(
            f"| {name} | {one.per_second:.1f} | {two.per_second:.1f} | {two.per_second / one.per_second:.2f} "
            f"| {slowest[0]:.0f} | {slowest[1]:.0f} | {one.errors + two.errors} |"
        )
    print(f"\nmemory: one {held['1']} MiB, two {held['2']} MiB; load of this machine: {os.getloadavg()[0]:.1f}")


if __name__ == "__main__":
    main()
