"""JSON filled for a schema is valid against it, in the simple cases."""

from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.upstream.demo_json import fill
from gateway.upstream.demo_note import Note

NOTE = Note("Mme [PRENOM_1] [NOM_1], vue le [DATE_1] pour une toux. Traitement : repos. Contrôle dans dix jours.")

LEAVES: st.SearchStrategy[dict[str, Any]] = st.one_of(
    st.sampled_from(["string", "integer", "number", "boolean", "null"]).map(lambda kind: {"type": kind}),
    st.lists(st.text(max_size=5), min_size=1, unique=True).map(lambda values: {"enum": values}),
    st.integers().map(lambda value: {"const": value}),
    st.integers(-5, 50).map(lambda least: {"type": "integer", "minimum": least}),
    st.integers(-50, 50).map(lambda least: {"type": "number", "exclusiveMinimum": least}),
    st.integers(0, 40).map(lambda most: {"type": "string", "maxLength": most}),
    st.integers(0, 300).map(lambda least: {"type": "string", "minLength": least}),
    st.just({"type": ["null", "string"]}),
    st.just({}),
)
SCHEMAS = st.recursive(
    LEAVES,
    lambda inner: st.one_of(
        st.dictionaries(st.text(max_size=8), inner, max_size=4).map(
            lambda fields: {"type": "object", "properties": fields, "required": [*fields, "autre"]}
        ),
        st.tuples(inner, st.integers(0, 4)).map(
            lambda pair: {"type": "array", "items": pair[0], "minItems": pair[1], "maxItems": pair[1] + 1}
        ),
        st.lists(inner, min_size=1, max_size=3).map(lambda options: {"anyOf": options}),
    ),
    max_leaves=12,
)


@given(schema=SCHEMAS)
def test_what_is_filled_is_valid(schema: dict[str, Any]) -> None:
    jsonschema.validate(fill(schema, NOTE), schema)


def test_references_are_followed() -> None:
    schema = {
        "$defs": {"personne": {"type": "object", "properties": {"nom": {"type": "string"}}, "required": ["nom"]}},
        "allOf": [{"$ref": "#/$defs/personne"}, {"properties": {"age": {"type": "integer"}}}],
    }
    assert fill(schema, NOTE) == {"nom": "[PRENOM_1] [NOM_1]", "age": 0}


def test_a_schema_that_contains_itself_ends() -> None:
    """The bug caught: a request that never answers, sent by anybody."""
    schema = {"$defs": {"n": {"type": "object", "properties": {"n": {"$ref": "#/$defs/n"}}}}, "$ref": "#/$defs/n"}
    assert isinstance(fill(schema, NOTE), dict)
    assert fill({"$ref": "#"}, NOTE) is not None


@pytest.mark.parametrize("schema", [True, None, [], {"$ref": "#/nowhere"}, {"type": "nonsense"}, {"anyOf": []}])
def test_a_strange_schema_does_not_break(schema: Any) -> None:
    fill(schema, NOTE)
