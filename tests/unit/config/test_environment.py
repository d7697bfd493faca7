"""The environment comes over the file, and its own faults name the variable."""

from pathlib import Path

import pytest

from config.errors import FaultsError
from config.loader import load_settings


def test_a_variable_comes_over_the_file(tmp_path: Path) -> None:
    path = tmp_path / "ecluse.yaml"
    path.write_text("server:\n  port: 8081\n  host: 0.0.0.0\n", encoding="utf-8")
    environ = {"ECLUSE_SERVER__PORT": "9000", "ECLUSE_JOURNAL__RETENTION_MONTHS": "6", "ECLUSE_DATA_DIR": "ailleurs"}
    settings = load_settings(path, environ=environ)
    assert (settings.server.port, settings.server.host) == (9000, "0.0.0.0")  # noqa: S104  compared, not bound
    assert settings.journal.retention_months == 6
    assert settings.data_dir == tmp_path / "ailleurs"


@pytest.mark.parametrize(
    ("variable", "value", "fault"),
    [
        ("ECLUSE_SERVER__PORT", "beaucoup", "La valeur de `port` doit être un nombre entier."),
        ("ECLUSE_SERVER__PROT", "1", "La clé `prot` n’existe pas ; vouliez-vous écrire `port` ?"),
        ("ECLUSE_SERVEUR__PORT", "1", "La clé `serveur` n’existe pas ; vouliez-vous écrire `server` ?"),
        (
            "ECLUSE_ROUTES__0__MODEL",
            "x",
            "Les routes ne se règlent pas par l’environnement : écrivez-les dans le fichier.",
        ),
    ],
)
def test_a_fault_of_the_environment_names_the_variable(variable: str, value: str, fault: str) -> None:
    """A setting that is silently ignored is a setting that somebody believes in."""
    with pytest.raises(FaultsError) as error:
        load_settings(None, environ={variable: value})
    assert [str(one) for one in error.value.faults] == [f"{variable}:1:1: {fault}"]


def test_a_database_password_may_come_from_the_environment() -> None:
    url = "sqlite+aiosqlite://ecluse:inventé@base.hopital.example/journal"
    assert load_settings(None, environ={"ECLUSE_JOURNAL__DATABASE_URL": url}).database_url == url


def test_variables_of_others_are_left_alone() -> None:
    environ = {"ECLUSE_CLE_MISTRAL": "inventée", "PATH": "/bin", "ECLUSE_CONFIG": "x"}
    assert load_settings(None, environ=environ).server.port == 8080
