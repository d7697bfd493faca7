"""Whose is a pseudonym? Answered after an incident only, to two people, for a name that they bring themselves.

One person asks and gives the reason; another one, of another role, approves; then a user or an address is held against
the pseudonym. Nothing is ever listed: what comes back is yes or no. Each step is an entry of the journal, without any
name or pseudonym, and the answer is given only once it is written there. The journal is also all that is known of a
request: an approval forged in the database does not pass `ecluse audit verify`.
"""

import asyncio
import datetime as dt
import hmac
import re
import secrets
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from gateway.audit.entry import Kind
from gateway.audit.sql import SqlTrail, entries
from gateway.outbound.counting.pseudonyms import Keys, pseudonym
from policies.facts import Caller

VALID_DAYS: Final = 7
"""How long after the request a pseudonym may be held against a name."""

MOST_NAMES: Final = 3
"""Names that may be tried for one request: a whole staff could be, otherwise, which would be a list."""

_PSEUDONYM: Final = re.compile(r"[0-9a-f]{32}")


class Reason(StrEnum):
    """Why it is asked. No free text: it would name people."""

    SECURITY = "securite"
    """A security incident: a workstation that is taken over, an automatic client that nobody can place."""
    LEAK = "fuite"
    """Data of patients seem to have left."""
    REQUISITION = "requisition"
    """A judge or the police ask."""
    COMPLAINT = "plainte"
    """An agent's own request, or the defence of their rights."""


class Denied(StrEnum):
    """Why a step is not done."""

    ROLE = "role"
    """The person's role is not one of those that may."""
    NOBODY = "nobody"
    """The key is no person's."""
    UNKNOWN = "unknown"
    """No such request, or of another pseudonym."""
    SAME = "same"
    """The person, or the role, of the request itself."""
    TWICE = "twice"
    """It was approved before."""
    UNAPPROVED = "unapproved"
    STRANGER = "stranger"
    """Neither of the two."""
    EXPIRED = "expired"
    TRIED = "tried"
    """As many names were tried as may be."""
    FORGOTTEN = "forgotten"
    """The month's key is deleted: nobody can tell any more."""
    SHAPE = "shape"
    """No pseudonym, or no name."""


class DeniedError(Exception):
    """The step is not done, and nothing was written of it."""

    def __init__(self, why: Denied) -> None:
        """Keep which rule it was."""
        self.why = why
        super().__init__(why.value)


@dataclass(frozen=True, slots=True)
class Subject:
    """The pseudonym in question, of one month."""

    month: dt.date
    pseudonym: str


class Identification:
    """The three steps; a process takes one at a time."""

    def __init__(
        self,
        trail: SqlTrail,
        keys: Keys,
        roles: Collection[str],
        clock: Callable[[], dt.datetime] = lambda: dt.datetime.now(dt.UTC),
    ) -> None:
        """`roles` are those whose people may ask and approve."""
        self._trail, self._keys, self._roles, self._clock = trail, keys, roles, clock
        self._turn = asyncio.Lock()

    async def request(self, caller: Caller, subject: Subject, reason: Reason) -> str:
        """Record that somebody asks, and return the id of the request."""
        person = self._person(caller)
        if not _PSEUDONYM.fullmatch(subject.pseudonym):
            raise DeniedError(Denied.SHAPE)
        if self._keys.known(subject.month) is None:
            raise DeniedError(Denied.FORGOTTEN)
        id_ = secrets.token_hex(8)
        await self._write(id_, "requested", person, caller.role, self._hash(subject), reason=reason.value)
        return id_

    async def approve(self, caller: Caller, id_: str) -> Reason:
        """Record that a second person, of another role, agrees, and return the reason to which."""
        person = self._person(caller)
        async with self._turn:
            steps = await self._steps(id_)
            asked = steps["requested"][0]
            self._fresh(asked)
            if person == asked["by"] or caller.role == asked["role"]:
                raise DeniedError(Denied.SAME)
            if "approved" in steps:
                raise DeniedError(Denied.TWICE)
            await self._write(id_, "approved", person, caller.role, asked["subject"], reason=asked["reason"])
            return Reason(asked["reason"])

    async def check(self, caller: Caller, id_: str, subject: Subject, *, user: str = "", source: str = "") -> bool:
        """Return whether the pseudonym is that of the user or of the address, once that is recorded."""
        person = self._person(caller)
        if bool(user.strip()) == bool(source.strip()):
            raise DeniedError(Denied.SHAPE)
        async with self._turn:
            steps = await self._steps(id_)
            asked = steps["requested"][0]
            self._may_check(steps, person, subject)
            key = self._keys.known(subject.month)
            if key is None:
                raise DeniedError(Denied.FORGOTTEN)
            matched = hmac.compare_digest(pseudonym(key, user, source), subject.pseudonym)
            await self._write(
                id_, "checked", person, caller.role, asked["subject"], reason=asked["reason"], matched=matched
            )
            return matched

    def _may_check(self, steps: Mapping[str, list[Mapping[str, Any]]], person: str, subject: Subject) -> None:
        asked = steps["requested"][0]
        if not hmac.compare_digest(asked["subject"], self._hash(subject)):
            raise DeniedError(Denied.UNKNOWN)
        if "approved" not in steps:
            raise DeniedError(Denied.UNAPPROVED)
        if person not in {asked["by"], steps["approved"][0]["by"]}:
            raise DeniedError(Denied.STRANGER)
        self._fresh(asked)
        if len(steps.get("checked", ())) >= MOST_NAMES:
            raise DeniedError(Denied.TRIED)

    def _fresh(self, asked: Mapping[str, Any]) -> None:
        if self._clock() - dt.datetime.fromisoformat(asked["at"]) > dt.timedelta(days=VALID_DAYS):
            raise DeniedError(Denied.EXPIRED)

    def _person(self, caller: Caller) -> str:
        """Return what the journal keeps of a person, or deny: a key that is shared is nobody's word."""
        if caller.person is None:
            raise DeniedError(Denied.NOBODY)
        if caller.role not in self._roles:
            raise DeniedError(Denied.ROLE)
        return self._trail.keyed_hash("identifier", caller.person)

    def _hash(self, subject: Subject) -> str:
        return self._trail.keyed_hash("pseudonym", f"{subject.month:%Y-%m}\n{subject.pseudonym}")

    async def _steps(self, id_: str) -> dict[str, list[Mapping[str, Any]]]:
        steps: dict[str, list[Mapping[str, Any]]] = {}
        for entry in await entries(self._trail.database, Kind.IDENTIFICATION, id_):
            steps.setdefault(str(entry["event"]), []).append(entry)
        if "requested" not in steps:
            raise DeniedError(Denied.UNKNOWN)
        return steps

    async def _write(
        self, id_: str, event: str, person: str, role: str, subject: str, *, reason: str, matched: bool | None = None
    ) -> None:
        await self._trail.write(
            Kind.IDENTIFICATION,
            {
                "output_id": id_,
                "event": event,
                "by": person,
                "role": role,
                "reason": reason,
                "subject": subject,
                "matched": matched,
            },
        )
