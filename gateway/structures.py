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


def rewrite_json_text(serialised: str, rewrite: Rewrite, field: str = "") -> str:
    """Return JSON text with each text inside rewritten; what is no JSON is rewritten as plain text."""
    try:
        value = json.loads(serialised)
    except (ValueError, RecursionError):
        return rewrite(Text(serialised, field))
    if not isinstance(value, dict | list):
        return rewrite(Text(serialised, field))
    return json.dumps(rewrite_json(value, rewrite, field), ensure_ascii=False)
