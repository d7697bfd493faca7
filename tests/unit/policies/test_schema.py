"""The schema that editors read is the form that the gateway reads."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from config.charter import SHIPPED
from policies.schema import DESCRIPTIONS, charter_schema, written_schema

SCHEMA = Draft202012Validator(charter_schema())
MINIMAL = Path(__file__).parents[2] / "data" / "charter" / "minimal.yaml"


def written(path: Path) -> Any:
    """Return a file as an editor sees it: dates are texts, and so are keys."""
    data = YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8"))
    return json.loads(json.dumps(data, default=str))


def test_the_shipped_schema_is_in_step() -> None:
    """Would catch: an editor that underlines what the gateway accepts. Write it again with `ecluse charter schema`."""
    assert SHIPPED.with_name("charter.schema.json").read_text(encoding="utf-8") == written_schema()


@pytest.mark.parametrize("path", [SHIPPED, MINIMAL], ids=["hospital", "minimal"])
def test_right_charters_fit(path: Path) -> None:
    assert list(SCHEMA.iter_errors(written(path))) == []


def test_a_misspelt_key_does_not_fit() -> None:
    charter = written(MINIMAL)
    charter["uses"][0]["rôles"] = ["medecin"]
    assert len(list(SCHEMA.iter_errors(charter))) == 1


def test_a_site_writes_only_what_it_restricts() -> None:
    site = {"extends": "../groupe.yaml", "version": "2", "uses": [{"id": "compte_rendu", "tier": "D1"}]}
    assert list(SCHEMA.iter_errors(site)) == []
    assert list(SCHEMA.iter_errors(site | {"uses": [{"tier": "D1"}]}))


def test_every_key_is_explained_in_french_and_no_explanation_is_left_over() -> None:
    definitions = charter_schema()["$defs"]
    explained = {name: set(definitions[name]["properties"]) for name in DESCRIPTIONS}
    assert explained == {name: set(keys) for name, keys in DESCRIPTIONS.items()}


def test_the_shipped_charter_names_its_schema() -> None:
    first = SHIPPED.read_text(encoding="utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=charter.schema.json"
