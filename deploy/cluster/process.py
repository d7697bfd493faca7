"""A server of the cluster: one process group, that can be ended politely or at once."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Final

_OFTEN: Final = 0.05
_LOCAL: Final = "127.0.0.1"


class NotStartedError(Exception):
    """A server is missing or has not opened its port; a French sentence."""


class Process:
    """Starts nothing by itself. Ctrl-C does not reach it: whoever started it decides when it ends."""

    def __init__(
        self,
        name: str,
        command: Sequence[str],
        port: int,
        folder: Path,
        *,
        environment: Mapping[str, str] | None = None,
        polite: signal.Signals = signal.SIGTERM,
        account: Mapping[str, Any] | None = None,
    ) -> None:
        """`port` is where it listens; `polite` is how it is asked to end; `account` whom root becomes for it."""
        self.name, self.port = name, port
        self._command, self._environment = list(command), dict(environment or {})
        self._polite, self._account = polite, dict(account or {})
        self.log = folder / f"{name}.log"
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def url(self) -> str:
        """Return its address, for those that speak HTTP."""
        return f"http://{_LOCAL}:{self.port}"

    @property
    def pid(self) -> int:
        """Return the number of its first process; raises where it does not run."""
        if self._process is None:
            raise NotStartedError(f"{self.name} ne tourne pas.")
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Return whether it runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> None:
        """Start it; `wait` says when it is open."""
        with self.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 - servers of this machine, on files of ours
                self._command,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                cwd="/",
                env={"PATH": f"{os.environ['PATH']}:/usr/sbin", "LC_ALL": "C.UTF-8", **self._environment},
                start_new_session=True,
                **self._account,
            )

    def wait(self, seconds: float) -> None:
        """Return once it listens; raise `NotStartedError` where it ends before, or takes longer."""
        deadline = time.monotonic() + seconds
        while self.alive and time.monotonic() < deadline:
            with contextlib.suppress(OSError), socket.create_connection((_LOCAL, self.port), 1):
                return
            time.sleep(_OFTEN)
        raise NotStartedError(f"{self.name} ne s’est pas ouvert. Ses derniers mots :\n{self.last_words()}")

    def ask_to_end(self) -> None:
        """Ask it to end, and do not wait."""
        if self._process is not None and self.alive:
            self._process.send_signal(self._polite)

    def end(self, seconds: float = 15) -> None:
        """Ask it to end, wait, and leave nothing of its group behind."""
        self.ask_to_end()
        if self._process is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(seconds)
        self.kill()

    def kill(self) -> None:
        """End its whole group at once, as a machine that loses its power does."""
        if self._process is None:
            return
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self._process.pid, signal.SIGKILL)
        self._process.wait()
        self._process = None

    def last_words(self) -> str:
        """Return the end of what it wrote."""
        with contextlib.suppress(OSError):
            return self.log.read_text("utf-8", "replace")[-1500:]
        return ""


def program(name: str, package: str, *elsewhere: Path) -> str:
    """Return where a program is; raises `NotStartedError`, which names Debian's package."""
    folders = [os.environ.get("PATH", ""), "/usr/sbin", *map(str, elsewhere)]
    found = shutil.which(name, path=os.pathsep.join(folders))
    if found is None:
        raise NotStartedError(f"{name} n’est pas installé : apt-get install --no-install-recommends {package}")
    return found
