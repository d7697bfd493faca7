"""The gateway beside the other gateways, in one run on one machine.

    python -m bench.peers.run [--targets …] [--loads …] [--callers …] [--rounds N] [--json FILE] [--write]

Installs the peers the first time. All are open at once, each with all that it needs on the first processor; the
upstream and the load are on the second. Inside each round, kinds of work and targets come in random order; every target
gets the same texts in a round, and no text comes twice. `--write` renews docs/performance.md and its drawing.
"""

import argparse
import contextlib
import gc
import json
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path

import uvloop

from bench.peers.checks import delivered, wrong
from bench.peers.figures import Cell, Round, rows
from bench.peers.installing import ROOT, versions
from bench.peers.load import Window, bodies, run
from bench.peers.notes import Talk
from bench.peers.page import STREAM, Results, Whole, gathered, page, tables
from bench.peers.plot import svg
from bench.peers.probe import Probed, probed
from bench.peers.targets import HERE, TARGETS, Place, Running, opened
from bench.peers.work import CELLS, LOADS, primed, talks
from bench.processes import LOAD_CORE, cpu_seconds, memory, pin

PAGE = ROOT / "docs" / "performance.md"
DRAWING = ROOT / "docs" / "figures" / "peers.svg"
DRAWN = Cell("long", 16)


async def window(running: Running, cell: Cell, texts: Sequence[Talk], seconds: float) -> Round:
    """Return what one target did with one kind of work."""
    stream = cell.load == STREAM
    first = primed(cell.load, texts)
    if first:
        await run(running.address, bodies(running.address, first, stream=False), callers=1, times=len(first))
    asked = bodies(running.address, texts, stream=stream)
    gc.collect()
    gc.disable()
    before = cpu_seconds(running.pids)
    seen = await run(running.address, asked, callers=cell.callers, seconds=seconds)
    used = cpu_seconds(running.pids) - before
    gc.enable()
    return _round(seen, used, stream=stream)


def _round(seen: Window, used: float, *, stream: bool) -> Round:
    came = [delivered(body) for _, body in seen.answers] if stream else []
    return Round(
        rate=seen.per_second,
        cpu=used * 1000 / len(seen.whole) if seen.whole else 0.0,
        whole=seen.whole,
        first=seen.first,
        errors=len(seen.errors),
        wrong=wrong(seen.answers),
        read=len(seen.answers),
        pieces=statistics.median(came) if came else 0.0,
    )


async def measure(
    running: Mapping[str, Running], cells: Sequence[Cell], rounds: int, seconds: float
) -> dict[Cell, dict[str, list[Round]]]:
    """Return the rounds of every target and kind of work."""
    found: dict[Cell, dict[str, list[Round]]] = {cell: {name: [] for name in running} for cell in cells}
    for number in range(rounds):
        texts = {cell: talks(random.Random(random.random()), cell.load) for cell in cells}
        turns = [(cell, name) for cell in cells for name in running]
        random.shuffle(turns)
        for at, (cell, name) in enumerate(turns, 1):
            one = await window(running[name], cell, texts[cell], seconds)
            found[cell][name].append(one)
            told = f"round {number + 1}/{rounds}, {at}/{len(turns)}: {cell.load} x{cell.callers}, {TARGETS[name].name}"
            print(f"{told}: {one.rate:.1f}/s, {one.wrong} wrong, {one.errors} errors", file=sys.stderr)
    return found


async def everything(
    place: Place, running: Mapping[str, Running], cells: Sequence[Cell], chosen: argparse.Namespace
) -> tuple[dict[str, Probed], dict[Cell, dict[str, list[Round]]]]:
    """Return what was found one request at a time, then under load."""
    apart = {}
    for name, one in running.items():
        print(f"what reaches the model through {TARGETS[name].name}", file=sys.stderr)
        apart[name] = await probed(place.upstream, one.address, chosen.probes)
    return apart, await measure(running, cells, chosen.rounds, chosen.seconds)


