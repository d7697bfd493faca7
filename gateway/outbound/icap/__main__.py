"""`python -m gateway.outbound.icap FOLDER`: the service on its own, for Squid and for other makes of proxy."""

import argparse
import asyncio
import signal
from contextlib import suppress
from functools import partial
from pathlib import Path

from config.outbound import LONGEST_RAW, SHORTEST_RAW
from filters.outbound.attempt import Attempt
from gateway.outbound.counting.sink import Sink, sink_in
from gateway.outbound.icap.server import IcapServer
from gateway.outbound.judge import PolicyJudge

EVERY = 30.0
"""Seconds between two looks at what the sink has to do although nothing came."""


async def _serve(folder: Path, host: str, port: int, *, closed: bool, sink: Sink | None) -> None:
    counted, undecided = (None, None) if sink is None else (partial(_count, sink), sink.error)
    server, ended = IcapServer(PolicyJudge(folder, closed=closed), counted, undecided), asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(number, ended.set)
    await server.start(host, port)
    while not ended.is_set():
        with suppress(TimeoutError):
            await asyncio.wait_for(ended.wait(), EVERY)
        if sink is not None:
            sink.tick()
    await server.close()
    if sink is not None:
        sink.close()


def _count(sink: Sink, attempt: Attempt) -> None:
    sink.add([attempt])


def _address(text: str) -> tuple[str, int]:
    host, _, port = text.rpartition(":")
    if not host or not port.isdecimal():
        raise argparse.ArgumentTypeError("l’adresse s’écrit 127.0.0.1:1344 ou [::1]:1344")
    return host.strip("[]"), int(port)


def _days(text: str) -> int:
    if not text.isdecimal() or not SHORTEST_RAW <= int(text) <= LONGEST_RAW:
        raise argparse.ArgumentTypeError(f"entre {SHORTEST_RAW} et {LONGEST_RAW} jours, comme `outbound.raw_days`")
    return int(text)


def main() -> None:
    """Serve until a signal."""
    parser = argparse.ArgumentParser(prog="gateway.outbound.icap", description="Service ICAP de la passerelle.")
    parser.add_argument("folder", type=Path, help="dossier des connexions sortantes de la passerelle")
    parser.add_argument("--listen", type=_address, default="127.0.0.1:1344", help="adresse et port d’écoute")
    parser.add_argument("--closed", action="store_true", help="refuse quand aucune décision ne peut être prise")
    parser.add_argument("--count", action="store_true", help="compte, pour un proxy dont personne ne lit le journal")
    parser.add_argument("--keys", type=Path, help="dossier des clés de pseudonymes")
    parser.add_argument("--timezone", default="Europe/Paris", help="fuseau des jours comptés")
    parser.add_argument("--raw-days", type=_days, default=30, help="jours pendant lesquels ces clés sont gardées")
    chosen = parser.parse_args()
    host, port = chosen.listen
    folder, sink = chosen.folder, None
    if chosen.count:
        sink = sink_in(folder, chosen.keys, chosen.timezone, chosen.raw_days)
    try:
        asyncio.run(_serve(folder, host, port, closed=chosen.closed, sink=sink))
    except OSError:
        parser.exit(2, f"Le service n’a pas pu écouter sur {host}, port {port}, ou s’est arrêté.\n")


if __name__ == "__main__":
    main()
