"""Those who ask: a whole answer, a stream and when each of its pieces came, many one after the other."""

import json
import threading
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any, Final

import httpx

QUESTION: Final = "Corrige ce message : bonjour a tous, la reunion de service est deplacé a jeudi."

REFUSED: Final = 503
ANSWERED: Final = 200
_SECONDS: Final = 60


@dataclass(frozen=True, slots=True)
class Heard:
    """What became of one question."""

    at: float
    """When it was known, on the monotonic clock."""
    status: int
    """0 where the connection broke."""
    gateway: str
    code: str = ""

    @property
    def answered(self) -> bool:
        """Return whether there was an answer."""
        return self.status == ANSWERED


@dataclass(slots=True)
class Listened:
    """A stream as it came."""

    asked: float
    gateway: str = ""
    pieces: list[float] = field(default_factory=list)
    """When each piece came."""
    done: bool = False
    """Whether it came to its end."""
    error: str = ""
    ended: float = 0.0


def ask(url: str, key: str) -> Heard:
    """Ask once, and tell what was answered; nothing is tried twice."""
    try:
        answer = httpx.post(f"{url}/v1/chat/completions", json=_body(), headers=_key(key), timeout=_SECONDS)
    except httpx.HTTPError:
        return Heard(time.monotonic(), 0, "")
    code = "" if answer.status_code == ANSWERED else str(answer.json()["error"]["code"])
    return Heard(time.monotonic(), answer.status_code, answer.headers.get("Ecluse-Gateway", ""), code)


def listen(url: str, key: str, begun: threading.Event | None = None) -> Listened:
    """Listen to a whole stream; `begun` is set when its first piece has come."""
    heard = Listened(time.monotonic())
    try:
        with httpx.stream(
            "POST",
            f"{url}/v1/chat/completions",
            json=_body(stream=True),
            headers=_key(key),
            timeout=_SECONDS,
        ) as answer:
            heard.gateway = answer.headers.get("Ecluse-Gateway", "")
            for line in answer.iter_lines():
                _note(heard, line)
                if heard.pieces and begun is not None:
                    begun.set()
    except httpx.HTTPError:
        heard.error = heard.error or "coupé"
    heard.ended = time.monotonic()
    return heard


def _note(heard: Listened, line: str) -> None:
    if not line.startswith("data: "):
        return
    data = line.removeprefix("data: ")
    if data == "[DONE]":
        heard.done = True
        return
    event: dict[str, Any] = json.loads(data)
    if "error" in event:
        heard.error = str(event["error"]["code"])
    elif any(choice.get("delta", {}).get("content") for choice in event.get("choices", [])):
        heard.pieces.append(time.monotonic())


@contextmanager
def listening(url: str, key: str) -> Iterator[Future[Listened]]:
    """Have somebody listen to a stream that has begun."""
    begun = threading.Event()
    with ThreadPoolExecutor(1) as pool:
        heard = pool.submit(listen, url, key, begun)
        begun.wait(_SECONDS)
        yield heard


class Crowd:
    """Some people who ask again as soon as they are answered, until told to stop."""

    def __init__(self, url: str, key: str, people: int) -> None:
        """Begin to ask."""
        self.heard: list[Heard] = []
        self._ended = threading.Event()
        self._pool = ThreadPoolExecutor(people)
        self._asking = [self._pool.submit(self._ask, url, key) for _ in range(people)]

    def _ask(self, url: str, key: str) -> None:
        while not self._ended.is_set():
            self.heard.append(ask(url, key))

    def stop(self) -> list[Heard]:
        """Let each be answered once more, and return what they heard, in order."""
        self._ended.set()
        for one in self._asking:
            one.result()
        self._pool.shutdown()
        return sorted(self.heard, key=lambda one: one.at)


def _body(*, stream: bool = False) -> dict[str, Any]:
    return {"model": "reformulation", "messages": [{"role": "user", "content": QUESTION}], "stream": stream}


def _key(key: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {key}"}
