"""litellm is quiet from its import on, whoever imports it first."""

import os
import subprocess
import sys
import textwrap
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]


@pytest.mark.parametrize("provider", ["hosted_vllm", "openai"])
def test_importing_and_starting_reach_no_network(provider: str, tmp_path: Path) -> None:
    """The leak caught: litellm fetches price lists when it is imported, and reads a `.env` of the working directory."""
    (tmp_path / ".env").write_text("ECLUSE_READ_FROM_DOTENV=1", encoding="utf-8")
    script = f"""
        import os, socket, sys
        def refuse(*arguments, **named):
            print("reached for the network:", arguments[1:], flush=True)
            os._exit(3)
        socket.socket.connect = socket.socket.connect_ex = refuse
        socket.getaddrinfo = socket.gethostbyname = lambda *a, **k: refuse(None, *a)
        from gateway.upstream import provider
        from gateway.upstream.target import Target
        provider.model(Target("local", "{provider}/m", "http://127.0.0.1:9/v1"))
        import litellm
        assert "ECLUSE_READ_FROM_DOTENV" not in os.environ
        assert not (litellm.callbacks or litellm.success_callback or litellm.failure_callback or litellm.cache)
    """
    environ = {name: value for name, value in os.environ.items() if not name.startswith("LITELLM_")}
    done = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(script)],
        cwd=tmp_path,
        env=environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (0, ""), done.stderr
