"""Whose is a pseudonym: two people, a reason, a name that they bring, and nothing else."""

import datetime as dt
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from gateway.audit.entry import Kind
from gateway.audit.sql import SqlTrail, entries, verify
from gateway.errors import AuditUnavailableError
from gateway.outbound.counting.pseudonyms import Keys, Pseudonyms
from gateway.outbound.counting.reidentify import MOST_NAMES, Denied, DeniedError, Identification, Reason, Subject
from policies.facts import Caller
from tests.fakes.journal import journal_in

NOVEMBER = dt.date(2026, 11, 1)
DPO = Caller("key-dpo", "dpo", "direction", person="p1")
DSI = Caller("key-dsi", "dsi", "direction", person="p2")
ROLES = ("dpo", "dsi")


class Later:
    """A clock that can be put forward."""

    days = 0

    def __call__(self) -> dt.datetime:
        """Return the present, so many days later."""
        return dt.datetime.now(dt.UTC) + dt.timedelta(days=self.days)


@pytest.fixture
def keys(tmp_path: Path) -> Keys:
    return Keys(tmp_path / "keys")


@pytest.fixture
def subject(keys: Keys) -> Subject:
    return Subject(NOVEMBER, Pseudonyms(keys).of(NOVEMBER, "solene.lebihan", "10.20.30.40"))


@pytest.fixture
async def trail(tmp_path: Path) -> AsyncIterator[SqlTrail]:
    async with journal_in(tmp_path) as opened:
        yield opened


@pytest.fixture
def asking(trail: SqlTrail, keys: Keys) -> Identification:
    return Identification(trail, keys, ROLES)


def everything_in(folder: Path) -> bytes:
    return b"".join(file.read_bytes() for file in folder.glob("journal.db*"))


async def denied(step: object) -> Denied:
    with pytest.raises(DeniedError) as caught:
        await step  # type: ignore[misc] # any of the three steps
    return caught.value.why


async def test_two_people_learn_whether_a_name_is_the_pseudonyms(
    asking: Identification, subject: Subject, trail: SqlTrail, tmp_path: Path
) -> None:
    id_ = await asking.request(DSI, subject, Reason.SECURITY)
    assert await asking.approve(DPO, id_) is Reason.SECURITY
    assert not await asking.check(DSI, id_, subject, user="margot.pencran")
    assert await asking.check(DPO, id_, subject, user="Solene.LeBihan")
    assert not await asking.check(DPO, id_, subject, source="10.20.30.40")
    steps = await entries(trail.database, Kind.IDENTIFICATION, id_)
    assert [(one["event"], one["role"], one["matched"]) for one in steps] == [
        ("requested", "dsi", None),
        ("approved", "dpo", None),
        ("checked", "dsi", False),
        ("checked", "dpo", True),
        ("checked", "dpo", False),
    ]
    assert {one["reason"] for one in steps} == {"securite"}
    assert (await verify(trail.database, trail.heads, trail.public_key)).sound
    await trail.close()
    stored = everything_in(tmp_path)
    for name in ("lebihan", "LeBihan", "pencran", "10.20.30.40", subject.pseudonym, "p1", "p2"):
        assert f'"{name}"'.encode() not in stored
        assert len(name) < 3 or name.encode() not in stored


async def test_one_person_alone_learns_nothing(asking: Identification, subject: Subject) -> None:
    """Would catch: a chief who looks up an agent by themselves, with one key or with two of their own."""
    id_ = await asking.request(DSI, subject, Reason.LEAK)
    assert await denied(asking.check(DSI, id_, subject, user="x")) is Denied.UNAPPROVED
    assert await denied(asking.approve(DSI, id_)) is Denied.SAME
    assert await denied(asking.approve(Caller("other-key", "dpo", "d", person="p2"), id_)) is Denied.SAME
    assert await denied(asking.approve(Caller("k", "dsi", "d", person="p3"), id_)) is Denied.SAME
    assert await denied(asking.check(DSI, id_, subject, user="x")) is Denied.UNAPPROVED


