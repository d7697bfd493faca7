"""Callers come with what the register knows of the person whose key it is."""

from dataclasses import replace
from typing import Any

import pytest

from gateway.errors import PeopleUnavailableError, UnknownCallerError
from gateway.people.directory import PeopleDirectory
from policies.facts import Standing
from tests.fakes.people import TRAINED
from tests.fakes.pipeline import DOCTOR, OneKey


class OneStanding:
    """Knows one person; or cannot answer."""

    def __init__(self, *, down: bool = False) -> None:
        self.down = down

    async def standing(self, person: str) -> Standing | None:
        """Return it."""
        if self.down:
            raise PeopleUnavailableError
        return TRAINED.standing if person == "a123" else None

    def __getattr__(self, _: str) -> Any:
        raise AssertionError("nothing else is asked")


def directory(person: str | None, register: OneStanding) -> PeopleDirectory:
    return PeopleDirectory(OneKey(replace(DOCTOR, person=person)), register)


async def test_a_person_comes_with_a_standing() -> None:
    caller = await directory("a123", OneStanding()).caller("good")
    assert (caller.key_id, caller.person, caller.standing) == (DOCTOR.key_id, "a123", TRAINED.standing)


@pytest.mark.parametrize("person", [None, "b9"])
async def test_who_is_not_known_comes_without_one(person: str | None) -> None:
    assert (await directory(person, OneStanding()).caller("good")).standing is None


async def test_a_register_that_cannot_be_read_stops_people_and_not_programs() -> None:
    """Would catch: everybody let through, or taken for untrained, while the register is down."""
    with pytest.raises(PeopleUnavailableError):
        await directory("a123", OneStanding(down=True)).caller("good")
    assert (await directory(None, OneStanding(down=True)).caller("good")).standing is None


async def test_an_unknown_key_stays_unknown() -> None:
    with pytest.raises(UnknownCallerError):
        await directory("a123", OneStanding()).caller("bad")
