"""A Squid of ours, started on this machine from a configuration that was written, and stopped again."""

import contextlib
import os
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Collection
from pathlib import Path
from typing import Final, Self

SQUID: Final = "squid"
ACCOUNT: Final = "proxy"
"""What Squid becomes where root starts it (Debian)."""

STARTING: Final = 20.0
STOPPING: Final = 10.0
_SETTLING: Final = 0.2
_OFTEN: Final = 0.02
_LOCAL: Final = "127.0.0.1"


class SquidMissingError(Exception):
    """There is no Squid on this machine, or it is built without OpenSSL; a French sentence."""


class SquidStoppedError(Exception):
    """Squid did not start, or has stopped; what it said of it, which names no user."""


class Squid:
    """A Squid in the foreground of nobody: listening once `start` returns, gone once `stop` does."""

    def __init__(self, configuration: Path, ports: Collection[int], cache_log: Path, program: str = SQUID) -> None:
        """Start nothing yet; `ports` are those of the configuration, on loopback."""
        self.configuration, self.ports, self.cache_log = configuration, ports, cache_log
        self._program = program
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def pid(self) -> int:
        """Return the id of the process that serves."""
        if self._process is None:
            raise SquidStoppedError("Squid n’est pas démarré.")
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Return whether it still runs."""
        return self._process is not None and self._process.poll() is None

    def start(self) -> Self:
        """Start, and return once every port answers; raises `SquidMissingError` or `SquidStoppedError`."""
        program = found(self._program)
        said = self.cache_log.with_name("squid.err")
        with said.open("wb") as errors:
            self._process = subprocess.Popen(  # noqa: S603 - the hospital's own Squid, on a file of ours
                [program, "-N", "-f", str(self.configuration)],
                stdin=subprocess.DEVNULL,
                stdout=errors,
                stderr=errors,
                cwd="/",
                start_new_session=True,
            )
        deadline = time.monotonic() + STARTING
        while self.alive and not all(map(_answers, self.ports)) and time.monotonic() < deadline:
            time.sleep(_OFTEN)
        # Ports are open before Squid's own programs have started; one that cannot ends it.
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(_SETTLING)
        if not self.alive or not all(map(_answers, self.ports)):
            self.stop()
            raise SquidStoppedError(self.fatal() or "Squid n’a pas ouvert ses ports.")
        return self

    def stop(self) -> None:
        """Stop, and leave no process behind: helpers end with the pipe to them."""
        if self._process is None:
            return
        if self._process.poll() is None:
            # Squid waits for open tunnels on SIGTERM; on this one it does not.
            self._process.send_signal(signal.SIGINT)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(STOPPING)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()

    def fatal(self) -> str:
        """Return why Squid stopped, as it said it; empty if it said nothing."""
        lines: list[str] = []
        for path in (self.cache_log, self.cache_log.with_name("squid.err")):
            with contextlib.suppress(OSError):
                lines += path.read_text("utf-8", "replace").splitlines()
        return "\n".join(dict.fromkeys(line for line in lines if "FATAL" in line or "Bungled" in line))

    def __enter__(self) -> Self:
        return self.start()

    def __exit__(self, *_: object) -> None:
        self.stop()


def found(program: str = SQUID) -> str:
    """Return where Squid is; raises `SquidMissingError`."""
    path = shutil.which(program, path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
    if path is None:
        raise SquidMissingError("Squid n’est pas installé : `apt install squid-openssl`.")
    told = subprocess.run([path, "-v"], capture_output=True, text=True, check=False).stdout  # noqa: S603 - Squid itself
    if "--with-openssl" not in told:
        raise SquidMissingError(
            "Ce Squid ne sait pas lire les noms dans TLS : il faut celui qui est construit avec OpenSSL "
            "(`apt install squid-openssl`)."
        )
    return path


def interpreter() -> tuple[Path, tuple[Path, ...]]:
    """Return a Python that Squid's account can run, and where it finds this project.

    An interpreter in the home of root (pyenv, uv) is closed to the account that Squid becomes: the system's own is
    taken if it is of the same version. Raises `SquidMissingError`.
    """
    paths = tuple(Path(path) for path in sys.path if path and Path(path).is_dir() and not _standard(path))
    named = f"/usr/bin/python{sys.version_info.major}.{sys.version_info.minor}"
    if os.geteuid() != 0:
        return Path(sys.executable), ()
    for candidate, needed in ((sys.executable, ()), (named, paths)):
        if _runs(candidate):
            return Path(candidate), needed
    raise SquidMissingError(
        f"Le compte « {ACCOUNT} » ne peut pas exécuter {sys.executable} : installez Python ailleurs que dans /root."
    )


def given(folder: Path) -> None:
    """Give a folder and all that is in it to the account that Squid becomes; nothing to do where it stays ours."""
    if os.geteuid() != 0:
        return
    account = pwd.getpwnam(ACCOUNT)
    for path in (folder, *folder.rglob("*")):
        os.chown(path, account.pw_uid, account.pw_gid, follow_symlinks=False)


def _answers(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((_LOCAL, port)) == 0


def _standard(path: str) -> bool:
    return path.startswith(sys.base_prefix) or path.endswith(".zip")


def _runs(python: str) -> bool:
    account = pwd.getpwnam(ACCOUNT)
    try:
        return (
            subprocess.run(  # noqa: S603 - one of two interpreters of ours
                [python, "-c", ""], user=account.pw_uid, group=account.pw_gid, extra_groups=[], check=False, cwd="/"
            ).returncode
            == 0
        )
    except OSError:
        return False
