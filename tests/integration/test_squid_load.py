"""Heavy loads, real Squid and real command: a million names, policies that change, logs of a million lines."""

import asyncio
import datetime as dt
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
import yaml
from sqlalchemy import func, select

from config.settings import Settings
from filters.outbound.decision import Status
from filters.outbound.snapshot import compiled
from gateway.cli.outbound_intake import LEDGER
from gateway.database import Database
from gateway.outbound.counting.sql.table import daily
from gateway.outbound.squid.configuration import TTL
from tests.fakes.outbound_policies import CATALOGUE, list_of, policy
from tests.fakes.policies_in_force import DECIDED, put, snapshot
from tests.fakes.squid_ground import ALLOWED, PERSON, Ground, eventually, ground

MILLION = 1_000_000
PICKED_UP = 10 + TTL
"""Seconds in which a change counts on a machine that stands still at times; on its own, the documentation says five."""

MEMORY = 100
"""MB that the program may take at its largest, when it holds two policies of a million names for a moment."""

STILL = 10.0
"""Seconds for which somebody may wait while a million names are read, on a machine that may itself stand still."""


class Asked(NamedTuple):
    """A tunnel that was asked for."""

    host: str
    code: int
    """0 where there was no answer."""
    begun: float
    ended: float


@pytest.fixture
def place() -> Iterator[Ground]:
    with ground(68) as made:
        yield made


def ask(place: Ground, host: str) -> Asked:
    """Ask for a tunnel, as a browser that goes away once it is open."""
    begun, head = time.monotonic(), b""
    try:
        with socket.create_connection((PERSON, place.port), 60) as connection:
            target = f"{host}:{place.sites.port}"
            connection.sendall(f"CONNECT {target} HTTP/1.1\r\nHost: {target}\r\n\r\n".encode())
            while b"\r\n\r\n" not in head and (piece := connection.recv(65536)):
                head += piece
    except OSError:
        pass
    code = int(head.split()[1]) if head.startswith(b"HTTP/1.1 ") else 0
    return Asked(host, code, begun, time.monotonic())


def memory(pid: int, line: str) -> float:
    """Return what the kernel says of the memory of a process, in MB."""
    told = Path(f"/proc/{pid}/status").read_text()
    return int(told.partition(f"{line}:")[2].split()[0]) / 1024


def test_a_million_names(place: Ground) -> None:
    """Would catch: a list of names in Squid itself, which cannot be replaced without closing the port for seconds."""
    draw = random.Random(66)
    names = [f"{draw.getrandbits(28):x}-{number:x}.example" for number in range(MILLION)]
    free = [f"free-{number}.example" for number in range(200)]
    with (place.folder / "hosts").open("a") as hosts:
        hosts.writelines(f"{place.sites.addresses[ALLOWED]} {name}\n" for name in free)
    made = compiled(policy(feeds=[list_of(place.folder, *names)]), CATALOGUE)
    assert len(made.table) >= MILLION
    listed = [f"www.{name}" if number % 2 else name for number, name in enumerate(draw.sample(names, 600))]

    with place.squid() as squid:
        assert {ask(place, host).code for host in free} == {200}
        before, waited, stop = (squid.pid, place.pids("external_acl")), list[float](), threading.Event()

        def go_on() -> None:
            while not stop.is_set():
                one = ask(place, free[len(waited) % len(free)])
                assert one.code == 200
                waited.append(one.ended - one.begun)

        with ThreadPoolExecutor(1) as pool:
            going = pool.submit(go_on)
            # Twice: while the second is read, the program holds both.
            for _ in range(2):
                place.put(made)
                assert eventually(lambda: ask(place, draw.choice(listed)).code == 403)
                time.sleep(1 + TTL)
            stop.set()
            going.result()

        assert {ask(place, host).code for host in listed} == {403}
        assert {ask(place, host).code for host in free} == {200}
        assert max(waited) <= STILL
        assert squid.pid == before[0]
        # None of them was started again; a busy Squid may have added one.
        assert set(before[1]) <= set(place.pids("external_acl"))
        assert max(memory(pid, "VmHWM") for pid in before[1]) <= MEMORY


def test_policies_that_change_under_load(place: Ground) -> None:
    """Would catch: a request that fails, or is answered by neither policy, while one replaces the other."""
    hosts = {"chatgpt.com": "chatgpt", "www.deepl.com": "deepl", "claude.ai": "claude", ALLOWED: ""}
    turned = DECIDED | {"chatgpt": (Status.OBSERVE, ("chatgpt.com",)), "deepl": (Status.BLOCK, ("deepl.com",))}
    policies = {True: snapshot(), False: snapshot(decided=turned)}
    codes = {
        True: {"chatgpt.com": 403, "www.deepl.com": 200, "claude.ai": 403, ALLOWED: 200},
        False: {"chatgpt.com": 200, "www.deepl.com": 403, "claude.ai": 403, ALLOWED: 200},
    }
    stop, seen = threading.Event(), list[Asked]()

    def go_on(seed: int) -> None:
        draw = random.Random(seed)
        while not stop.is_set():
            seen.append(ask(place, draw.choice(list(hosts))))
            time.sleep(0.002)

    with place.squid() as squid:
        for host, code in codes[True].items():
            assert ask(place, host).code == code
        pid, changes, first = squid.pid, list[tuple[float, bool]](), True
        place.counted(3)
        place.forget()
        with ThreadPoolExecutor(4) as pool:
            going = [pool.submit(go_on, seed) for seed in range(4)]
            for _ in range(3):
                first = not first
                changes.append((time.monotonic(), first))
                place.put(policies[first])
                time.sleep(PICKED_UP + 0.5)
            stop.set()
            for one in going:
                one.result()
        assert squid.pid == pid
        allowed = [one for one in seen if one.code != codes[True][one.host]]
        assert len(seen) > 1000
        assert len(allowed) > 100
        assert [one for one in seen if one.code not in permitted(one, changes, codes)] == []
        expected = Counter((hosts[one.host], verdict(hosts[one.host], one.code)) for one in seen if hosts[one.host])
        counted = Counter((one.service, one.verdict) for one in place.counted(expected.total()))
    assert counted == expected


