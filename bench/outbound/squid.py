"""What the filter costs a real Squid: tunnels refused by its own list, our program, ICAP; TLS with and without a look.

    python -m bench.outbound.squid [--rounds N] [--seconds S] [--names N] [--check]

All Squids have the configuration of `ecluse outbound squid`, except for who decides, and stand beside each other; each
round asks all of them, in an order of chance. Read the ratios, of rates in the same round. `new` hosts were never asked
for: Squid remembers no answer. `known` ones come again, as a hospital's do. Rates share the processors with the load;
µs are those of the processor for each tunnel: Squid's, and of the programs that it asks.
"""

import argparse
import functools
import itertools
import random
import ssl
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path

from bench.outbound.connects import Load, connects
from bench.outbound.proxies import SITE, Ground, Proxy, ground
from bench.outbound.ratios import Round, Row, rows
from bench.outbound.tls import gets
from gateway.outbound import authority
from gateway.outbound.demonstration import leaf

KNOWN = 2_000
"""Hosts that come again."""

WARM_UP = 0.5

REFUSED = ("program", "list", 0.85)
SPLICED = ("peek and splice", "plain tunnel", 0.90)


@contextmanager
def origin() -> Iterator[tuple[int, ssl.SSLContext]]:
    """Start the site; yield its port, and what trusts it."""
    root = authority.made_root("Invented public root")
    trusted = ssl.create_default_context(cadata=authority.pem(root.certificate).decode())
    with tempfile.TemporaryDirectory() as folder:
        certificate = Path(folder) / "site.pem"
        certificate.write_bytes(leaf(root, SITE))
        command = [sys.executable, "-m", "bench.outbound.tls", str(certificate)]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as site:
            try:
                assert site.stdout is not None  # noqa: S101 - a pipe was asked for
                yield int(site.stdout.readline()), trusted
            finally:
                site.terminate()


class Hosts:
    """Refused hosts; `new` never gives one twice."""

    def __init__(self, names: int) -> None:
        self._new = (f"h{number}.name-{number % names}.example" for number in itertools.count())
        self._names = names

    def new(self) -> Iterator[str]:
        """Yield hosts for ever."""
        return self._new

    def known(self) -> Iterator[str]:
        """Yield the same few for ever."""
        return itertools.cycle([f"www.name-{number % self._names}.example" for number in range(KNOWN)])


def measured(
    loads: Mapping[str, Callable[[float], Load]], proxies: Mapping[str, Proxy], rounds: int, seconds: float
) -> dict[str, list[Round]]:
    """Return what each round of each load gave. A wrong answer ends everything: its speed would mean nothing."""
    found: dict[str, list[Round]] = {name: [] for name in loads}
    for load in loads.values():
        load(WARM_UP)
    for number in range(rounds):
        for name in random.sample(list(loads), len(loads)):
            before = proxies[name].processor() if name in proxies else (0.0, 0.0)
            seen = loads[name](seconds)
            after = proxies[name].processor() if name in proxies else (0.0, 0.0)
            if seen.wrong:
                sys.exit(f"{name}: {seen.wrong} wrong answers")
            squid, beside = (1e6 * (end - begin) / seen.done for begin, end in zip(before, after, strict=True))
            found[name].append(Round(seen.rate, squid, beside))
        print(f"round {number + 1} of {rounds}", file=sys.stderr)
    return found


def told(title: str, found: Mapping[str, Row]) -> None:
    """Print a table."""
    print(f"{title:<26}{'/s':>8}{'ratio':>8}{'spread':>14}{'Squid µs':>10}{'beside µs':>11}")
    for name, row in found.items():
        spread = f"{row.lowest:.2f} to {row.highest:.2f}"
        print(f"{name:<26}{row.rate:>8,.0f}{row.ratio:>8.2f}{spread:>14}{row.squid:>10.0f}{row.beside:>11.0f}")


def refusing(place: Ground, hosts: Hosts, rounds: int, seconds: float) -> bool:
    """Measure refused tunnels; return whether the goal is met."""
    proxies = {
        "list": place.listed("list"),
        "program": place.asking("program"),
        "ICAP": place.icap("icap"),
        "list, Squid's log": place.logged("logged"),
        "program, counted": place.asking("counted", counted=True),
    }
    met = True
    for kind in ("new", "known"):
        loads = {
            name: functools.partial(connects, proxy.port, getattr(hosts, kind)()) for name, proxy in proxies.items()
        }
        found = rows(measured(loads, proxies, rounds, seconds), "list")
        told(f"refused CONNECT, {kind}", found)
        name, _, goal = REFUSED
        met &= found[name].ratio >= goal
    return met


def looking(place: Ground, port: int, trusted: ssl.SSLContext, rounds: int, seconds: float) -> bool:
    """Measure pages over TLS; return whether the goal is met."""
    proxies = {"plain tunnel": place.plain("plain"), "peek and splice": place.looking("looking")}
    ports = {"direct": 0} | {name: proxy.port for name, proxy in proxies.items()}
    loads = {name: functools.partial(gets, SITE, port, proxy, trusted) for name, proxy in ports.items()}
    name, base, goal = SPLICED
    found = rows(measured(loads, proxies, rounds, seconds), base)
    told("TLS, a page each", found)
    return found[name].ratio >= goal


def main() -> None:
    """Measure and print; with `--check`, fail where a goal is missed."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--seconds", type=float, default=3.0)
    parser.add_argument("--names", type=int, default=10_000)
    parser.add_argument("--check", action="store_true")
    chosen = parser.parse_args()
    with origin() as (port, trusted), ground(chosen.names, port) as place:
        met = refusing(place, Hosts(chosen.names), chosen.rounds, chosen.seconds)
        met &= looking(place, port, trusted, chosen.rounds, chosen.seconds)
    if chosen.check and not met:
        sys.exit(f"below a goal: {REFUSED[2]:.0%} of its own list, {SPLICED[2]:.0%} of a plain tunnel")


if __name__ == "__main__":
    main()
