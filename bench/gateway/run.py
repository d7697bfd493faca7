"""The gateway beside the bare upstream, in one run: throughput, latency, first token, at 1, 16 and 64 callers.

    python -m bench.gateway.run [--rounds 3] [--seconds 3]

Figures of one machine compare with nothing but each other: read the ratios. Rounds are interleaved in random order.
"""

import argparse
import asyncio
import contextlib
import random
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from pathlib import Path

from bench.gateway.load import Sample, Target, run
from bench.gateway.notes import notes
from bench.processes import cpu_seconds
from gateway.ports import free_port

ROOT = Path(__file__).parents[2]
SEEN = 8
"""Texts that are sent again and again where the cache is measured, as a client sends its history at each turn."""

WARM_UP_SECONDS = 1.0
ECLUSE = Path(sys.executable).parent / "ecluse"
CONFIGURATION = """\
server: {{host: 127.0.0.1, port: {port}, drain_notice_seconds: 0}}
data_dir: {data}
quota: {{requests_per_minute: 1000000, tokens_per_minute: 1000000000}}
masking: {{queue: 256}}
routes:
  - id: banc
    model: hosted_vllm/banc
    base_url: http://127.0.0.1:{upstream}/v1
    tier: D1
    country: FR
    system: {{name: Banc, version: "1", supplier: Banc}}
"""


@contextlib.contextmanager
def started(command: list[str], **options: object) -> Iterator[subprocess.Popen[str]]:
    """Start a server and stop it in the end."""
    process = subprocess.Popen(command, text=True, cwd=ROOT, **options)  # type: ignore[call-overload]
    try:
        yield process
    finally:
        process.terminate()
        process.wait(20)


def wait_until_ready(port: int, process: subprocess.Popen[str]) -> None:
    """Return when the gateway says that it is ready."""
    for _ in range(3000):
        if process.poll() is not None:
            sys.exit("the gateway did not start: run `ecluse check`")
        with contextlib.suppress(urllib.error.URLError, ConnectionError):
            urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5)
            return
        time.sleep(0.1)
    sys.exit("the gateway is not ready after five minutes")


def percentile(values: list[float], share: float) -> float:
    """Return the value below which `share` of the values lie."""
    return sorted(values)[min(len(values) - 1, int(len(values) * share))] if values else float("nan")


def table(samples: dict[tuple[str, int, bool], list[Sample]]) -> Iterator[str]:
    """Yield the figures as a Markdown table."""
    yield "| callers | answer | target | req/s | p50 ms | p99 ms | first token p50 ms | errors |"
    yield "|---|---|---|---|---|---|---|---|"
    for (name, callers, stream), rounds in sorted(samples.items(), key=lambda item: (*item[0][:0:-1], item[0][0])):
        whole = [value for sample in rounds for value in sample.whole]
        first = [value for sample in rounds for value in sample.first]
        yield (
            f"| {callers} | {'stream' if stream else 'whole'} | {name} "
            f"| {statistics.median(sample.per_second for sample in rounds):.1f} | {percentile(whole, 0.5):.1f} "
            f"| {percentile(whole, 0.99):.1f} | {f'{percentile(first, 0.5):.1f}' if stream else '–'} "
            f"| {sum(sample.errors for sample in rounds)} |"
        )


async def measure(targets: list[Target], rounds: int, seconds: float) -> dict[tuple[str, int, bool], list[Sample]]:
    """Return the samples of every target, concurrency and kind of answer, measured in random order."""
    samples: dict[tuple[str, int, bool], list[Sample]] = {}
    for number in range(rounds):
        turns = [(target, callers, stream) for target in targets for callers in (1, 16, 64) for stream in (False, True)]
        random.shuffle(turns)
        for index, (target, callers, stream) in enumerate(turns, 1):
            print(f"\rround {number + 1}/{rounds}, {index}/{len(turns)}  ", end="", file=sys.stderr, flush=True)
            texts = notes(SEEN, seed=0) if target.seen else notes(1_000, seed=random.randrange(10**9))
            if target.seen:
                await run(target, texts, callers=1, seconds=WARM_UP_SECONDS, stream=False)
            sample = await run(target, texts, callers=callers, seconds=seconds, stream=stream)
            samples.setdefault((target.name, callers, stream), []).append(sample)
    print(file=sys.stderr)
    return samples


def main() -> None:
    """Start both servers, measure, print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=3)
    options.add_argument("--seconds", type=float, default=3.0)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        bare = stack.enter_context(
            started([sys.executable, str(Path(__file__).with_name("upstream.py"))], stdout=subprocess.PIPE)
        )
        assert bare.stdout is not None  # noqa: S101  (asked for above)
        upstream = int(bare.stdout.readline())
        port = free_port()
        configuration = Path(folder, "ecluse.yaml")
        configuration.write_text(CONFIGURATION.format(port=port, data=folder, upstream=upstream), encoding="utf-8")
        key = subprocess.run(
            [ECLUSE, "key", "create", "--config", configuration, "--role", "medecin", "--service", "banc"],
            check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, cwd=ROOT,
        ).stdout.strip()  # fmt: skip
        log = stack.enter_context(Path(folder, "gateway.log").open("w", encoding="utf-8"))
        command = [str(ECLUSE), "serve", "--config", str(configuration)]
        gateway = stack.enter_context(started(command, stdout=log, stderr=log))
        wait_until_ready(port, gateway)
        targets = [
            Target("upstream", upstream, "", "bench"),
            Target("gateway", port, key, "compte_rendu"),
            Target("gateway, text seen", port, key, "compte_rendu", seen=True),
        ]
        before = cpu_seconds([gateway.pid])
        samples = asyncio.run(measure(targets, chosen.rounds, chosen.seconds))
        used = cpu_seconds([gateway.pid]) - before
        answered = sum(len(s.whole) for (name, *_), rounds in samples.items() if name != "upstream" for s in rounds)
    print("\n".join(table(samples)))
    print(f"\ngateway: {used / max(answered, 1) * 1000:.1f} ms of processor time per answer, {answered} answers")


if __name__ == "__main__":
    main()
