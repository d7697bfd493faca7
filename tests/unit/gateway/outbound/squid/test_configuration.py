import json
import os
import stat
import subprocess
from pathlib import Path

import pytest

from gateway.outbound.squid import configuration
from gateway.outbound.squid.options import Mode, Options
from tests.fakes.policies_in_force import PAGE


def written(tmp_path: Path, **chosen: object) -> Path:
    given: dict[str, object] = {"folder": tmp_path / "conf", "state": tmp_path / "state", "page": PAGE}
    options = Options(**given | chosen)  # type: ignore[arg-type]
    configuration.write(options)
    return options.folder


def directives(folder: Path) -> list[str]:
    lines = (folder / "squid.conf").read_text().splitlines()
    return [line for line in lines if not line.startswith("#")]


def test_no_user_data_is_in_the_address_of_the_page(tmp_path: Path) -> None:
    """The page's own log would say who tried to reach what."""
    info = [line for line in directives(written(tmp_path)) if line.startswith("deny_info")]
    assert f"deny_info 303:{PAGE}?service=%o shown" in info
    assert not any(code in line for line in info for code in ("%u", "%i", "%a", "%H", "%U", "%s"))


@pytest.mark.parametrize(("mode", "rule"), [(Mode.EXPLICIT, "http_access"), (Mode.ICAP, "adapted_http_access")])
def test_what_is_allowed_is_never_asked_for_out_of_an_opened_tunnel(tmp_path: Path, mode: Mode, rule: str) -> None:
    """Would catch: a site decrypted for whoever is given a pass while the browser keeps a tunnel from before."""
    lines = directives(written(tmp_path, certificate=tmp_path / "authority.pem", mode=mode))
    assert "deny_info 307:https://%H:%p@Squid{%rp} decrypted" in lines
    assert lines.index(f"{rule} deny decrypted") < lines.index("http_access allow all")
    assert not any("decrypted" in line for line in directives(written(tmp_path)))


def test_the_log_says_no_more_than_counting_needs(tmp_path: Path) -> None:
    (line,) = [line for line in directives(written(tmp_path)) if line.startswith("logformat")]
    assert line == "logformat outbound %ts.%03tu %>a %#un %rm %>rs %ea"


def test_nothing_is_kept_on_the_disk(tmp_path: Path) -> None:
    lines = directives(written(tmp_path, certificate=tmp_path / "authority.pem"))
    assert {"cache deny all", "cache_store_log none", "client_db off", "eui_lookup off", "debug_options ALL,0"} <= set(
        lines
    )
    assert [line for line in lines if line.startswith("access_log")] == [
        f"access_log daemon:{tmp_path / 'state'} outbound"
    ]
    (maker,) = [line for line in lines if line.startswith("sslcrtd_program")]
    assert " -s " not in maker


def test_squid_remembers_who_asked_for_what_no_longer_than_it_helps(tmp_path: Path) -> None:
    """Would catch: tens of thousands of users and hosts in Squid's memory, each of them a step of every look-up."""
    (line,) = [line for line in directives(written(tmp_path)) if line.startswith("external_acl_type")]
    assert {"ttl=2", "negative_ttl=2", "cache=4096"} <= set(line.split())


def test_a_tunnel_is_asked_about_once(tmp_path: Path) -> None:
    """Would catch: the answer for browsers looked up for every tunnel, none of which says that it is for a page."""
    access = [line for line in directives(written(tmp_path)) if line.startswith("http_access deny")]
    asking = [line for line in access if "shown" in line or "refused" in line]
    assert asking == ["http_access deny navigation shown", "http_access deny refused"]


def test_tls_ends_for_refused_names_only_and_never_without_an_authority(tmp_path: Path) -> None:
    """Everybody's visits would be decrypted."""
    assert not any("bump" in line for line in directives(written(tmp_path)))
    with_authority = directives(written(tmp_path, certificate=tmp_path / "authority.pem"))
    assert [line for line in with_authority if line.startswith("ssl_bump bump")] == ["ssl_bump bump first refused"]
    transparent = directives(written(tmp_path, mode=Mode.TRANSPARENT, certificate=tmp_path / "authority.pem"))
    assert not any(line.startswith("ssl_bump bump") for line in transparent)


