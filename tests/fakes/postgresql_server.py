"""A real PostgreSQL of the tests' own, which can be killed, paused, filled up and started again."""

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg

from gateway.ports import free_port

STARTING_SECONDS = 30
SETTINGS = {
    "listen_addresses": "127.0.0.1",
    "fsync": "off",  # no test cuts the power
    "full_page_writes": "off",
    "shared_buffers": "32MB",
    "max_connections": "60",
    "max_wal_size": "256MB",
    "autovacuum": "off",
}


def programs() -> Path:
    """Return where Debian puts PostgreSQL's programs, which are not on the PATH."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    elsewhere = shutil.which("postgres")
    assert found or elsewhere, "PostgreSQL is missing: install Debian's package postgresql"
    return (found[-1] if found else Path(str(elsewhere))).parent


class PostgresqlServer:
    """One cluster. It sorts as French does, so that whatever relies on the order of bytes has to say so."""

    def __init__(self, parent: Path | None = None) -> None:
        """Make the cluster; PostgreSQL refuses to run as root, so that root lends it to another account.

        `parent` is a folder that everybody may walk through; the system's own for temporary files unless told.
        """
        self.programs = programs()
        self.port = free_port()
        self._folder = Path(tempfile.mkdtemp(prefix="ecluse-postgresql-", dir=parent))
        self._account: dict[str, Any] = {}
        if os.getuid() == 0:
            self._account = {"user": "nobody", "group": "nogroup", "extra_groups": []}
            shutil.chown(self._folder, "nobody", "nogroup")
        self._process: subprocess.Popen[bytes] | None = None
        making = [self.programs / "initdb", "-D", self._folder / "data", "-U", "postgres", "--auth=trust", "--no-sync"]
        sorting = ["--encoding=UTF8", "--locale=C.UTF-8", "--locale-provider=icu", "--icu-locale=fr"]
        subprocess.run(
            [*making, *sorting],
            check=True,
            stdout=subprocess.DEVNULL,
            cwd=self._folder,
            env=_ENVIRONMENT,
            **self._account,
        )

    def url(self, database: str) -> str:
        """Return the address of a database, as Écluse writes it."""
        return f"postgresql+psycopg://postgres@127.0.0.1:{self.port}/{database}"

    def conninfo(self, database: str = "postgres") -> str:
        """Return the same as PostgreSQL's own programs write it."""
        return f"postgresql://postgres@127.0.0.1:{self.port}/{database}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
        command = [self.programs / "postgres", "-D", self._folder / "data", "-p", str(self.port)]
        log = self._folder / "log"
        with log.open("ab") as out:
            self._process = subprocess.Popen(
                [*command, "-k", self._folder, *settings],
                stdout=out,
                stderr=out,
                cwd=self._folder,
                env=_ENVIRONMENT,
                **self._account,
            )
        deadline = time.monotonic() + STARTING_SECONDS
        while self._process.poll() is None and time.monotonic() < deadline:
            with contextlib.suppress(psycopg.OperationalError):
                self.execute("SELECT 1")
                return
            time.sleep(0.05)
        raise RuntimeError(log.read_text("utf-8", "replace")[-2000:])

    def execute(self, *statements: str, database: str = "postgres") -> None:
        """Run statements, each by itself."""
        with psycopg.connect(self.conninfo(database), autocommit=True, connect_timeout=2) as connection:
            for statement in statements:
                connection.execute(statement.encode())

    def lend(self, file: Path) -> Path:
        """Give the server a file that nobody else may read, and return where it is."""
        lent = self._folder / file.name
        shutil.copyfile(file, lent)
        lent.chmod(0o600)
        if self._account:
            shutil.chown(lent, self._account["user"], self._account["group"])
        return lent

    def kill(self) -> None:
        """End every process of it at once, as a crash of the machine does."""
        if self._process is not None:
            for process in self._processes():
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGKILL)
            self._process.wait(10)
            self._process = None

    @contextlib.contextmanager
    def paused(self) -> Iterator[None]:
        """Have it take connections and answer nothing."""
        processes = self._processes()
        for process in processes[1:]:
            os.kill(process, signal.SIGSTOP)
        try:
            yield
        finally:
            for process in processes:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(process, signal.SIGCONT)

    def _processes(self) -> list[int]:
        """Stop the first process, so that it starts no more, and return it with all that it has started."""
        assert self._process is not None
        first = self._process.pid
        os.kill(first, signal.SIGSTOP)
        children = Path(f"/proc/{first}/task/{first}/children").read_text("ascii").split()
        return [first, *map(int, children)]

    def remove(self) -> None:
        """End it and forget what it kept."""
        self.kill()
        shutil.rmtree(self._folder, ignore_errors=True)


# Messages in English, times in UTC, whatever the machine speaks.
_ENVIRONMENT = {"PATH": os.environ["PATH"], "LC_MESSAGES": "C", "TZ": "UTC"}


@contextlib.contextmanager
def postgresql_server(parent: Path | None = None) -> Iterator[PostgresqlServer]:
    """Run a PostgreSQL until the end of the block."""
    server = PostgresqlServer(parent)
    try:
        server.start()
        yield server
    finally:
        server.remove()
