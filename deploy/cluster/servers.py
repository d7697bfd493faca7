"""The servers of the cluster, each as its own package starts it, in a folder that is deleted at the end."""

import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Final

from deploy.cluster.process import NotStartedError, Process, program
from gateway.ports import free_port

DEPLOY: Final = Path(__file__).parents[1]
HAPROXY: Final = DEPLOY / "haproxy"
ECLUSE: Final = str(Path(sys.executable).with_name("ecluse"))
DATABASE_OPENS: Final = 30
GATEWAY_OPENS: Final = 120


def redis(folder: Path) -> Process:
    """Return a Redis that keeps nothing on disk."""
    port = free_port()
    options = ["--port", str(port), "--bind", "127.0.0.1", "--save", "", "--appendonly", "no", "--dir", str(folder)]
    return Process("redis", [program("redis-server", "redis-server"), *options], port, folder)


def postgresql(folder: Path) -> Process:
    """Return a PostgreSQL that is new and empty; it refuses to run as root, who lends it an account."""
    newest_last = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda path: int(path.parent.name))
    server = program("postgres", "postgresql", *reversed(newest_last))
    port, account = free_port(), _account()
    home = folder / "postgresql"
    home.mkdir(mode=0o700)
    if account:
        shutil.chown(home, account["user"], account["group"])
    making = [str(Path(server).with_name("initdb")), "-D", str(home / "data"), "-U", "ecluse", "--auth=trust"]
    made = subprocess.run(  # noqa: S603 - PostgreSQL's own program
        [*making, "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
        check=False,
        capture_output=True,
        cwd="/",
        **account,
    )
    if made.returncode:
        raise NotStartedError(f"PostgreSQL n’a pas pu préparer son dossier :\n{made.stderr.decode(errors='replace')}")
    options = ["-D", str(home / "data"), "-p", str(port), "-k", str(home), "-c", "listen_addresses=127.0.0.1"]
    # SIGINT is PostgreSQL's word for: at once, and properly.
    return Process("postgresql", [server, *options], port, folder, polite=signal.SIGINT, account=account)


def gateway(name: str, configuration: Path) -> Process:
    """Return a gateway that knows this configuration, and nothing of the environment of who started it."""
    port = free_port()
    command = [ECLUSE, "serve", "--config", str(configuration), "--port", str(port)]
    # HAProxy is on this machine, and says who called.
    environment = {"FORWARDED_ALLOW_IPS": "127.0.0.1", "HOME": str(configuration.parent)}
    return Process(name, command, port, configuration.parent, environment=environment)


def haproxy(folder: Path, port: int, gateways: tuple[Process, Process]) -> Process:
    """Return HAProxy with the project's own configuration."""
    environment = {
        "ECLUSE_LISTEN": f"127.0.0.1:{port}",
        "ECLUSE_STATS_LISTEN": f"127.0.0.1:{free_port()}",
        "ECLUSE_GATEWAY_1": f"127.0.0.1:{gateways[0].port}",
        "ECLUSE_GATEWAY_2": f"127.0.0.1:{gateways[1].port}",
        "ECLUSE_ERRORS": str(HAPROXY / "errors"),
    }
    command = [program("haproxy", "haproxy"), "-db", "-f", str(HAPROXY / "haproxy.cfg")]
    return Process("haproxy", command, port, folder, environment=environment)


def configuration(folder: Path, model: str, redis_url: str, database_url: str) -> Path:
    """Write what both gateways are told, and return the file."""
    route = {
        "id": "lent",
        "model": "hosted_vllm/lent",
        "base_url": model,
        "tier": "D1",
        "country": "FR",
        "system": {"name": "Modèle lent", "version": "1", "supplier": "Projet Écluse"},
        "retries": 0,
    }
    told = {
        "data_dir": str(folder / "data"),
        "server": {"drain_notice_seconds": 3, "drain_seconds": 20},
        "masking": {"workers": 1},
        "journal": {"database_url": database_url},
        # A machine that runs all of it at once may keep Redis waiting.
        "shared": {"redis_url": redis_url, "timeout_seconds": 2},
        "quota": {"requests_per_minute": 6000, "tokens_per_minute": 10_000_000},
        "routes": [route],
    }
    file = folder / "ecluse.yaml"
    file.write_text(json.dumps(told), encoding="utf-8")  # JSON is YAML
    return file


def command(file: Path, *words: str) -> str:
    """Return what `ecluse` says."""
    said = subprocess.run(  # noqa: S603 - our own command
        [ECLUSE, *words, "--config", str(file)],
        capture_output=True,
        text=True,
        check=False,
        env=environment(file.parent),
    )
    if said.returncode:
        raise NotStartedError(f"« ecluse {' '.join(words)} » a échoué :\n{said.stdout}{said.stderr}")
    return said.stdout.strip()


def environment(folder: Path) -> Mapping[str, str]:
    """Return an environment without the settings of whoever started this."""
    return {"PATH": os.environ["PATH"], "HOME": str(folder), "LC_ALL": "C.UTF-8"}


def _account() -> dict[str, Any]:
    return {"user": "nobody", "group": "nogroup", "extra_groups": []} if os.getuid() == 0 else {}