def test_the_gateway_comes_before_every_refusal(tmp_path: Path) -> None:
    lines = directives(written(tmp_path, gateway=("10.1.1.1",)))
    access = [line for line in lines if line.startswith("http_access")]
    assert access.index("http_access allow gateway") < access.index("http_access deny refused")


def test_the_proxy_is_open_to_nobody_else(tmp_path: Path) -> None:
    lines = directives(written(tmp_path))
    assert "http_access deny !localnet" in lines
    assert "http_access deny to_localhost" in lines


def test_the_refusal_is_json_once_squid_has_filled_it_in(tmp_path: Path) -> None:
    text = (written(tmp_path) / "errors" / configuration.REFUSAL).read_text()
    error = json.loads(text.replace("%o", "chatgpt"))["error"]
    assert (error["service"], error["code"]) == ("chatgpt", "service_not_allowed")
    assert "%" not in text.replace("%o", "")


def test_names_below_others_are_left_out(tmp_path: Path) -> None:
    """Squid refuses to start with both."""
    folder = written(tmp_path, doh=("dns.example", "mozilla.dns.example", "dns.google"))
    assert (folder / "doh.dst").read_text().split() == [".dns.example", ".dns.google"]


def test_programs_are_shell_and_secrets_are_secret(tmp_path: Path) -> None:
    folder = written(tmp_path, mode=Mode.TRANSPARENT)
    for name in ("external_acl", "log_daemon"):
        subprocess.run(["/bin/sh", "-n", str(folder / name)], check=True)
        assert os.access(folder / name, os.X_OK)
    assert stat.S_IMODE((folder / "peeking.pem").stat().st_mode) == 0o600


@pytest.mark.parametrize(("closed", "answer"), [(False, "ERR"), (True, 'OK message="-"')])
def test_the_shell_answers_where_our_program_cannot_start(tmp_path: Path, answer: str, *, closed: bool) -> None:
    """Squid stops for good where helpers keep ending."""
    folder = written(tmp_path, closed=closed, python=Path("/nowhere/python"))
    asked = "3 - 10.0.0.1 chatgpt.com - -\n4 %20;`reboot` $(x) - - -\n"
    said = subprocess.run([folder / "external_acl"], input=asked, capture_output=True, text=True, check=False)
    assert said.stdout == f'3 {answer} log="error/start"\n4 {answer} log="error/start"\n'


def test_the_shell_leaves_a_killed_program_to_squid(tmp_path: Path) -> None:
    killed = tmp_path / "killed"
    killed.write_text("#!/bin/sh\nkill -9 $$\n")
    killed.chmod(0o755)
    folder = written(tmp_path, python=killed)
    said = subprocess.run([folder / "external_acl"], input="3 x\n", capture_output=True, text=True, check=False)
    assert (said.stdout, said.returncode) == ("", 137)


def test_the_shell_that_reads_the_log_ends_with_squid(tmp_path: Path) -> None:
    """Would catch: a shell that goes round for ever, once Squid has gone, where our program cannot start."""
    folder = written(tmp_path, python=Path("/nowhere/python"))
    said = subprocess.run(
        [folder / "log_daemon"], input="Lx\n", text=True, stderr=subprocess.DEVNULL, timeout=60, check=False
    )
    assert said.returncode == 0


@pytest.mark.parametrize("mode", Mode)
def test_the_readme_says_what_happens_in_this_mode(tmp_path: Path, mode: Mode) -> None:
    text = (written(tmp_path, mode=mode) / "README.md").read_text()
    assert f"Mode `{mode}`" in text
    assert str(tmp_path / "conf" / "squid.conf") in text
    assert "{" not in text
