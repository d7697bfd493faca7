"""What the house asks of a register of people."""

from collections.abc import Sequence
from typing import Protocol

from gateway.people.person import Dossier, Entry
from policies.facts import Standing


class UnknownPeopleError(Exception):
    """Records belong to people whom the register does not know; nothing was written."""

    def __init__(self, people: Sequence[str]) -> None:
        """Keep their ids."""
        self.people = tuple(people)
        super().__init__("unknown people")


class Register(Protocol):
    """Keeps people and their records. What it cannot do is a `PeopleUnavailableError`; nobody passes meanwhile."""

    async def standing(self, person: str) -> Standing | None:
        """Return what the charter needs to know of a person; None where nobody has that id."""
        ...

    async def dossier(self, person: str) -> Dossier | None:
        """Return all that is kept of a person; None where nobody has that id."""
        ...

    async def dossiers(self) -> tuple[Dossier, ...]:
        """Return everybody, by id."""
        ...

    async def record(self, entries: Sequence[Entry]) -> None:
        """Write all of `entries`, or none; an entry of the same key is replaced. Raises `UnknownPeopleError`."""
        ...

    async def withdraw(self, person: str, *, training: str = "", habilitation: str = "", signature: str = "") -> int:
        """Delete every record of these names, as if they had never been, and return how many there were."""
        ...

    async def remove(self, person: str) -> bool:
        """Delete a person with every record, and return whether there was one."""
        ...
