"""The parent of a gateway's processes: starts them, replaces those that die or have grown, and ends them all.

It serves nobody and holds nothing but the sockets, so that no caller who has been let in depends on one process to be
heard. Each process is forked from it: what it has read, the program first of all, is in memory once.
"""

import contextlib
import gc
import os
import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from multiprocessing import connection, get_context
from multiprocessing.connection import Connection
from multiprocessing.process import BaseProcess
from pathlib import Path
from types import FrameType
from typing import Final, Protocol

from gateway.serving.orders import HURRY, LEAVE, OPEN, RETIRE

QUICK_SECONDS: Final = 60.0
"""A worker that dies sooner is said to die as soon as it is started."""

MOST_QUICK: Final = 5
"""Such deaths, one after the other, after which the parent gives up where nobody is left to answer."""

LONGEST_PAUSE: Final = 30.0
GROWN_SECONDS: Final = 60.0
"""Between two replacements for memory: a limit that is too low must not keep the machine busy with starting."""

LOOPING: Final = "ses processus s’arrêtent sitôt ouverts ; le journal de la machine dit lesquels et comment."

_EVERY: Final = 0.2
_PAGE: Final = os.sysconf("SC_PAGE_SIZE")
_MIB: Final = 1 << 20


class Log(Protocol):
    """Where lines go."""

    def info(self, event: str, **fields: object) -> object:
        """Write one line."""
        ...


@dataclass(slots=True, eq=False)
class _Child:
    """A process, and the place where it serves."""

    number: int
    process: BaseProcess
    pipe: Connection
    began: float
    replaces: "_Child | None" = None
    heard: bool = True
    """Whether its pipe may still say something."""
    open: bool = False
    leaving: bool = False
    due: float = float("inf")
    """When it is killed, where it has not ended by then."""

    @property
    def pid(self) -> int:
        return self.process.pid or 0

    def tell(self, what: str) -> None:
        with contextlib.suppress(OSError):
            self.pipe.send(what)

    @property
    def resident(self) -> float:
        """Return its memory in MiB, without that of the detectors' processes, which are replaced by their number."""
        try:
            pages = Path(f"/proc/{self.pid}/statm").read_text(encoding="ascii").split()[1]
        except (OSError, IndexError):
            return 0.0
        return int(pages) * _PAGE / _MIB


