"""The Squids that are measured beside each other: alike, except for who decides."""

import dataclasses
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from bench.outbound.external_acl import policy
from bench.processes import tree, used
from gateway.outbound import authority
from gateway.outbound.squid import configuration
from gateway.outbound.squid.options import Mode, Options
from gateway.outbound.squid.running import Squid, given, interpreter
from gateway.ports import free_port

SITE = "site.example"
"""The only name that leads anywhere: to the origin on loopback."""


@dataclasses.dataclass
class Proxy:
    """A Squid that runs, and what else runs for it."""

    port: int
    pid: int
    beside: tuple[int, ...] = ()
    """Processes that are not Squid's own children."""

    def processor(self) -> tuple[float, float]:
        """Return the seconds of processor that Squid used so far, and those of the programs that it asks."""
        others = {*self.beside, *tree(self.pid)} - {self.pid}
        return used(self.pid), sum(map(used, others))


class Ground:
    """A folder that Squid's account reads: a policy, the same names as a list, an authority."""

    def __init__(self, folder: Path, stack: ExitStack, names: int, origin: int) -> None:
        """`origin` is the port of the site."""
        self._folder, self._stack, self._origin = folder, stack, origin
        self._state = folder / "state"
        self._state.mkdir()
        policy(self._state, names)
        (folder / "names").write_text("".join(f".name-{number}.example\n" for number in range(names)))
        (folder / "hosts").write_text(f"127.0.0.1 localhost\n127.0.0.1 {SITE}\n")
        root = authority.made_root("Invented root")
        made = authority.constrained(root, ["name-0.example"], "Invented filter")
        authority.write(made, folder / "authority.pem", [root.certificate])

    def listed(self, name: str) -> Proxy:
        """Start a Squid that has the names in a list of its own."""
        return self._started(name, counted=False, decided='"{folder}/names"')

    def logged(self, name: str) -> Proxy:
        """Start one with the list, and the log that Squid keeps by default."""
        kept = f"access_log daemon:{self._folder}/{name}.log squid"
        return self._started(name, counted=False, decided='"{folder}/names"', log=kept)

    def asking(self, name: str, *, counted: bool = False) -> Proxy:
        """Start one that asks our program; `counted`: and hands its log to ours."""
        return self._started(name, counted=counted)

    def icap(self, name: str) -> Proxy:
        """Start one that asks our ICAP service."""
        port = free_port()
        command = [sys.executable, "-m", "gateway.outbound.icap", str(self._state), "--listen", f"127.0.0.1:{port}"]
        service = self._stack.enter_context(subprocess.Popen(command))
        self._stack.callback(service.terminate)
        proxy = self._started(name, counted=False, mode=Mode.ICAP, icap=f"127.0.0.1:{port}")
        return dataclasses.replace(proxy, beside=(service.pid,))

    def plain(self, name: str) -> Proxy:
        """Start one that lets every tunnel through without a look."""
        return self._started(name, counted=False, decided="nowhere.example")

    def looking(self, name: str) -> Proxy:
        """Start one that asks our program for the name in CONNECT, then for the one in TLS, and splices."""
        return self._started(name, counted=False, certificate=self._folder / "authority.pem")

    def _started(self, name: str, *, decided: str = "", log: str = "", **chosen: object) -> Proxy:
        port = free_port()
        python, path = interpreter()
        given_options: dict[str, object] = {
            "folder": self._folder / name,
            "state": self._state,
            "page": "https://ia.hopital.example/page",
            "address": "127.0.0.1",
            "port": port,
            "tls_ports": (443, self._origin),
            "localnet": ("127.0.0.0/8",),
            "local_destinations": True,
            "python": python,
            "python_path": path,
            "pid_file": self._folder / f"{name}.pid",
            "cache_log": self._folder / f"{name}.cache.log",
            "hosts_file": self._folder / "hosts",
        }
        options = Options(**given_options | chosen)  # type: ignore[arg-type]
        configuration.write(options)
        conf = options.folder / configuration.CONFIGURATION
        text = conf.read_text(encoding="utf-8")
        if decided:
            text = re.sub(r"(?m)^external_acl_type .*\n", "", text)
            text = text.replace(" external outbound", f" dstdomain {decided.format(folder=self._folder)}")
        if log:
            text = text.replace("access_log none", log)
        conf.write_text(text, encoding="utf-8")
        given(self._folder)
        squid = self._stack.enter_context(Squid(conf, [port], options.cache_log))
        return Proxy(port, squid.pid)


@contextmanager
def ground(names: int, origin: int) -> Iterator[Ground]:
    """Make a ground, and clear it away with all that runs on it."""
    # Squid's account must be able to walk down to it.
    folder = Path(tempfile.mkdtemp(prefix="ecluse-bench-"))
    folder.chmod(0o755)
    try:
        with ExitStack() as stack:
            yield Ground(folder, stack, names, origin)
    finally:
        # Squid's programs end a moment after it.
        time.sleep(0.5)
        shutil.rmtree(folder, ignore_errors=True)
