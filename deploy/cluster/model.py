"""A model that takes its time, as real ones do: an OpenAI-compatible server whose words are always the same."""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from typing_extensions import override

WORDS: Final = tuple(f"{word} " for word in ("Voici le texte demandé, mot après mot, sans hâte, " * 4).split())
PAUSE: Final = 0.05
"""Seconds between two words of a stream; a whole answer takes as long as a few of them."""

_WHOLE_PAUSES: Final = 6
_USAGE: Final = {"prompt_tokens": 20, "completion_tokens": len(WORDS), "total_tokens": 20 + len(WORDS)}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        if isinstance(self.server, _Server):
            self.server.heard(body)
        asked = json.loads(body)
        if asked.get("stream"):
            self._stream()
        else:
            time.sleep(PAUSE * _WHOLE_PAUSES)
            message = {"role": "assistant", "content": "".join(WORDS).strip()}
            choice = {"index": 0, "message": message, "finish_reason": "stop"}
            self._whole({**_head("chat.completion"), "choices": [choice], "usage": _USAGE})

    def _whole(self, answer: dict[str, Any]) -> None:
        body = json.dumps(answer).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def _stream(self) -> None:
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Connection", "close")
        self.end_headers()
        self.close_connection = True
        for word in WORDS:
            self._event([{"index": 0, "delta": {"role": "assistant", "content": word}, "finish_reason": None}])
            time.sleep(PAUSE)
        self._event([{"index": 0, "delta": {}, "finish_reason": "stop"}])
        self._event([], usage=_USAGE)
        self.wfile.write(b"data: [DONE]\n\n")

    def _event(self, choices: list[dict[str, Any]], **more: object) -> None:
        chunk = {**_head("chat.completion.chunk"), "choices": choices, **more}
        self.wfile.write(b"data: " + json.dumps(chunk).encode() + b"\n\n")
        self.wfile.flush()

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Write nothing."""


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    heard: Callable[[bytes], None]

    @override
    def handle_error(self, request: object, client_address: object) -> None:
        """Say nothing of a gateway that went away in the middle, which is what is shown here."""


def _head(kind: str) -> dict[str, Any]:
    return {"id": "chatcmpl-1", "object": kind, "created": int(time.time()), "model": "lent"}


@contextmanager
def slow_model(heard: Callable[[bytes], None] = lambda _: None) -> Iterator[str]:
    """Serve until the end of the block; gives the address that a route names. `heard` is told of each request."""
    with _Server(("127.0.0.1", 0), _Handler) as server:
        server.heard = heard
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
        server.shutdown()
