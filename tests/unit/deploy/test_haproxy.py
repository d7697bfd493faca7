"""HAProxy's configuration, as HAProxy itself reads it, and the answers that it gives for the gateways."""

import contextlib
import json
import os
import re
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from config.routes import RouteSettings
from gateway.ports import free_port

HAPROXY = Path(__file__).parents[3] / "deploy" / "haproxy"
CONFIGURATION = HAPROXY / "haproxy.cfg"
ERRORS = sorted((HAPROXY / "errors").glob("*.http"))


def directives(section: str) -> list[str]:
    found = re.search(rf"^{section}$(.*?)(?=^[a-z]|\Z)", CONFIGURATION.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    assert found
    return [line.strip() for line in found[1].splitlines() if line.strip() and not line.strip().startswith("#")]


@pytest.fixture(params=["plain", "tls"])
def environment(request: pytest.FixtureRequest, tmp_path: Path) -> dict[str, str]:
    found = {"PATH": f"{os.environ['PATH']}:/usr/sbin", "ECLUSE_ERRORS": str(HAPROXY / "errors")}
    if request.param == "tls":
        both, key, certificate = tmp_path / "both.pem", tmp_path / "key.pem", tmp_path / "certificate.pem"
        made = ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-days"]
        subprocess.run(
            [*made, "1", "-subj", "/CN=ia.hopital.example", "-keyout", key, "-out", certificate],
            check=True,
            capture_output=True,
        )
        both.write_bytes(certificate.read_bytes() + key.read_bytes())
        found["ECLUSE_CERTIFICATE"] = str(both)
    return found


def test_haproxy_takes_it_without_a_warning(environment: dict[str, str]) -> None:
    program = shutil.which("haproxy", path=environment["PATH"])
    assert program, "haproxy is missing: install Debian's package haproxy"
    checked = subprocess.run(
        [program, "-c", "-f", CONFIGURATION], env=environment, capture_output=True, text=True, check=False, timeout=60
    )
    assert checked.returncode == 0, checked.stderr
    assert "WARNING" not in checked.stderr


@pytest.fixture
def ports() -> Iterator[tuple[int, int]]:
    """Run HAProxy before gateways that are not there, and give the ports of its entrance and of its counts."""
    entrance, stats, nobody = free_port(), free_port(), free_port()
    environment = {
        "PATH": f"{os.environ['PATH']}:/usr/sbin",
        "ECLUSE_ERRORS": str(HAPROXY / "errors"),
        "ECLUSE_LISTEN": f"127.0.0.1:{entrance}",
        "ECLUSE_STATS_LISTEN": f"127.0.0.1:{stats}",
        "ECLUSE_GATEWAY_1": f"127.0.0.1:{nobody}",
        "ECLUSE_GATEWAY_2": f"127.0.0.1:{nobody}",
    }
    with subprocess.Popen(
        ["haproxy", "-db", "-f", CONFIGURATION], env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    ) as running:
        for _ in range(200):
            with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", stats), 1):
                break
            time.sleep(0.05)
        yield entrance, stats
        running.kill()


def test_it_says_which_gateway_it_counts_on_and_answers_where_there_is_none(ports: tuple[int, int]) -> None:
    """Catches the alert on a name that HAProxy does not export, and a page of HTML in the place of an error."""
    entrance, stats = (f"http://127.0.0.1:{port}" for port in ports)
    counts = httpx.get(f"{stats}/metrics").text
    for gateway in ("gateway-1", "gateway-2"):
        assert f'haproxy_server_status{{proxy="ecluse",server="{gateway}",state="UP"}}' in counts
    assert httpx.get(f"{entrance}/metrics").status_code == 404
    answer = httpx.post(f"{entrance}/v1/chat/completions", json={}, timeout=60)
    assert (answer.status_code, answer.json()["error"]["code"]) == (503, "passerelle_absente")


def test_a_stream_is_not_held_back_nor_cut_while_a_model_thinks() -> None:
    """Catches a directive that collects an answer before it passes it on, and a time-out below the routes' own."""
    defaults = directives("defaults")
    assert "option http-no-delay" in defaults
    assert not [line for line in defaults if line.startswith(("compression", "filter", "option http-buffer-request"))]
    server = next(line for line in defaults if line.startswith("timeout server"))
    assert int(server.split()[-1].removesuffix("m")) * 60 > RouteSettings.model_fields["timeout_seconds"].default


def test_a_question_that_a_model_may_have_heard_is_not_asked_twice() -> None:
    """Catches a retry that sends a patient's case, and its bill, again."""
    defaults = directives("defaults")
    assert [line for line in defaults if line.startswith("retry-on")] == ["retry-on conn-failure"]
    assert "option http-server-close" in defaults


def test_callers_cannot_say_who_they_are_nor_read_exact_counts() -> None:
    entrance = directives("frontend entrance")
    assert "http-request set-header X-Forwarded-For %[src]" in entrance
    assert "http-request deny deny_status 404 if { path /metrics }" in entrance
    backend = directives("backend ecluse")
    assert "http-check send meth GET uri /readyz ver HTTP/1.1 hdr Host ecluse" in backend


def test_the_log_holds_no_path_address_or_header() -> None:
    """Catches a log of the balancer that says who asked, or the id of what was asked."""
    (line,) = [line for line in directives("defaults") if line.startswith("log-format")]
    assert set(re.findall(r"%(\w+|\[)", line)) <= {"tr", "HM", "ST", "s", "Tw", "Tc", "Tr", "Ta", "B", "tsc", "rc"}


@pytest.mark.parametrize("path", ERRORS, ids=lambda path: path.stem)
def test_its_own_errors_are_read_as_those_of_the_gateway(path: Path) -> None:
    head, _, body = path.read_bytes().partition(b"\r\n\r\n")
    status, *headers = head.decode().split("\r\n")
    assert status.split()[1] == path.stem
    assert f"Content-Length: {len(body)}" in headers
    error = json.loads(body)["error"]
    assert set(error) == {"message", "type", "code", "param", "ecluse"}
    assert re.fullmatch(r"[a-z_]+", error["code"])
