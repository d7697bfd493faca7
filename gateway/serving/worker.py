"""One of the processes of a gateway: what it runs, its share of the machine, and what it hears of its parent."""

import asyncio
import contextlib
import signal
import socket
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from multiprocessing.connection import Connection

from typing_extensions import override

from config.settings import Settings
from gateway.app import create_app
from gateway.serving import opening
from gateway.serving.door import Loads
from gateway.serving.orders import HURRY, LEAVE, OPEN, RETIRE
from gateway.serving.server import SharingServer
from gateway.wiring import Together


@dataclass(frozen=True, slots=True)
class Work:
    """What every worker of a gateway runs; called in its process, which has just been forked."""

    settings: Settings
    sockets: Sequence[socket.socket]
    workers: int
    together: Together
    loads: Loads
    words: Callable[[Exception], str]
    """Says why a worker cannot open."""

    def __call__(self, number: int, pipe: Connection) -> None:
        """Serve at place `number` until the parent says otherwise, or is gone."""
        # Until the charter is watched, its signal would end this process.
        signal.signal(signal.SIGHUP, signal.SIG_IGN)
        together = replace(self.together, tallies=self.together.tallies.joined(first=number == 0))
        app = create_app(share(self.settings, number, self.workers), together=together)
        serving = _Heard(*opening.parts(app, self.settings), self.loads, number)
        serving.pipe = pipe
        failure = opening.serve(app, serving, self.sockets)
        if failure is not None:
            with contextlib.suppress(OSError):
                pipe.send(self.words(failure))


def share(settings: Settings, number: int, workers: int) -> Settings:
    """Return the same settings with this worker's part of the detectors' processes and of their queue: one at least.

    The whole gateway then asks of the machine what one process would.
    """
    masking = settings.masking
    part = {
        "workers": max(1, masking.workers // workers + (number < masking.workers % workers)),
        "queue": max(1, masking.queue // workers + (number < masking.queue % workers)),
    }
    return settings.model_copy(update={"masking": masking.model_copy(update=part)})


class _Heard(SharingServer):
    """A server that says when it is open, and does what its parent says."""

    pipe: Connection

    @override
    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Open, then say so."""
        await super().startup(sockets)
        self.pipe.send(OPEN)
        asyncio.get_running_loop().add_reader(self.pipe.fileno(), self._hear)

    def _hear(self) -> None:
        try:
            said = self.pipe.recv()
        except (OSError, EOFError):
            # The parent is gone, and with it whoever would start others: this process must not stay alone.
            asyncio.get_running_loop().remove_reader(self.pipe.fileno())
            said = LEAVE
        {LEAVE: self.leave, RETIRE: self.retire, HURRY: self.hurry}[said]()
