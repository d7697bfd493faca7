"""The schema that editors read is the form that a policy is read by."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from ruamel.yaml import YAML

from filters.outbound.loader import DEFAULT
from filters.outbound.policy import policy_schema, written_schema
from filters.outbound.policy.schema import DESCRIPTIONS

SCHEMA = Draft202012Validator(policy_schema())
RIGHT = Path(__file__).parents[4] / "data" / "outbound" / "policy.yaml"


def written(path: Path) -> Any:
    """Return a file as an editor sees it: dates are texts."""
    return json.loads(json.dumps(YAML(typ="safe", pure=True).load(path.read_text(encoding="utf-8")), default=str))


def test_the_shipped_schema_is_in_step() -> None:
    """Would catch: an editor that underlines what is accepted."""
    assert DEFAULT.with_name("policy.schema.json").read_text(encoding="utf-8") == written_schema()


@pytest.mark.parametrize("path", [DEFAULT, RIGHT], ids=["shipped", "full"])
def test_right_policies_fit(path: Path) -> None:
    assert list(SCHEMA.iter_errors(written(path))) == []


def test_a_misspelt_key_does_not_fit() -> None:
    policy = written(RIGHT)
    policy["rules"][0]["heures"] = ["08:00-18:00"]
    assert len(list(SCHEMA.iter_errors(policy))) == 1


def test_every_key_is_explained_in_french_and_no_explanation_is_left_over() -> None:
    schema = policy_schema()
    definitions = {"Policy": schema, **schema["$defs"]}
    explained = {name: set(one["properties"]) for name, one in definitions.items() if "properties" in one}
    assert explained == {name: set(keys) for name, keys in DESCRIPTIONS.items()}


def test_the_shipped_policy_names_its_schema_and_explains_every_key() -> None:
    text = DEFAULT.read_text(encoding="utf-8")
    assert text.splitlines()[0] == "# yaml-language-server: $schema=policy.schema.json"
    assert [key for key in DESCRIPTIONS["Policy"] if f"{key}:" not in text] == []
