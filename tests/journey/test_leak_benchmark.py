"""An independent benchmark plays the model's server, looks for what leaks, and checks what comes back."""

import asyncio
import json
import socket
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.fakes.house import House, open_house, route, settings_for

BENCHMARK = Path(sys.executable).parent / "pii-leak-benchmark"


def _free_port() -> int:
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port: int = listener.getsockname()[1]
        return port


@pytest.fixture
def capture_port() -> int:
    return _free_port()


async def _selfcheck(house: House, port: int, report: Path, *options: str) -> tuple[int, str, Any]:
    process = await asyncio.create_subprocess_exec(
        BENCHMARK,
        "selfcheck",
        f"--target-base-url={house.url}",
        f"--target-api-key={house.keys['medecin']}",
        "--target-model=reformulation",
        f"--capture-port={port}",
        f"--json-out={report}",
        "--timeout-seconds=60",
        *options,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode(), json.loads(report.read_text()) if report.exists() else None


async def test_the_benchmark_finds_no_leak_and_everything_restored(tmp_path: Path, capture_port: int) -> None:
    """Catches what our own tests do not think of: other identifiers, other shapes of streams, pasted credentials."""
    settings = settings_for(tmp_path, "", routes=(route(f"http://127.0.0.1:{capture_port}/v1"),))
    async with open_house(settings) as house:
        code, said, _ = await _selfcheck(house, capture_port, tmp_path / "report.json")
    assert code == 0, said
    assert "CLEAN" in said
