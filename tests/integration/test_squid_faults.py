"""What breaks: our programs killed, stopped, absent or without a policy. The hospital keeps its web access."""

import os
import signal
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from gateway.outbound.squid.running import Squid, SquidStoppedError
from tests.fakes.squid_ground import ALLOWED, Ground, eventually, ground

NOWHERE = Path("/usr/bin/python-that-is-not-there")


@pytest.fixture(scope="module")
def place() -> Iterator[Ground]:
    with ground(62) as made:
        yield made


@pytest.fixture(autouse=True)
def fresh(place: Ground) -> None:
    place.put()
    place.forget()


def running(place: Ground, **chosen: object) -> Squid:
    return place.squid(certificate=place.folder / "authority.pem", **chosen)


def works(place: Ground) -> bool:
    """Return whether allowed sites are reached and refused ones are not."""
    refused = place.curl("https://chatgpt.com:{tls}/", html=True)
    return place.curl(f"https://{ALLOWED}:{{tls}}/").code == 200 and refused.code == 303


def kill(place: Ground, module: str) -> None:
    for pid in place.pids(module):
        os.kill(pid, signal.SIGKILL)
    time.sleep(0.1)


def test_programs_that_are_killed_or_hang_cost_nothing(place: Ground) -> None:
    """Squid gives up for good on helpers that end too often, and on a log daemon that ends: no web in the hospital."""
    with running(place) as squid:
        for _ in range(4):
            assert works(place)
            kill(place, "external_acl")
        assert works(place)
        before = len(place.counted(5))
        for _ in range(2):
            kill(place, "log_daemon")
            assert place.curl(f"https://{ALLOWED}:{{tls}}/").code == 200
        assert eventually(lambda: bool(place.pids("log_daemon")))
        assert works(place)
        assert len(place.counted(before + 1)) == before + 1

        hung = place.pids("external_acl")
        for pid in hung:
            os.kill(pid, signal.SIGSTOP)
        with ThreadPoolExecutor() as pool:
            # Remembered answers are not asked for: another name.
            waiting = pool.submit(place.curl, "https://claude.ai:{tls}/", html=True)
            time.sleep(0.5)
            for pid in hung:
                os.kill(pid, signal.SIGKILL)
            assert waiting.result().code in {200, 303}
        assert works(place)
        assert squid.alive
    assert "FATAL" not in squid.fatal()


def test_without_our_program_everything_passes_and_is_counted(place: Ground) -> None:
    with running(place) as squid:
        external = place.conf / "external_acl"
        external.write_text(external.read_text().replace(str(place.options().python), str(NOWHERE)))
        got = place.curl("https://chatgpt.com:{tls}/")
        assert (got.code, got.body) == (200, "origin chatgpt.com")
        assert place.curl(f"https://{ALLOWED}:{{tls}}/").code == 200
        assert squid.alive
        assert eventually(lambda: place.faults() == 2)
    assert place.counted(0) == []


def test_without_our_program_a_closed_filter_refuses(place: Ground) -> None:
    with running(place, closed=True) as squid:
        external = place.conf / "external_acl"
        external.write_text(external.read_text().replace(str(place.options().python), str(NOWHERE)))
        assert place.curl(f"https://{ALLOWED}:{{tls}}/").code != 200
        assert squid.alive


def test_neither_of_our_programs_can_start(place: Ground) -> None:
    with running(place, python=NOWHERE, python_path=()) as squid:
        for _ in range(3):
            assert place.curl(f"https://{ALLOWED}:{{tls}}/").code == 200
        assert squid.alive


@pytest.mark.parametrize("closed", [False, True])
def test_without_a_policy(place: Ground, *, closed: bool) -> None:
    (place.state / "snapshot.bin").unlink()
    with running(place, closed=closed):
        assert (place.curl("http://chatgpt.com:{http}/").code == 200) is not closed
        assert eventually(lambda: place.faults() == 1)
        place.put()
        assert eventually(lambda: works(place))
        # A damaged one changes nothing.
        (place.state / "snapshot.bin").write_bytes(b"damaged")
        time.sleep(2)
        assert works(place)


def test_a_squid_that_cannot_start_says_why(place: Ground) -> None:
    squid = running(place)
    with (place.conf / "squid.conf").open("a") as file:
        file.write("no_such_directive on\nhttp_access deny nobody_knows\n")
    with pytest.raises(SquidStoppedError, match="FATAL"):
        squid.start()
    assert not squid.alive
