"""Callers with what the register of people knows of them, for a charter that asks."""

from dataclasses import replace

from gateway.identity.directory import Directory
from gateway.people.register import Register
from policies.facts import Caller


class PeopleDirectory:
    """A `Directory` over another one. Where the register cannot be read, nobody whose key names a person passes."""

    def __init__(self, keys: Directory, register: Register) -> None:
        self.keys, self._register = keys, register

    async def caller(self, credential: str) -> Caller:
        """Return the caller behind a credential; without a standing where nobody, or nobody known, stands behind it."""
        caller = await self.keys.caller(credential)
        if caller.person is None:
            return caller
        return replace(caller, standing=await self._register.standing(caller.person))