def options() -> argparse.Namespace:
    """Return what was asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--targets", nargs="+", choices=TARGETS, default=list(TARGETS))
    parser.add_argument("--loads", nargs="+", choices=LOADS, help="with --callers: every kind by every number")
    parser.add_argument("--callers", nargs="+", type=int, default=None)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=1.5)
    parser.add_argument("--probes", type=int, default=40, help="requests whose way to the model is looked at")
    parser.add_argument("--base", choices=TARGETS, default="ecluse", help="beside which ratios are taken")
    parser.add_argument("--json", type=Path, default=None)
    parser.add_argument("--write", action="store_true", help="renew the page and the drawing")
    return parser.parse_args()


def cells_of(loads: Sequence[str] | None, callers: Sequence[int] | None) -> list[Cell]:
    """Return the kinds of work: a short choice, or every one of `loads` by every one of `callers`."""
    if loads is None and callers is None:
        return list(CELLS)
    return [Cell(load, number) for load in loads or LOADS for number in callers or (1, 16, 64)]


def main() -> None:
    """Start, measure, tell."""
    chosen = options()
    cells, before, began = cells_of(chosen.loads, chosen.callers), os.getloadavg()[0], time.monotonic()
    pin(LOAD_CORE)
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        place = Place(stack, Path(folder), 0)
        bare = place.start("upstream", [sys.executable, HERE / "upstream.py"], core=LOAD_CORE)
        assert bare.stdout is not None  # noqa: S101  (asked for above)
        place = Place(stack, Path(folder), int(bare.stdout.readline()), bare.pid)
        running, missing = opened(place, chosen.targets)
        apart, found = uvloop.run(everything(place, running, cells, chosen))
        held = {name: memory(one.pids) for name, one in running.items()}
    figures = rows(found, chosen.base)
    whole = {}
    for name in running:
        false, read, errors = gathered(list(figures.values()), name)
        one, target = apart[name], TARGETS[name]
        whole[name] = Whole(
            target.name, target.masks, one.leak, false + one.wrong, read + one.read, errors + one.errors, held[name]
        )
    told = (
        f"{os.cpu_count()} processors, Python {sys.version.split()[0]}, "
        f"{time.strftime('%B %Y')}; {chosen.rounds} rounds of {chosen.seconds:g} s, "
        f"{(time.monotonic() - began) / 60:.0f} minutes; load average of the machine before: {before:.1f}. "
        + ", ".join(f"{name} {version}" for name, version in versions().items()) + "."
    )  # fmt: skip
    unmeasured = {TARGETS[name].name: why for name, why in missing.items()}
    results = Results(chosen.base, whole, figures, unmeasured, told)
    print("\n".join(tables(results)))
    if chosen.json:
        chosen.json.write_text(json.dumps(kept(results, found), indent=1, ensure_ascii=False), encoding="utf-8")
    if chosen.write:
        PAGE.write_text(page(PAGE.read_text("utf-8"), results), encoding="utf-8")
        if DRAWN in figures:
            drawn = {whole[name].name: (whole[name].masks, row) for name, row in figures[DRAWN].items()}
            DRAWING.parent.mkdir(exist_ok=True)
            DRAWING.write_text(svg(drawn, "New notes of 2 000 characters, 16 at once, one processor"), encoding="utf-8")


def kept(results: Results, found: Mapping[Cell, Mapping[str, Sequence[Round]]]) -> dict[str, object]:
    """Return all figures for a file, each round's included."""
    return {
        "note": results.note,
        "base": results.base,
        "missing": dict(results.missing),
        "targets": {
            name: {**one._asdict(), "leak": one.leak._asdict(), "memory": one.memory._asdict()}
            for name, one in results.whole.items()
        },
        "cells": [
            {
                **cell._asdict(),
                "target": name,
                **row._asdict(),
                "rounds": [_counted(one) for one in found[cell][name]],
            }
            for cell, by in results.rows.items()
            for name, row in by.items()
        ],
    }


def _counted(one: Round) -> dict[str, object]:
    return {**asdict(one), "whole": len(one.whole), "first": len(one.first)}


if __name__ == "__main__":
    main()