async def test_only_named_people_of_the_right_roles(asking: Identification, subject: Subject) -> None:
    assert await denied(asking.request(Caller("k", "medecin", "s", person="p9"), subject, Reason.LEAK)) is Denied.ROLE
    assert await denied(asking.request(Caller("k", "dpo", "s"), subject, Reason.LEAK)) is Denied.NOBODY
    id_ = await asking.request(DSI, subject, Reason.LEAK)
    await asking.approve(DPO, id_)
    assert await denied(asking.approve(Caller("k", "dpo", "d", person="p4"), id_)) is Denied.TWICE
    assert await denied(asking.check(Caller("k", "dpo", "d", person="p4"), id_, subject, user="x")) is Denied.STRANGER


async def test_an_approval_is_for_one_pseudonym_of_one_month(
    asking: Identification, subject: Subject, keys: Keys
) -> None:
    """Would catch: an approval that opens everybody's pseudonym."""
    id_ = await asking.request(DSI, subject, Reason.LEAK)
    await asking.approve(DPO, id_)
    keys.of(dt.date(2026, 12, 1))
    for other in (Subject(NOVEMBER, "0" * 32), Subject(dt.date(2026, 12, 1), subject.pseudonym)):
        assert await denied(asking.check(DSI, id_, other, user="x")) is Denied.UNKNOWN
    assert await denied(asking.check(DSI, "0123456789abcdef", subject, user="x")) is Denied.UNKNOWN
    assert await denied(asking.check(DSI, id_, subject)) is Denied.SHAPE
    assert await denied(asking.check(DSI, id_, subject, user="x", source="10.0.0.1")) is Denied.SHAPE


async def test_a_staff_cannot_be_tried_name_by_name(asking: Identification, subject: Subject) -> None:
    """Would catch: a loop over the directory, which is a list by another name."""
    id_ = await asking.request(DSI, subject, Reason.LEAK)
    await asking.approve(DPO, id_)
    for number in range(MOST_NAMES):
        await asking.check(DSI, id_, subject, user=f"agent{number}")
    assert await denied(asking.check(DPO, id_, subject, user="solene.lebihan")) is Denied.TRIED


async def test_a_request_does_not_last(trail: SqlTrail, keys: Keys, subject: Subject) -> None:
    later = Later()
    asking = Identification(trail, keys, ROLES, later)
    early, late = [await asking.request(DSI, subject, Reason.LEAK) for _ in range(2)]
    await asking.approve(DPO, early)
    later.days = 8
    assert await denied(asking.approve(DPO, late)) is Denied.EXPIRED
    assert await denied(asking.check(DSI, early, subject, user="solene.lebihan")) is Denied.EXPIRED


async def test_a_forgotten_month_is_forgotten(asking: Identification, subject: Subject, keys: Keys) -> None:
    """Would catch: a month whose attempts are purged and whose pseudonyms still answer."""
    id_ = await asking.request(DSI, subject, Reason.LEAK)
    await asking.approve(DPO, id_)
    keys.forget(dt.date(2026, 12, 1))
    assert await denied(asking.check(DSI, id_, subject, user="solene.lebihan")) is Denied.FORGOTTEN
    assert await denied(asking.request(DSI, subject, Reason.LEAK)) is Denied.FORGOTTEN
    assert await denied(asking.request(DSI, Subject(NOVEMBER, "solene.lebihan"), Reason.LEAK)) is Denied.SHAPE


async def test_what_is_not_recorded_is_not_answered(asking: Identification, subject: Subject, trail: SqlTrail) -> None:
    """Would catch: an answer in spite of a journal that cannot be written."""
    id_ = await asking.request(DSI, subject, Reason.LEAK)
    await asking.approve(DPO, id_)
    await trail.close()
    with pytest.raises(AuditUnavailableError):
        await asking.check(DSI, id_, subject, user="solene.lebihan")
