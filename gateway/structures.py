"""Texts inside JSON: every key, string and number of a value, with the name under which it stands."""

import json
from collections.abc import Callable
from typing import TypeAlias

from filters.identifiers.text import Text

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Rewrite: TypeAlias = Callable[[Text], str]


def rewrite_json(value: Json, rewrite: Rewrite, field: str = "") -> Json:
    """Return `value` with each text of it rewritten, in document order.

    A key is a text too (`{"Jean Dupont": …}`). A number is rewritten as a string only where its digits change: a NIR
    may well be typed as a number.
    """
    match value:
        case str():
            return rewrite(Text(value, field))
        case None | bool():
            return value
        case int() | float():
            digits = json.dumps(value)
            rewritten = rewrite(Text(digits, field))
            return value if rewritten == digits else rewritten
        case list():
            return [rewrite_json(item, rewrite, field) for item in value]
        case dict():
            return {rewrite(Text(key)): rewrite_json(item, rewrite, key) for key, item in value.items()}


SCHEMA_WORDS = frozenset(
    """
    $schema $id $ref $defs $anchor $comment definitions title description default examples type properties required
    additionalProperties patternProperties propertyNames minProperties maxProperties items prefixItems contains
    minItems maxItems uniqueItems enum const format pattern minLength maxLength minimum maximum exclusiveMinimum
    exclusiveMaximum multipleOf allOf anyOf oneOf not if then else dependentRequired dependentSchemas deprecated
    readOnly writeOnly nullable strict object array string number integer boolean null date time date-time duration
    email hostname ipv4 ipv6 uri uuid regex
    """.split()  # noqa: SIM905 - readable as lines
)
"""The vocabulary of JSON Schema: structure, which a model's server has to find unchanged."""


def rewrite_schema(schema: Json, rewrite: Rewrite) -> Json:
    """Return a JSON schema with each text of it rewritten, except the words of the schema language itself."""
    return rewrite_json(schema, lambda text: text.value if text.value in SCHEMA_WORDS else rewrite(text))


def rewrite_json_text(serialised: str, rewrite: Rewrite, field: str = "") -> str:
    """Return JSON text with each text inside rewritten; what is no JSON is rewritten as plain text."""
    try:
        value = json.loads(serialised)
    except (ValueError, RecursionError):
        return rewrite(Text(serialised, field))
    if not isinstance(value, dict | list):
        return rewrite(Text(serialised, field))
    return json.dumps(rewrite_json(value, rewrite, field), ensure_ascii=False)