def permitted(one: Asked, changes: list[tuple[float, bool]], codes: dict[bool, dict[str, int]]) -> set[int]:
    """Return the answers of the policies that may have been in force while a tunnel was asked for."""
    last = [first for at, first in changes if at <= one.begun - PICKED_UP][-1:] or [True]
    since = [first for at, first in changes if one.begun - PICKED_UP < at <= one.ended]
    return {codes[first][one.host] for first in (*last, *since)}


def verdict(service: str, code: int) -> str:
    """Return how an answer is counted."""
    if code == 200:
        return "observe"
    return "coach" if service == "claude" else "block"


@pytest.mark.parametrize("engine", ["fortigate", "squid"])
def test_a_log_of_a_million_lines_killed_in_the_middle(tmp_path: Path, engine: str) -> None:
    """Would catch: lines that are counted twice, or never, because the command was killed."""
    settings = Settings(data_dir=tmp_path / "data")
    put(settings.outbound_folder)
    config = tmp_path / "ecluse.yaml"
    config.write_text(yaml.safe_dump({"data_dir": str(settings.data_dir)}))
    log = tmp_path / "access.log"
    expected = written(log, engine)
    take = command(config, "intake", engine, str(log))

    for share in (0.25, 0.6):
        with subprocess.Popen(take, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as taking:
            assert eventually(lambda wanted=share: reached(settings, log) > wanted or taking.poll() is not None)
            assert taking.poll() is None
            os.kill(taking.pid, signal.SIGKILL)
        assert reached(settings, log) < 1
    assert "la suite d’un fichier déjà connu" in shown(take)
    assert "déjà pris en compte" in shown(take)
    shown(command(config, "count"))
    assert asyncio.run(counts(settings)) == expected


def command(config: Path, *words: str) -> list[str]:
    return [
        sys.executable,
        "-c",
        "from gateway.cli.main import run; run()",
        "outbound",
        *words,
        "--config",
        str(config),
    ]


def shown(words: list[str]) -> str:
    """Run a command as a person does, and return what it says."""
    done = subprocess.run(words, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout


def reached(settings: Settings, log: Path) -> float:
    """Return which part of the log was counted, as far as is written down."""
    try:
        (place,) = yaml.safe_load((settings.outbound_folder / LEDGER).read_text())["places"]
    except FileNotFoundError:
        return 0
    return float(place["offset"] / log.stat().st_size)


def written(log: Path, engine: str) -> Counter[tuple[str, str]]:
    """Write the log of a morning, one line in twenty of an AI service; return what is to be counted."""
    draw, expected = random.Random(engine), Counter[tuple[str, str]]()
    begun = dt.datetime.now(dt.UTC) - dt.timedelta(days=2)
    midnight = begun.replace(hour=0, minute=0, second=0, microsecond=0).timestamp()
    ours = [
        ("chatgpt.com", "chatgpt"),
        ("cdn.openai.com", "chatgpt"),
        ("www.deepl.com", "deepl"),
        ("claude.ai", "claude"),
    ]
    with log.open("w") as file:
        for number in range(MILLION):
            host, service = draw.choice(ours) if number % 20 == 0 else (f"site-{number % 997}.example", "")
            refused = bool(service) and draw.random() < 0.5
            at, agent = midnight + number / 20, draw.randrange(3000)
            file.write(LINES[engine](at, f"10.0.{agent // 250}.{agent % 250}", host, f"agent{agent}", refused=refused))
            if service:
                expected[service, "block" if refused else "observe"] += 1
    return expected


def fortigate(at: float, source: str, host: str, user: str, *, refused: bool) -> str:
    action = "blocked" if refused else "passthrough"
    return (
        f'eventtime={at * 1e9:.0f} tz="+0100" logid="0316013056" type="utm" subtype="webfilter" user="{user}" '
        f'srcip={source} dstport=443 service="HTTPS" hostname="{host}" action="{action}" url="https://{host}/"\n'
    )


def squid(at: float, source: str, host: str, user: str, *, refused: bool) -> str:
    result = "TCP_DENIED/403" if refused else "TCP_TUNNEL/200"
    return f"{at:.3f}     12 {source} {result} 39 CONNECT {host}:443 {user} HIER_NONE/- -\n"


LINES = {"fortigate": fortigate, "squid": squid}


async def counts(settings: Settings) -> Counter[tuple[str, str]]:
    """Return what the database counts, by service and verdict."""
    database = Database(settings.database_url)
    await database.start()
    try:
        async with database.engine.connect() as connection:
            found = await connection.execute(
                select(daily.c.service, daily.c.verdict, func.sum(daily.c.attempts)).group_by(
                    daily.c.service, daily.c.verdict
                )
            )
            return Counter({(service, verdict): count for service, verdict, count in found})
    finally:
        await database.close()
