"""What Squid asks for each connection: `python -m gateway.outbound.squid.external_acl FOLDER [--closed]`.

Squid writes `CHANNEL USER SOURCE HOST SNI …`, URL-escaped, and reads `CHANNEL OK` (refused) or `CHANNEL ERR` (let
through), in any order. It waits for ever for an answer, refuses every site on `BH`, and stops for good where helpers
keep ending: so every line is answered, and nothing but the end of the input ends this program.
"""

import contextlib
import os
import signal
import sys
from pathlib import Path
from typing import Final
from urllib.parse import unquote

from filters.outbound.decision import Query
from gateway.outbound.judge import Answer, Judge, PolicyJudge, fault_mark

CHUNK: Final = 1 << 18
"""Bytes read at once: all that waits is answered in one write."""

LONGEST: Final = 1 << 16
"""Bytes of a line; Squid writes no longer one."""

_FIELDS: Final = 4


def reply(line: bytes, judge: Judge, *, closed: bool = False) -> bytes:
    """Return the answer to a line, both without their ends; whatever is wrong with it."""
    channel, _, rest = line.partition(b" ")
    try:
        text = rest.decode("utf-8", "replace")
        fields = text.split()[:_FIELDS]
        if "-" in fields:
            fields = ["" if field == "-" else field for field in fields]
        user, source, host, sni = map(unquote, fields) if "%" in text else fields
        return channel + _worded(judge(Query(host, sni, source, user))).encode()
    except Exception as error:  # noqa: BLE001  no fault may leave Squid without an answer
        return channel + _broken(error, closed=closed)


def serve(source: int, target: int, judge: Judge, *, closed: bool = False) -> None:
    """Answer every line of `source` on `target`, both file descriptors, until the input ends."""
    kept = b""
    while chunk := os.read(source, CHUNK):
        *whole, kept = (kept + chunk).split(b"\n")
        if len(kept) > LONGEST:
            kept = b""
        if whole:
            _write(target, b"".join(reply(line, judge, closed=closed) + b"\n" for line in whole if line.strip()))


def _worded(answer: Answer) -> str:
    if answer.refused:
        return f' OK message="{answer.service or "-"}" log="{answer.mark}" tag={answer.verdict}'
    return f' ERR log="{answer.mark}"' if answer.mark else " ERR"


def _broken(error: Exception, *, closed: bool) -> bytes:
    return f' {"OK message=- " if closed else "ERR "}log="{fault_mark(error)}"'.encode()


def _write(target: int, data: bytes) -> None:
    while data:
        data = data[os.write(target, data) :]


def main() -> None:
    """Serve Squid on the standard input and output."""
    # A signal to Squid's group is Squid's to answer: it closes our input.
    for number in (signal.SIGINT, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    closed = "--closed" in sys.argv[2:]
    judge = PolicyJudge(Path(sys.argv[1]), closed=closed)
    with contextlib.suppress(BrokenPipeError):
        serve(sys.stdin.fileno(), sys.stdout.fileno(), judge, closed=closed)


if __name__ == "__main__":
    main()
