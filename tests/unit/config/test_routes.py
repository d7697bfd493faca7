"""Where a route takes its provider's key."""

from pathlib import Path

import pytest

from config.routes import DEMO


def test_the_key_comes_from_the_variable_or_the_file(tmp_path: Path) -> None:
    path = tmp_path / "fournisseur.key"
    path.write_text("depuis-le-fichier\n", encoding="utf-8")
    by_variable = DEMO.model_copy(update={"key_env": "CLE"}).api_key({"CLE": "depuis-la-variable"})
    by_file = DEMO.model_copy(update={"key_file": path}).api_key({})
    assert by_variable is not None
    assert by_variable.get_secret_value() == "depuis-la-variable"
    assert by_file is not None
    assert by_file.get_secret_value() == "depuis-le-fichier"
    assert DEMO.api_key({}) is None


def test_a_key_never_shows_in_a_representation() -> None:
    """A provider's key in a log or a traceback is a key to change."""
    route = DEMO.model_copy(update={"key_env": "CLE"})
    assert "inventée" not in repr(route.api_key({"CLE": "inventée"})) + repr(route)


def test_a_key_that_has_gone_is_an_error_and_not_an_empty_key() -> None:
    with pytest.raises(KeyError):
        DEMO.model_copy(update={"key_env": "CLE"}).api_key({})
