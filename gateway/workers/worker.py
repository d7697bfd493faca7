"""One process that reads texts, and the pipe to it: nothing is shared with other workers, so none can block another.

A shared queue (`multiprocessing`, `pebble`) keeps a lock that a worker killed at the wrong moment takes with it; with a
pipe each, the death of a worker is seen at once, and it concerns one request.
"""

import contextlib
import importlib
import signal
from collections.abc import Sequence
from enum import StrEnum
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Protocol, cast

from filters.identifiers.entity import Label, Span
from filters.identifiers.errors import DetectionTimeoutError, DetectorUnavailableError, MaskingError
from filters.identifiers.text import Text
from gateway.workers import copies
from policies.facts import Recognition

_STOPPING_SECONDS = 2.0


class Detector(Protocol):
    """What runs in a worker."""

    def detect(self, text: Text) -> list[Span]:
        """Return every span of a text, or raise; never a part of them."""
        ...

    def labels(self) -> frozenset[Label]:
        """Return what can be found."""
        ...

    def canary(self) -> None:
        """Raise unless an invented note is detected as it should be."""
        ...


class Recogniser(Protocol):
    """What runs in a worker that is also asked what the charter says of texts."""

    def recognise(self, text: str) -> Recognition:
        """Return what is recognised in a text."""
        ...


Found = list[tuple[Span, ...]]
Recognised = list[Recognition]


class Question(StrEnum):
    """What a worker can be asked."""

    DETECT = "detect"
    RECOGNISE = "recognise"
    CANARY = "canary"


_Task = tuple[Question, list[Text] | list[str]]


class _Process(Protocol):
    """A process as `multiprocessing` has it, or a copy of a nursery's."""

    @property
    def pid(self) -> int | None: ...

    def is_alive(self) -> bool: ...

    def kill(self) -> None: ...

    def join(self, timeout: float | None = None) -> None: ...


class Worker:
    """A detector in a process of its own. Its methods block: call them in a thread, one at a time.

    Fails closed: where the process dies, hangs or fails, a `MaskingError` is raised, without any text, and no span is
    returned. After a timeout or a death `alive` is False, and another worker has to be made.
    """

    def __init__(
        self, factory: str, arguments: tuple[object, ...], ready_seconds: float, nursery: Path | None = None
    ) -> None:
        """Start a process and wait until its detector is loaded: `package.module:callable`, called with `arguments`.

        With the address of a `Nursery`, which has loaded it already, the process is a copy of that one.
        """
        self._process: _Process
        self._pipe, self._process = _started(factory, arguments) if nursery is None else _copied(nursery, ready_seconds)
        self.tasks = 0
        try:
            self.labels = cast("frozenset[Label]", self._receive(ready_seconds))
        except MaskingError:
            self.stop()
            raise

    @property
    def alive(self) -> bool:
        """Return whether this worker can be asked again."""
        return not self._pipe.closed and self._process.is_alive()

    @property
    def pid(self) -> int | None:
        """Return the process's number."""
        return self._process.pid

    def detect(self, texts: Sequence[Text], seconds: float) -> Found:
        """Return the spans of each text, in order."""
        return cast("Found", self._ask((Question.DETECT, list(texts)), seconds))

    def recognise(self, texts: Sequence[str], seconds: float) -> Recognised:
        """Return what is recognised in each text, in order."""
        return cast("Recognised", self._ask((Question.RECOGNISE, list(texts)), seconds))

    def canary(self, seconds: float) -> None:
        """Raise unless the detector passes its own test."""
        self._ask((Question.CANARY, []), seconds)

    def stop(self) -> None:
        """End the process, whatever it is doing."""
        # Killed first: whoever waits for an answer is woken by the end of the pipe.
        self._process.kill()
        self._process.join(_STOPPING_SECONDS)
        self._pipe.close()

    def _ask(self, task: _Task, seconds: float) -> object:
        self.tasks += 1
        try:
            self._pipe.send(task)
        except (OSError, ValueError):
            self.stop()
            raise DetectorUnavailableError("a masking worker is gone") from None
        return self._receive(seconds)

    def _receive(self, seconds: float) -> object:
        try:
            if not self._pipe.poll(seconds):
                self.stop()
                raise DetectionTimeoutError("detection did not end in time")
            done, answer = self._pipe.recv()
        except (OSError, EOFError, ValueError):
            self.stop()
            raise DetectorUnavailableError("a masking worker is gone") from None
        if not done:
            raise DetectorUnavailableError("detection failed")
        return answer


def _started(factory: str, arguments: tuple[object, ...]) -> tuple[Connection, _Process]:
    # A fresh interpreter: a fork would copy the locks of this process's threads in whatever state they are.
    context = get_context("spawn")
    pipe, theirs = context.Pipe()
    process = context.Process(target=_serve, args=(theirs, factory, arguments), name="masking", daemon=True)
    process.start()
    theirs.close()
    return pipe, process


def _copied(nursery: Path, seconds: float) -> tuple[Connection, _Process]:
    try:
        return copies.ask(nursery, seconds)
    except (OSError, EOFError):
        raise DetectorUnavailableError("the detectors are not loaded") from None


def _serve(pipe: Connection, factory: str, arguments: tuple[object, ...]) -> None:
    # Ctrl-C reaches the whole group: the parent decides when its workers end.
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    # Nothing that is raised may be shown or sent: it could hold a piece of a text.
    with contextlib.suppress(OSError, EOFError):
        try:
            detector = load(factory, arguments)
        except Exception:  # noqa: BLE001 (whatever fails, the parent is told, in no words)
            pipe.send((False, None))
            return
        answer_on(pipe, detector)


def answer_on(pipe: Connection, detector: Detector) -> None:
    """Say what the detector finds, then answer until the other end is closed."""
    with contextlib.suppress(OSError, EOFError):
        pipe.send((True, detector.labels()))
        while True:
            task = pipe.recv()
            try:
                answer = (True, _done(detector, task))
            except Exception:  # noqa: BLE001 (the same)
                answer = (False, None)
            pipe.send(answer)


def load(factory: str, arguments: tuple[object, ...]) -> Detector:
    """Return the detector of `package.module:callable`, called with `arguments`."""
    module, _, name = factory.partition(":")
    return cast("Detector", getattr(importlib.import_module(module), name)(*arguments))


def _done(served: object, task: _Task) -> Found | Recognised | None:
    question, texts = task
    match question:
        case Question.DETECT:
            return [tuple(cast("Detector", served).detect(text)) for text in cast("list[Text]", texts)]
        case Question.RECOGNISE:
            return [cast("Recogniser", served).recognise(text) for text in cast("list[str]", texts)]
        case Question.CANARY:
            cast("Detector", served).canary()
            return None
