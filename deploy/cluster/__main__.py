"""`python -m deploy.cluster`: starts the cluster, plays the scenes, and stops it."""

import argparse
import shutil
import signal
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Final

from rich.console import Console
from rich.panel import Panel
from rich.text import Text

from deploy.cluster import servers
from deploy.cluster.model import slow_model
from deploy.cluster.process import NotStartedError, Process
from deploy.cluster.scenes import SCENES, Cluster, FailedError, healthy
from gateway.ports import free_port

POSTGRESQL, SQLITE = "postgresql", "sqlite"
PORT: Final = 8080


@contextmanager
def cluster(database: str, port: int, heard: Callable[[bytes], None] = lambda _: None) -> Iterator[Cluster]:
    """Start everything on loopback, and leave nothing behind at the end; `heard` is told what reaches the model."""
    folder = Path(tempfile.mkdtemp(prefix="ecluse-cluster-"))
    # PostgreSQL's account must be able to walk down to its own folder; the others' files are theirs alone.
    folder.chmod(0o711)
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        model = stack.enter_context(slow_model(heard))
        redis = _started(stack, servers.redis(folder), servers.DATABASE_OPENS)
        stores = [redis]
        url = f"sqlite+aiosqlite:///{folder / 'data' / 'ecluse.db'}"
        if database == POSTGRESQL:
            store = _started(stack, servers.postgresql(folder), servers.DATABASE_OPENS)
            stores.append(store)
            url = f"postgresql+psycopg://ecluse@127.0.0.1:{store.port}/postgres"
        file = servers.configuration(folder, model, f"redis://127.0.0.1:{redis.port}/0", url)
        gateways = (servers.gateway("gateway-1", file), servers.gateway("gateway-2", file))
        for gateway in gateways:
            stack.callback(gateway.end)
            gateway.start()
        key = servers.command(file, "key", "create", "--role", "dsi", "--service", "groupe", "--kind", "clinician")
        with ThreadPoolExecutor() as pool:
            list(pool.map(lambda gateway: gateway.wait(servers.GATEWAY_OPENS), gateways))
        entrance = _started(stack, servers.haproxy(folder, port, gateways), servers.DATABASE_OPENS)
        for gateway in gateways:
            healthy(gateway)
        yield Cluster(entrance, gateways, file, key, tuple(stores))


def _started(stack: ExitStack, process: Process, seconds: float) -> Process:
    stack.callback(process.end)
    process.start()
    process.wait(seconds)
    return process


def play(database: str, port: int, *, once: bool) -> None:
    """Start, play every scene, and stay open unless `once`."""
    console = Console(highlight=False)
    stores = {POSTGRESQL: "PostgreSQL", SQLITE: "un fichier SQLite"}
    console.print(f"Démarrage : Redis, {stores[database]}, deux passerelles, HAProxy (une demi-minute)…")
    began = time.monotonic()
    with cluster(database, port) as running:
        names = ", ".join(f"{gateway.name} {gateway.url}" for gateway in running.gateways)
        console.print(f"Ouvert en {time.monotonic() - began:.0f} s. HAProxy {running.entrance.url} ; {names}\n")

        def tell(title: str, told: str) -> None:
            console.print(Panel(Text(told), title=title, title_align="left"))

        for scene in SCENES:
            scene(running, tell)
        if not once:
            _stay(console, running)
        console.print("Arrêt de tout.")
    console.print("Tout est arrêté, rien ne reste.")


def _stay(console: Console, running: Cluster) -> None:
    for gateway in running.gateways:
        if not gateway.alive:
            gateway.start()
            gateway.wait(servers.GATEWAY_OPENS)
    console.print(
        Text(
            f"\nLe groupe est ouvert : {running.entrance.url}/v1   (Ctrl-C pour tout arrêter)\n"
            f"Clé de la DSI : {running.key}\n"
            f"Configuration : {running.configuration}\nÀ essayer : tuer un processus, puis\n\n"
            f"curl -i {running.entrance.url}/v1/chat/completions -H 'Authorization: Bearer {running.key}' \\\n"
            "  -H 'Content-Type: application/json' \\\n"
            '  -d \'{"model": "reformulation", "messages": [{"role": "user", "content": "Bonjour à tous."}]}\'\n'
        ),
        soft_wrap=True,
    )
    threading.Event().wait()


def main() -> None:
    """Read the options, and tell in one French sentence what kept the cluster from its work."""
    parser = argparse.ArgumentParser(prog="make cluster", description="Un groupe de passerelles sur cette machine.")
    parser.add_argument("--database", choices=(POSTGRESQL, SQLITE), default=POSTGRESQL, help="base du journal")
    parser.add_argument("--port", type=int, default=PORT, help="port de HAProxy ; 0 : un port libre")
    parser.add_argument("--once", action="store_true", help="s’arrête après les scènes au lieu de rester ouvert")
    chosen = parser.parse_args()
    # A SIGTERM ends it as Ctrl-C does: with everything that it has started.
    signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        play(chosen.database, chosen.port or free_port(), once=chosen.once)
    except KeyboardInterrupt:
        sys.stdout.write("Tout est arrêté, rien ne reste.\n")
    except (NotStartedError, FailedError) as error:
        sys.exit(str(error))


if __name__ == "__main__":
    main()
