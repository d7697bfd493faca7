"""A workstation of the hospital: Chromium with the roots, the policies and the way out that its DSI gave it."""

import json
import os
import re
import shutil
import socket
import socketserver
import subprocess
import threading
from collections.abc import AsyncIterator, Iterator, Mapping
from contextlib import asynccontextmanager, contextmanager, suppress
from pathlib import Path
from typing import Any, Final

from playwright.async_api import BrowserContext, async_playwright

SETTINGS: Final = Path("/etc/chromium")
QUIET: Final = (
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip

_ASKED: Final = re.compile(rb"CONNECT ([a-z0-9.-]+):\d+ HTTP/1\.1\r\n")
_ALONE: Final = """#!/bin/sh
exec unshare -m sh -c 'mount --bind {settings} {standard} && exec {chromium} "$@"' sh "$@"
"""
"""The managed policies of Chromium have one place on a machine: here another folder stands there, for it alone."""


class Wire(socketserver.ThreadingTCPServer):
    """The cable between a browser and its proxy: passes on everything, and writes down what tunnels were asked for."""

    daemon_threads = True
    allow_reuse_address = True

    def __init__(self, proxy: int) -> None:
        """Listen on loopback, in front of the proxy's port."""
        self.proxy = proxy
        self.asked: list[str] = []
        self.open = threading.Event()
        """Where it is cleared, what follows the request for a tunnel waits."""
        self.open.set()
        super().__init__(("127.0.0.1", 0), _Passing)

    @property
    def port(self) -> int:
        """Return where browsers find it."""
        return int(self.server_address[1])


class _Passing(socketserver.BaseRequestHandler):
    server: Wire

    def handle(self) -> None:
        with suppress(OSError), socket.create_connection(("127.0.0.1", self.server.proxy)) as proxy:
            back = threading.Thread(target=_pump, args=(proxy, self.request), daemon=True)
            back.start()
            with suppress(OSError):
                while data := self.request.recv(65536):
                    if asked := [name.decode() for name in _ASKED.findall(data)]:
                        self.server.asked += asked
                    else:
                        self.server.open.wait()
                    proxy.sendall(data)
                proxy.shutdown(socket.SHUT_WR)
            back.join()


def _pump(source: socket.socket, target: socket.socket) -> None:
    with suppress(OSError):
        while data := source.recv(65536):
            target.sendall(data)
    with suppress(OSError):
        # Whatever ended, also by a reset, ends for the browser too.
        target.shutdown(socket.SHUT_RDWR)


@contextmanager
def wire(proxy: int) -> Iterator[Wire]:
    """Lay a cable to a proxy."""
    with Wire(proxy) as laid:
        threading.Thread(target=laid.serve_forever, args=(0.01,), daemon=True).start()
        yield laid
        laid.shutdown()


@asynccontextmanager
async def workstation(
    folder: Path, roots: Mapping[str, bytes], *options: str, policies: Mapping[str, Any] | None = None
) -> AsyncIterator[BrowserContext]:
    """Open a browser that trusts `roots`, PEM by name; `policies` are managed, as a group policy brings them.

    Raises PermissionError where policies are wanted and the account may not give a process its own mounts.
    """
    chromium = shutil.which("chromium")
    assert chromium, "Chromium is missing: make test installs it (Debian package chromium)"
    trust(folder / ".pki" / "nssdb", roots)
    program = chromium if policies is None else _alone(chromium, folder, policies)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(
            executable_path=program,
            args=[*QUIET, *options],
            env={"HOME": str(folder), "PATH": os.environ["PATH"], "LANG": "fr_FR.UTF-8"},
        )
        yield await browser.new_context(locale="fr-FR")
        await browser.close()


def trust(database: Path, roots: Mapping[str, bytes]) -> None:
    """Write the database of certificates that Chromium reads on Linux."""
    database.mkdir(parents=True, exist_ok=True)
    _certutil("-N", "-d", f"sql:{database}", "--empty-password")
    for name, root in roots.items():
        _certutil("-A", "-d", f"sql:{database}", "-n", name, "-t", "C,,", given=root)


def _certutil(*arguments: str, given: bytes = b"") -> None:
    subprocess.run(["certutil", *arguments], input=given, check=True, capture_output=True)


def _alone(chromium: str, folder: Path, policies: Mapping[str, Any]) -> str:
    """Return a program that starts Chromium so that it finds these policies, and nobody else does."""
    if not SETTINGS.is_dir() or subprocess.run(["unshare", "-m", "true"], check=False, capture_output=True).returncode:
        raise PermissionError("no mounts of its own")
    settings = folder / "settings"
    managed = settings / "policies" / "managed"
    managed.mkdir(parents=True)
    (managed / "ecluse.json").write_text(json.dumps(policies))
    script = folder / "alone"
    script.write_text(_ALONE.format(settings=settings, standard=SETTINGS, chromium=chromium))
    script.chmod(0o755)
    return str(script)
