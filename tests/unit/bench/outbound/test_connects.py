import itertools
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import pytest

from bench.outbound.connects import connects


@contextmanager
def proxy(*answers: bytes) -> Iterator[tuple[int, list[bytes]]]:
    """Answer each tunnel that is asked for in these pieces; yield the port, and what was asked."""
    asked: list[bytes] = []

    class Answer(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            asked.append(self.request.recv(65536).partition(b"\r\n")[0])
            for answer in answers:
                self.request.sendall(answer)

    class Server(socketserver.ThreadingTCPServer):
        daemon_threads = True
        request_queue_size = 128

        def handle_error(self, request: object, client_address: object) -> None:
            """Say nothing: the load goes away when its time is up."""

    with Server(("127.0.0.1", 0), Answer) as server:
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield server.server_address[1], asked
        server.shutdown()


@pytest.mark.parametrize(
    "answers",
    [
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 4\r\n\r\n", b"late"),
        (b"HTTP/1.1 403 Forbidden\r\n", b"\r\n"),
        (b"HTTP/1.1 403 Forbidden\r\nContent-Length: 99\r\n\r\ncut",),
    ],
)
def test_each_refusal_is_counted_once(answers: tuple[bytes, ...]) -> None:
    with proxy(*answers) as (port, asked):
        found = connects(port, (f"h{number}.example" for number in itertools.count()), 0.2)
    assert found.wrong == 0
    assert 0 < found.done <= len(asked) == len(set(asked))
    assert b"CONNECT h0.example:443 HTTP/1.1" in asked


def test_another_answer_is_wrong() -> None:
    """Catches a filter that lets everything through, measured as a fast one."""
    with proxy(b"HTTP/1.1 200 OK\r\n\r\n") as (port, _):
        found = connects(port, itertools.repeat("h.example"), 0.1)
    assert found.done == 0
    assert found.wrong > 0
