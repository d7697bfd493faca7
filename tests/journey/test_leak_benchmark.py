"""An independent benchmark plays the model's server, looks for what leaks, and checks what comes back."""

import asyncio
import sys
from pathlib import Path

import pytest

from gateway.ports import free_port
from tests.fakes.house import House, open_house, settings_for

pytestmark = pytest.mark.usefixtures("innocent")

BENCHMARK = Path(sys.executable).parent / "pii-leak-benchmark"


@pytest.fixture
def capture_port() -> int:
    return free_port()


async def _selfcheck(house: House, port: int) -> tuple[int, str]:
    process = await asyncio.create_subprocess_exec(
        BENCHMARK,
        "selfcheck",
        f"--target-base-url={house.url}",
        f"--target-api-key={house.keys['medecin']}",
        "--target-model=reformulation",
        f"--capture-port={port}",
        "--timeout-seconds=60",
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.STDOUT,
    )
    said, _ = await process.communicate()
    return process.returncode or 0, said.decode()


async def test_the_benchmark_finds_no_leak_and_everything_restored(tmp_path: Path, capture_port: int) -> None:
    """Catches what our own tests do not think of: other identifiers, other shapes of streams, pasted credentials."""
    async with open_house(settings_for(tmp_path, f"http://127.0.0.1:{capture_port}/v1")) as house:
        code, said = await _selfcheck(house, capture_port)
    assert code == 0, f"{said}\n{house.lines.written}"
    assert "CLEAN" in said
