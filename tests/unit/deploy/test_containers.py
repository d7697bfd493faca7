"""The image and the compose file: nobody is root, no secret is written, names and ports are those of the product."""

import fnmatch
import re
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from config.loader import load_settings
from config.settings import Settings
from gateway.serving.server import Patience

ROOT = Path(__file__).parents[3]
DEPLOY = ROOT / "deploy"
CONTAINERFILE = (DEPLOY / "container" / "Containerfile").read_text("utf-8")
GROUP = DEPLOY / "config" / "ecluse.yaml"
SET = re.compile(r"\b(ECLUSE_[A-Z]+__[A-Z_]+)\b")
TEXTS = sorted(path for path in DEPLOY.rglob("*") if path.is_file() and path.suffix not in {".pyc", ".http"})


def compose() -> Any:
    return YAML(typ="safe", pure=True).load(DEPLOY / "compose.yaml")


def stages() -> dict[str, list[str]]:
    """Return the instructions of each named stage, those of its ancestors first."""
    found: dict[str, list[str]] = {}
    current: list[str] = []
    for line in CONTAINERFILE.replace("\\\n", " ").splitlines():
        if begins := re.match(r"FROM (\S+)(?: AS (\w+))?", line):
            current = list(found.get(begins[1], []))
            found[begins[2] or "default"] = current
        elif line and not line.startswith("#"):
            current.append(line)
    return found


def given(instructions: list[str], word: str) -> list[str]:
    return [line.removeprefix(f"{word} ") for line in instructions if line.startswith(f"{word} ")]


@pytest.mark.parametrize("stage", ["gateway", "outbound", "default"])
def test_an_image_runs_as_nobody_in_particular(stage: str) -> None:
    user = given(stages()[stage], "USER")[-1]
    assert re.fullmatch(r"[1-9]\d{3,}:[1-9]\d{3,}", user)
    assert given(stages()[stage], "HEALTHCHECK")


def test_what_is_installed_is_locked_and_what_it_stands_on_is_named() -> None:
    installs = re.findall(r"pip install ([^&\n]+)", CONTAINERFILE)
    assert any("--require-hashes" in install and "requirements/runtime.lock" in install for install in installs)
    assert all("--no-deps" in install for install in installs)
    bases = {base for base in re.findall(r"^FROM (\S+)", CONTAINERFILE, re.MULTILINE) if base not in stages()}
    bases |= {service["image"] for service in compose()["services"].values() if "build" not in service}
    for base in bases:
        assert re.search(r":[\w.-]*\d[\w.-]*$", base), f"{base} names no version"


