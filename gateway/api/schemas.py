"""What every wire format shares: unknown fields are refused, types are not coerced, numbers are finite."""

from collections.abc import Callable
from typing import Annotated, Any, TypeAlias, TypeVar

from pydantic import BaseModel, ConfigDict, Field, Tag

T = TypeVar("T")

Many: TypeAlias = Annotated[tuple[T, ...], Field(fail_fast=True)]
"""A list whose first fault ends its reading: a million faults would take seconds and gigabytes to be told of one."""


class Wire(BaseModel):
    """A JSON object that comes from outside.

    What is not written here is refused, never relayed: an unknown field may carry a text that nobody masks, or send
    the hospital's key elsewhere (`api_base`, `extra_headers`).
    """

    model_config = ConfigDict(extra="forbid", frozen=True, strict=True, allow_inf_nan=False, hide_input_in_errors=True)


MARK = "<"
"""First character of the names given to the branches of a union, so that an error's path can leave them out."""


def branch(name: str) -> Tag:
    """Return the tag of one branch of a union."""
    return Tag(f"{MARK}{name}>")


def string_or_list(value: Any) -> str:  # noqa: ANN401 - pydantic hands over whatever was sent
    """Tell a string from anything else, for fields that take either a string or a list."""
    return f"{MARK}string>" if isinstance(value, str) else f"{MARK}list>"


def by_key(key: str) -> Callable[[Any], str | None]:
    """Return a function that tells branches apart by what stands under `key`."""

    def found(value: Any) -> str | None:  # noqa: ANN401 - pydantic hands over whatever was sent
        name = value.get(key) if isinstance(value, dict) else getattr(value, key, None)
        return f"{MARK}{name}>" if isinstance(name, str) else None

    return found