@dataclass(slots=True)
class Parent:
    """Tends `workers` processes that each run `work`, which is given its place and a pipe to the parent."""

    work: Callable[[int, Connection], None]
    workers: int
    log: Log
    patience: float
    """Seconds that an end may take before a process is killed."""
    memory_mb: int = 0
    """A process above is replaced; 0: none is."""
    buried: Callable[[int], None] = lambda _pid: None
    """Is told of each process that is gone."""
    tended: Callable[[], None] = lambda: None
    """Is called again and again: what else has to be kept alive."""
    left: Callable[[], None] = lambda: None
    """Is called once the processes have been told to leave: what they listen on is theirs alone from then on."""
    vacant: Callable[[int], None] = lambda _place: None
    """Is told of each place whose process has died."""
    grown_seconds: float = GROWN_SECONDS
    _children: list[_Child] = field(default_factory=list)
    _due: dict[int, float] = field(default_factory=dict)
    """When a place without a process is to be filled."""
    _signals: int = 0
    _hung_up: bool = False
    _opened: bool = False
    _quick: int = 0
    _grown_at: float = float("-inf")
    _failure: str | None = None

    def run(self) -> str | None:
        """Tend until told to stop; return, in words, why it could not go on, if it could not."""
        gc.collect()
        gc.freeze()  # the collector would write to every page that the processes share
        with self._listening():
            try:
                self._due = dict.fromkeys(range(self.workers), 0.0)
                while not self._signals and self._failure is None:
                    self._tend()
            finally:
                self._end()
        return self._failure

    def _tend(self) -> None:
        self.tended()
        now = time.monotonic()
        for number in [number for number, due in self._due.items() if due <= now]:
            try:
                self._start(number)
            except OSError:  # the machine has no memory or no process left: it may have later
                self._due[number] = now + LONGEST_PAUSE
                self.log.info("worker", result="failed", worker=number, pid=None)
            else:
                del self._due[number]
        self._look()
        for child in self._children:
            if child.due <= now:
                child.process.kill()
        if self._hung_up:
            self._hung_up = False
            for child in self._children:
                with contextlib.suppress(ProcessLookupError):
                    os.kill(child.pid, signal.SIGHUP)
        if self.memory_mb and now - self._grown_at >= self.grown_seconds:
            self._replace_grown(now)

    def _start(self, number: int, replaces: _Child | None = None) -> None:
        context = get_context("fork")
        ours, theirs = context.Pipe()
        # Every end that a child would inherit and hold open: none would learn then that the parent is gone.
        inherited = [ours, *(child.pipe for child in self._children)]
        process = context.Process(target=_run, args=(self.work, number, theirs, inherited), name=f"ecluse-{number}")
        process.start()
        theirs.close()
        self._children.append(_Child(number, process, ours, time.monotonic(), replaces))

    def _look(self) -> None:
        """Wait a little for somebody to say something or to die."""
        heard = {child.pipe: child for child in self._children if child.heard}
        gone = {child.process.sentinel: child for child in self._children}
        ready = connection.wait([*heard, *gone], _EVERY)
        for child in [heard[each] for each in ready if isinstance(each, Connection)]:
            self._hear(child)
        for child in [gone[each] for each in ready if isinstance(each, int)]:
            self._bury(child)

    def _hear(self, child: _Child) -> None:
        try:
            said = child.pipe.recv()
        except (OSError, EOFError):
            child.heard = False
            return
        if said != OPEN:
            self.log.info("worker", result="failed", worker=child.number, pid=child.pid, reason=said)
            if not self._opened:
                self._failure = said
            return
        child.open = self._opened = True
        self.log.info("worker", result="open", worker=child.number, pid=child.pid)
        if child.replaces is not None:
            child.replaces.leaving = True
            child.replaces.due = time.monotonic() + self.patience
            child.replaces.tell(RETIRE)
            child.replaces = None

    def _bury(self, child: _Child) -> None:
        if child.heard and child.pipe.poll():
            self._hear(child)  # its last words came with its end
        child.process.join()
        child.pipe.close()
        self._children.remove(child)
        try:
            self.buried(child.pid)
        except OSError:  # the disk is full: its counts stay where they are, and are still read there
            self.log.info("worker", result="unburied", worker=child.number, pid=child.pid)
        self.log.info("worker", result="ended" if child.leaving else "died", worker=child.number, pid=child.pid)
        for other in self._children:
            if other.replaces is child:
                other.replaces = None
        kept = any(other.number == child.number and not other.leaving for other in self._children)
        if not (child.leaving or kept or self._signals):
            self._fill(child)

    def _fill(self, child: _Child) -> None:
        self.vacant(child.number)
        now = time.monotonic()
        self._quick = self._quick + 1 if now - child.began < QUICK_SECONDS else 0
        if self._quick >= MOST_QUICK and not any(other.open for other in self._children):
            self._failure = self._failure or LOOPING
        # A first death is somebody's kill, or chance; what dies again and again is left time.
        self._due[child.number] = now + (min(LONGEST_PAUSE, 2.0 ** (self._quick - 2)) if self._quick > 1 else 0.0)

    def _replace_grown(self, now: float) -> None:
        """Start another in the place of one that has grown; once it is open, the old one retires."""
        if any(child.leaving or not child.open for child in self._children):
            return
        for child in self._children:
            if child.resident > self.memory_mb:
                self._grown_at = now
                self.log.info("worker", result="grown", worker=child.number, pid=child.pid)
                self._start(child.number, child)
                return

    def _end(self) -> None:
        for child in self._children:
            child.leaving = True
            child.tell(LEAVE)
        self.left()
        deadline, hurried = time.monotonic() + self.patience, False
        while self._children and time.monotonic() < deadline:
            self._look()
            if self._signals > 1 and not hurried:
                hurried = True
                for child in self._children:
                    child.tell(HURRY)
        for child in list(self._children):
            child.process.kill()
            self._bury(child)

    @contextlib.contextmanager
    def _listening(self) -> Iterator[None]:
        def note(number: int, _: FrameType | None) -> None:
            if number == signal.SIGHUP:
                self._hung_up = True
            else:
                self._signals += 1

        caught = {each: signal.signal(each, note) for each in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
        try:
            yield
        finally:
            for each, before in caught.items():
                signal.signal(each, before)


def _run(work: Callable[[int, Connection], None], number: int, pipe: Connection, inherited: list[Connection]) -> None:
    # The parent's own way of counting signals is no way to end a process that is still loading.
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for end in inherited:
        end.close()
    work(number, pipe)
