"""What a key may spend when it has no allowance of its own."""

from typing import Annotated

from pydantic import Field

from config.section import Section


class Allowance(Section):
    """Section `quota`."""

    requests_per_minute: Annotated[int, Field(ge=1)] = 60
    tokens_per_minute: Annotated[int, Field(ge=1)] = 100_000
