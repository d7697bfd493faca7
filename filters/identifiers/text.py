"""One text of a request, as the filters see it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Text:
    """A piece of text to mask, with the little that helps to understand it.

    `field` is the name under which it stands in a structure (`nom` in `{"nom": "…"}`), a context for detection.
    `bare` asks for placeholders without brackets, for places where only letters, digits and `_` are legal.
    """

    value: str
    field: str = ""
    bare: bool = False
