"""What came back wrong, and what left in clear."""

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from bench.peers.notes import Talk


class Leak(NamedTuple):
    """Identifiers that the upstream saw, of those that were sent."""

    clear: int
    sent: int

    @property
    def share(self) -> float:
        """Return the part that was seen; not a number where nothing was sent."""
        return self.clear / self.sent if self.sent else float("nan")


def content(body: bytes) -> str:
    """Return the text of an answer, whole or streamed; empty where it holds none."""
    if not body.lstrip().startswith(b"{"):
        return "".join(_deltas(body))
    choices = json.loads(body).get("choices") or [{}]
    return str((choices[0].get("message") or {}).get("content") or "")


def delivered(body: bytes) -> int:
    """Return in how many pieces the text of a stream came."""
    return sum(1 for piece in _deltas(body) if piece)


def exact(talk: Talk, answered: str) -> bool:
    """Return whether the echo came back byte for byte; a gateway may add marks of its own after a blank line."""
    return answered == talk.last or answered.startswith((talk.last + "\n\n", talk.last + "\n---"))


def wrong(answers: Iterable[tuple[Talk, bytes]]) -> int:
    """Return how many answers are not the echo of what was sent."""
    return sum(1 for talk, body in answers if not exact(talk, content(body)))


def leaks(talk: Talk, reached: Sequence[dict[str, Any]]) -> Leak:
    """Return which identifiers of a request stand in what reached the upstream for it."""
    text = "\n".join(value for body in reached for value in strings(body))
    clear = [value for value in talk.identifiers if re.search(rf"(?<!\w){re.escape(value)}(?!\w)", text, re.IGNORECASE)]
    return Leak(len(clear), len(talk.identifiers))


def together(found: Iterable[Leak]) -> Leak:
    """Return the sum."""
    clear, sent = 0, 0
    for one in found:
        clear, sent = clear + one.clear, sent + one.sent
    return Leak(clear, sent)


def strings(value: object) -> Iterable[str]:
    """Yield each string in a structure of JSON."""
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from strings(one)
    elif isinstance(value, list):
        for one in value:
            yield from strings(one)


def unchunked(body: bytes) -> bytes:
    """Return the content of a chunked HTTP body."""
    parts, at = [], 0
    while (end := body.find(b"\r\n", at)) >= 0:
        size = int(body[at:end].split(b";")[0] or b"0", 16)
        if not size:
            break
        parts.append(body[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return b"".join(parts)


def _deltas(body: bytes) -> Iterable[str]:
    for line in body.split(b"\n"):
        data = line.removeprefix(b"data:").strip()
        if not line.startswith(b"data:") or data == b"[DONE]":
            continue
        for choice in json.loads(data).get("choices") or []:
            yield str((choice.get("delta") or {}).get("content") or "")
