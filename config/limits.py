"""How large a request may be."""

from typing import Annotated

from pydantic import Field

from config.section import Section


class Limits(Section):
    """Section `limits`."""

    messages: Annotated[int, Field(ge=1)] = 400
    text_characters: Annotated[int, Field(ge=1)] = 200_000
    """Of all texts of a request together."""
    tools: Annotated[int, Field(ge=0)] = 128
    texts: Annotated[int, Field(ge=1)] = 20_000
    """Pieces of text in a request, structures included."""
    choices: Annotated[int, Field(ge=1, le=16)] = 4
    """The most answers (`n`) that one request may ask for."""
