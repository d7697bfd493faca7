"""What the command line says of itself is French, and of a mistake what was expected."""

import pytest
from typer.testing import CliRunner

from gateway.cli.main import WORDS, app

ENGLISH = ("Usage:", "Commands", "Show this message", "required", "default:", "env var", "'")


KEYS = ("key create", "key list", "key revoke")
PEOPLE = tuple(f"people {word}" for word in ("list", "add", "train", "sign", "habilitate", "import", "expiring"))
CHARTER = tuple(f"charter {word}" for word in ("check", "diff", "test", "print", "schema", "approve", "status"))


@pytest.mark.parametrize("line", ["", *WORDS, *KEYS, *PEOPLE, *CHARTER, "audit verify", "audit export", "audit purge"])
def test_the_help_is_french_throughout(line: str) -> None:
    """Catches a word of Typer's own, or a straight apostrophe among typographic ones."""
    shown = CliRunner(env={"COLUMNS": "140", "TERMINAL_WIDTH": "140"}).invoke(app, [*line.split(), "--help"])
    assert shown.exit_code == 0
    assert "Montre cette aide, puis s’arrête." in shown.output
    assert [word for word in ENGLISH if word in shown.output] == []


@pytest.mark.parametrize(
    ("line", "sentence"),
    [
        ("nope", "La commande `nope` n’existe pas."),
        ("key nope", "La commande `nope` n’existe pas."),
        ("people habilitate a b", "Il manque l’option `--issuer`."),
        ("key create --kin x", "L’option `--kin` n’existe pas ; vouliez-vous écrire `--kind` ?"),
        ("report --mont x", "L’option `--mont` n’existe pas ; vouliez-vous écrire `--month` ?"),
        ("serve --port", "Il manque une valeur à l’option `--port`, ou elle n’en prend pas."),
        ("serve --port z", "La valeur de l’option `--port` ne convient pas ; attendu : un nombre entier."),
        (
            "report --month 2026-11 --format xls",
            "La valeur de l’option `--format` ne convient pas ; attendu : text, csv, json, html.",
        ),
        (
            "audit export --since demain",
            "La valeur de l’option `--since` ne convient pas ; attendu : une date, AAAA-MM-JJ.",
        ),
        ("mask /nowhere/at/all", "La valeur de `FICHIER` ne convient pas ; attendu : un fichier qui existe."),
        ("verify one", "Il manque `MANIFESTE`."),
        ("check one two", "Cette commande n’est pas complète, ou en dit trop."),
    ],
)
def test_a_mistake_is_said_in_one_sentence(line: str, sentence: str) -> None:
    """Catches a traceback, or an English sentence, for a mistake in typing."""
    shown = CliRunner().invoke(app, line.split())
    assert shown.exit_code == 2
    assert shown.stderr.splitlines()[0] == sentence
    assert shown.stderr.splitlines()[1].startswith("Voir `")
