"""Texts inside JSON: every key, string and number of a value, with the name under which it stands."""

import json
from collections.abc import Callable
from decimal import Decimal
from typing import Final, TypeAlias

from filters.identifiers.text import Text

Json: TypeAlias = "bool | int | float | str | list[Json] | dict[str, Json] | None"
Rewrite: TypeAlias = Callable[[Text], str]


DEEPEST: Final = 100
"""Nesting beyond which a structure is refused. Fixed here: the interpreter's own limit depends on who calls, so that a
text once listed would not always be found again."""

_LONGEST_FLOAT: Final = 1e21
"""Below this, a whole number written `1.85e14` is read by its digits."""


def rewrite_json(value: Json, rewrite: Rewrite, field: str = "", depth: int = 0) -> Json:
    """Return `value` with each text of it rewritten, in document order.

    A key is a text too (`{"Jean Dupont": …}`). A number is rewritten as a string only where its digits change: a NIR
    may well be typed as a number. Raises RecursionError beyond `DEEPEST`.
    """
    if depth > DEEPEST:
        raise RecursionError("too deep")
    match value:
        case str():
            return rewrite(Text(well_formed(value), field))
        case None | bool():
            return value
        case int() | float():
            digits = _digits(value)
            rewritten = rewrite(Text(digits, field))
            return value if rewritten == digits else rewritten
        case list():
            return [rewrite_json(item, rewrite, field, depth + 1) for item in value]
        case dict():
            pairs = ((well_formed(key), item) for key, item in value.items())
            return {rewrite(Text(key)): rewrite_json(item, rewrite, key, depth + 1) for key, item in pairs}


def well_formed(text: str) -> str:
    """Return `text` with each half of a surrogate pair replaced: JSON can spell it, and no byte sequence can."""
    try:
        text.encode()
    except UnicodeEncodeError:
        return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return text


def _digits(number: float) -> str:
    if abs(number) < _LONGEST_FLOAT and number == int(number):
        return str(int(number))
    return json.dumps(number)


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
    """Return JSON text with each text inside rewritten; what is no JSON is rewritten as plain text.

    So is JSON that would not stay what it is: a key given twice, a number that a float cannot hold. Raises
    RecursionError where it nests beyond `DEEPEST`.
    """
    try:
        value = json.loads(serialised, parse_float=_float, object_pairs_hook=_object)
    except ValueError:
        return rewrite(Text(serialised, field))
    if not isinstance(value, dict | list):
        return rewrite(Text(serialised, field))
    return json.dumps(rewrite_json(value, rewrite, field), ensure_ascii=False)


def _float(digits: str) -> float:
    value = float(digits)
    if value in (float("inf"), float("-inf")) or Decimal(repr(value)) != Decimal(digits):
        raise ValueError("more digits than a float holds")
    return value


def _object(pairs: list[tuple[str, Json]]) -> dict[str, Json]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise ValueError("a key is given twice")
    return value
