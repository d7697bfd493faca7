"""The register of people with those who keep it."""

from dataclasses import dataclass

from gateway.people.desk import Desk
from gateway.people.register import Register


@dataclass(frozen=True, slots=True)
class Office:
    """What a route needs in order to read the register and to write in it."""

    register: Register
    desk: Desk
    administrators: frozenset[str]
    """Roles that may see and change what is kept of others."""
