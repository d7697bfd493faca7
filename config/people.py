"""Who keeps the register of people."""

from typing import Annotated

from pydantic import StringConstraints

from config.section import Section

RoleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,47}$")]


class People(Section):
    """Section `people`. What is asked of people is the charter's to say."""

    administrators: tuple[RoleId, ...] = ("dpo", "dsi")
    """Roles whose keys may read the register and write in it."""