def test_what_an_image_copies_is_there_and_let_in() -> None:
    """Catches a file that `.dockerignore` keeps out of the build, and a key that it lets in."""
    let_in = [line[1:] for line in (ROOT / ".dockerignore").read_text("utf-8").splitlines() if line.startswith("!")]
    for line in given(stages()["build"], "COPY") + [
        copy for copy in given(stages()["outbound"], "COPY") if "--from" not in copy
    ]:
        for source in [word for word in line.split() if not word.startswith("--")][:-1]:
            assert (ROOT / source).exists()
            assert any(fnmatch.fnmatch(source, pattern) for pattern in let_in), source
    assert not {"data", "tests", ".git", "deploy", "*"} & set(let_in)


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_each_variable_is_one_that_the_gateway_reads(path: Path) -> None:
    """Catches a setting that is written, renamed since, and silently without effect."""
    for name in SET.findall(path.read_text("utf-8")):
        section, _, key = name.removeprefix("ECLUSE_").lower().partition("__")
        assert section in Settings.model_fields, name
        assert key in type(getattr(Settings(), section)).model_fields, name


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: str(path.relative_to(DEPLOY)))
def test_no_file_holds_a_secret(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "PRIVATE KEY" not in text
    assert not re.search(r"ecl_[A-Za-z0-9]{8}", text)
    for value in re.findall(r"(?:PASSWORD|SECRET|TOKEN)(?:: |=)(.*)", text):
        assert not value or value.strip('"').startswith(("$", "<")), value
    for password in re.findall(r"://[^:/@\s]*:([^@/\s]+)@", text):
        assert password.startswith("${"), password


def test_the_configuration_of_a_group_is_one() -> None:
    assert load_settings(GROUP, environ={}).server.port == 8080
    assert GROUP.read_text("utf-8") == (DEPLOY / "kubernetes" / "base" / "ecluse.yaml").read_text("utf-8")


def test_the_gateways_get_the_settings_that_a_group_needs() -> None:
    """Catches an address of the compose file that the gateway refuses."""
    environment = {
        name: re.sub(r"\$\{\w+:\?[^}]*\}", "0123abcd", value)
        for name, value in compose()["services"]["gateway-1"]["environment"].items()
    }
    settings = load_settings(GROUP, environ=environment)
    assert settings.shared.configured
    assert settings.database_url.startswith("postgresql+psycopg://")
    assert settings.server.host == "0.0.0.0"  # noqa: S104 - inside a container


@pytest.mark.parametrize("name", ["gateway-1", "gateway-2", "haproxy", "redis", "postgres", "squid"])
def test_services_are_hardened(name: str) -> None:
    service = compose()["services"][name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert "no-new-privileges:true" in service["security_opt"]


def test_only_what_must_has_a_way_out() -> None:
    """Catches a database that could send what it holds to anybody."""
    found = compose()
    outside = {name for name, network in found["networks"].items() if not (network or {}).get("internal")}
    assert outside == {"entrance", "out"}
    for name in ("postgres", "redis", "prometheus"):
        assert not outside & set(found["services"][name]["networks"])
    assert {name for name, service in found["services"].items() if "out" in service["networks"]} == {
        "gateway-1",
        "gateway-2",
        "squid",
    }


def test_ports_and_addresses_agree() -> None:
    found = compose()
    proxy, gateway = found["services"]["haproxy"], found["services"]["gateway-1"]
    assert given(stages()["gateway"], "EXPOSE") == [gateway["environment"]["ECLUSE_SERVER__PORT"]] == ["8080"]
    port = gateway["environment"]["ECLUSE_SERVER__PORT"]
    for number in ("1", "2"):
        address = found["services"][f"gateway-{number}"]["networks"]["front"]["ipv4_address"]
        assert proxy["environment"][f"ECLUSE_GATEWAY_{number}"] == f"{address}:{port}"
    assert proxy["ports"] == [f"443{proxy['environment']['ECLUSE_LISTEN']}"]
    assert gateway["environment"]["FORWARDED_ALLOW_IPS"] == proxy["networks"]["front"]["ipv4_address"]
    scraped = YAML(typ="safe", pure=True).load(DEPLOY / "prometheus" / "prometheus.yaml")["scrape_configs"]
    targets = {job["job_name"]: job["static_configs"][0]["targets"] for job in scraped}
    assert targets["ecluse"] == [f"gateway-1:{port}", f"gateway-2:{port}"]
    assert targets["haproxy"] == [f"haproxy{proxy['environment']['ECLUSE_STATS_LISTEN']}"]


def test_a_stop_leaves_time_to_drain() -> None:
    """Catches answers cut by whoever ends the process before the gateway has."""
    grace = int(compose()["services"]["gateway-1"]["stop_grace_period"].removesuffix("s"))
    assert grace >= Patience.chosen(load_settings(GROUP, environ={}).server).whole


def test_what_is_mounted_is_there() -> None:
    for service in compose()["services"].values():
        for volume in service.get("volumes", []):
            source = volume.partition(":")[0]
            assert (DEPLOY / source).exists() if source.startswith("./") else source in compose()["volumes"]


def test_the_lock_of_an_image_holds_what_the_product_runs_on() -> None:
    """Catches an image that cannot start, because a library was chosen and the lock not renewed."""
    chosen = re.findall(r"^([\w.-]+)", (ROOT / "requirements" / "runtime.in").read_text("utf-8"), re.MULTILINE)
    locked = set(re.findall(r"^([\w-]+)==", (ROOT / "requirements" / "runtime.lock").read_text("utf-8"), re.MULTILINE))
    assert {name.replace(".", "-").lower() for name in chosen} <= locked
