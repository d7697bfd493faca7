"""The list of commands: complete, and there at once."""

import subprocess
import sys
from importlib import import_module

import pytest
from typer.testing import CliRunner

from gateway.cli.main import WORDS, app

HEAVY = ("litellm", "spacy", "fastapi", "sqlalchemy", "presidio_analyzer", "matplotlib", "pydantic")


@pytest.mark.parametrize("word", WORDS)
def test_every_word_leads_somewhere(word: str) -> None:
    """Catches a command that is listed and fails when it is used."""
    assert hasattr(import_module(WORDS[word].module), WORDS[word].attribute)
    shown = CliRunner().invoke(app, [word, "--help"])
    assert shown.exit_code == 0, shown.output
    assert f"ecluse {word}" in shown.output.replace("root", "ecluse")


def test_the_list_names_every_word_and_loads_none() -> None:
    """Catches a help that takes seconds, because it loads what only serving needs."""
    program = (
        "import sys; from gateway.cli.main import app\n"
        "try: app(['--help'])\n"
        "except SystemExit: pass\n"
        f"print('LOADED', [name for name in {HEAVY!r} if name in sys.modules])"
    )
    shown = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    assert "LOADED []" in shown
    assert all(word in shown for word in WORDS)


def test_an_unknown_word_is_an_error() -> None:
    assert CliRunner().invoke(app, ["inconnu"]).exit_code == 2
