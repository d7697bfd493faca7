import os
import subprocess
import sys
import threading
import time
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.outbound.decision import Query, Verdict
from gateway.outbound.judge import Answer
from gateway.outbound.squid.external_acl import reply, serve
from tests.fakes.policies_in_force import put

REFUSED = Answer(Verdict.BLOCK, "chatgpt", "block/chatgpt/service/block/v1")
SECONDS_TO_START = 0.4


def refusing(_: Query) -> Answer:
    return REFUSED


def test_the_words_that_squid_reads() -> None:
    line = b"7 - 10.0.0.1 chatgpt.com - -"
    assert reply(line, refusing) == (b'7 OK message="chatgpt" log="block/chatgpt/service/block/v1" tag=block')
    assert reply(line, lambda _: Answer(Verdict.ALLOW)) == b"7 ERR"
    observed = Answer(Verdict.OBSERVE, "deepl", "observe/deepl/service/observe/v1")
    assert reply(line, lambda _: observed) == b'7 ERR log="observe/deepl/service/observe/v1"'


def test_what_squid_escaped_is_read() -> None:
    asked: list[Query] = []

    def noting(query: Query) -> Answer:
        asked.append(query)
        return REFUSED

    reply(b"1 CHU%5Cdr%20dupont%40chu.example 2001:db8::1 claude.ai api.claude.ai -", noting)
    assert asked == [Query("claude.ai", "api.claude.ai", "2001:db8::1", "CHU\\dr dupont@chu.example")]
    reply(b"1 - - - - -", noting)
    assert asked[1] == Query("")


@given(st.binary(max_size=80).filter(lambda line: b"\n" not in line), st.booleans())
def test_any_line_is_answered_on_its_channel(line: bytes, closed: bool) -> None:  # noqa: FBT001
    """Squid waits for ever for an answer, and everybody's browser with it."""
    answer = reply(b"12 " + line, refusing, closed=closed)
    assert answer.startswith((b"12 OK ", b"12 ERR"))
    assert b"\n" not in answer


@pytest.mark.parametrize(("closed", "word"), [(False, b"5 ERR "), (True, b"5 OK ")])
def test_a_fault_is_the_hospitals_choice(word: bytes, *, closed: bool) -> None:
    def broken(_: Query) -> Answer:
        raise RuntimeError("chatgpt.com asked by drdupont")

    answer = reply(b"5 drdupont 10.0.0.1 chatgpt.com - -", broken, closed=closed)
    assert answer.startswith(word)
    assert b"error/RuntimeError" in answer
    assert b"drdupont" not in answer


@given(st.lists(st.text("abc%é. \\-", min_size=1, max_size=12), min_size=1, max_size=20), st.data())
def test_lines_may_be_cut_anywhere(hosts: list[str], data: st.DataObject) -> None:
    lines = b"".join(b"%d - 10.0.0.1 %b - -\n" % (rank, quote(host).encode()) for rank, host in enumerate(hosts))
    cut = data.draw(st.integers(0, len(lines)))
    given_, taken = os.pipe(), os.pipe()
    thread = threading.Thread(target=serve, args=(given_[0], taken[1], refusing))
    thread.start()
    os.write(given_[1], lines[:cut])
    os.write(given_[1], lines[cut:])
    os.close(given_[1])
    thread.join(5)
    os.close(taken[1])
    with os.fdopen(taken[0], "rb") as answers:
        channels = [int(line.split()[0]) for line in answers]
    os.close(given_[0])
    assert channels == list(range(len(hosts)))


def test_a_line_without_end_does_not_fill_the_memory() -> None:
    given_, taken = os.pipe(), os.pipe()
    thread = threading.Thread(target=serve, args=(given_[0], taken[1], refusing))
    thread.start()
    with os.fdopen(given_[1], "wb") as lines:
        lines.write(b"x" * 300_000 + b"\n8 - 10.0.0.1 chatgpt.com - -\n")
    thread.join(5)
    os.close(taken[1])
    os.close(given_[0])
    with os.fdopen(taken[0], "rb") as answers:
        assert answers.read().splitlines()[-1].startswith(b"8 OK ")


def test_the_program_starts_quickly_and_ends_with_its_input(tmp_path: Path) -> None:
    """Squid starts it at the first connection, whose person waits."""
    put(tmp_path)
    command = [sys.executable, "-m", "gateway.outbound.squid.external_acl", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None
        program.stdin.write(b"0 - 10.0.0.1 api.openai.com - -\n")
        program.stdin.flush()
        assert program.stdout.readline().startswith(b'0 OK message="chatgpt" log="block/chatgpt/service/block/')
        used = os.times()
        program.stdin.close()
        assert program.wait(5) == 0
    # Processor time, which other tests beside this one do not lengthen.
    after = os.times()
    assert after.children_user + after.children_system - used.children_user - used.children_system < SECONDS_TO_START


def test_the_program_imports_little() -> None:
    """Fractions of a second for each library, at each start."""
    code = "import sys, gateway.outbound.squid.external_acl; print(*sys.modules)"
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"fastapi", "litellm", "pydantic", "sqlalchemy", "asyncio", "ruamel.yaml", "cryptography"} & set(said)


def test_a_policy_that_comes_later_is_found(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "gateway.outbound.squid.external_acl", str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as program:
        assert program.stdin is not None
        assert program.stdout is not None

        def ask() -> bytes:
            assert program.stdin is not None
            assert program.stdout is not None
            program.stdin.write(b"0 - 10.0.0.1 chatgpt.com - -\n")
            program.stdin.flush()
            return program.stdout.readline()

        assert ask() == b'0 ERR log="error/SnapshotMissingError"\n'
        put(tmp_path)
        deadline = time.monotonic() + 60
        while not (answer := ask()).startswith(b"0 OK") and time.monotonic() < deadline:
            time.sleep(0.05)
        assert answer.startswith(b"0 OK")
        program.stdin.close()
