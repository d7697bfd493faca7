"""Whatever is done to a journal, `verify` sees it."""

import shutil
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from gateway.audit.chain import Flaw, Head, link
from gateway.audit.entry import Kind
from gateway.audit.sql import Verification, verify
from tests.fakes.journal import answered, journal_in, trail_in

NINE = "2026-11-23T09:00:00.000Z"
COLUMNS = ("writer", "at", "kind", "output_id", "body", "hash", "signature")


@pytest.fixture
async def folder(tmp_path: Path) -> Path:
    """Keep a journal of several starts."""
    for _ in range(2):
        async with journal_in(tmp_path) as trail:
            for _ in range(3):
                await answered(trail)
    return tmp_path


async def checked(folder: Path) -> Verification:
    trail = trail_in(folder)
    try:
        return await verify(trail.database, trail.heads, trail.public_key)
    finally:
        await trail.database.close()


def forge(folder: Path, *statements: str) -> None:
    with sqlite3.connect(folder / "journal.db") as database:
        for statement in statements:
            database.execute(statement)


def flaws(found: Verification) -> list[tuple[int, Flaw]]:
    return [(finding.seq, finding.flaw) for finding in found.findings]


async def test_an_untouched_journal_is_sound(folder: Path) -> None:
    found = await checked(folder)
    assert found.findings == ()
    assert found.entries == 14  # twice: three requests of two entries, and a checkpoint
    assert [end.seq for end in found.ends] == [14]


@pytest.mark.parametrize(
    ("statement", "expected"),
    [
        ("UPDATE journal SET body = replace(body, 'medecin', 'ide') WHERE seq = 3", [(3, Flaw.ALTERED)]),
        ("UPDATE journal SET output_id = 'other' WHERE seq = 3", [(3, Flaw.ALTERED)]),
        ("DELETE FROM journal WHERE seq = 3", [(4, Flaw.MISSING)]),
        ("DELETE FROM journal WHERE seq <= 3", [(4, Flaw.MISSING)]),
        ("DELETE FROM journal WHERE seq >= 14", [(14, Flaw.TRUNCATED)]),
        ("DELETE FROM journal", [(1, Flaw.TRUNCATED)]),
        ("UPDATE journal SET signature = NULL WHERE seq = 14", [(14, Flaw.UNSEALED)]),
    ],
)
async def test_each_kind_of_alteration_has_its_name(
    folder: Path, statement: str, expected: list[tuple[int, Flaw]]
) -> None:
    forge(folder, statement)
    assert flaws(await checked(folder)) == expected


async def test_two_entries_that_change_places_are_seen(folder: Path) -> None:
    forge(
        folder,
        "UPDATE journal SET seq = 99 WHERE seq = 3",
        "UPDATE journal SET seq = 3 WHERE seq = 4",
        "UPDATE journal SET seq = 4 WHERE seq = 99",
    )
    assert {(3, Flaw.ALTERED), (4, Flaw.ALTERED)} <= set(flaws(await checked(folder)))


async def test_nobody_adds_to_the_end_without_the_key(folder: Path) -> None:
    """Would catch an invented request, whose hash anybody could compute."""
    with sqlite3.connect(folder / "journal.db") as database:
        writer, end = database.execute("SELECT writer, hash FROM journal WHERE seq = 14").fetchone()
        forged = link(Head(writer, 14, end), Kind.CHECKPOINT, NINE, {"entries": 1, "chains": {}}, sealed=True)
        database.execute(
            "INSERT INTO journal VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
            (forged.writer, forged.seq, forged.at, forged.kind, None, forged.body, forged.hash, "00" * 64),
        )
    assert flaws(await checked(folder)) == [(15, Flaw.UNSEALED)]


async def test_a_lost_or_forged_end_is_seen(folder: Path) -> None:
    (head,) = (folder / "heads").glob("*.head")
    whole = head.read_bytes()
    head.write_bytes(whole.replace(b'"seq":14', b'"seq":12'))
    assert (12, Flaw.HEAD_FORGED) in flaws(await checked(folder))
    head.write_bytes(b"")
    assert flaws(await checked(folder)) == [(0, Flaw.HEAD_MISSING)]
    head.unlink()
    assert flaws(await checked(folder)) == [(0, Flaw.HEAD_MISSING)]


async def test_a_journal_cut_short_stays_so_after_a_start(folder: Path) -> None:
    """Would catch a gateway that goes on over the traces of a deletion, and signs them away."""
    forge(folder, "DELETE FROM journal WHERE seq > 10")
    async with journal_in(folder) as trail:
        await answered(trail)
    found = await checked(folder)
    assert flaws(found) == [(11, Flaw.TRUNCATED)]
    assert len(found.ends) == 2


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
async def test_any_alteration_is_seen(folder: Path, data: st.DataObject) -> None:
    copy = folder.parent / f"{folder.name}-copy"
    shutil.rmtree(copy, ignore_errors=True)
    shutil.copytree(folder, copy)
    seq = data.draw(st.integers(1, 14))
    column = data.draw(st.sampled_from(COLUMNS))
    with sqlite3.connect(copy / "journal.db") as database:
        (value,) = database.execute(f"SELECT {column} FROM journal WHERE seq = ?", (seq,)).fetchone()  # noqa: S608
        changed = data.draw(st.one_of(altered(value), st.text(max_size=8)).filter(lambda new: new != value))
        database.execute(f"UPDATE journal SET {column} = ? WHERE seq = ?", (changed, seq))  # noqa: S608
    assert not (await checked(copy)).sound


def altered(value: str | None) -> st.SearchStrategy[str]:
    """Return strategies that change one character of a value."""
    if not value:
        return st.just("x")

    def change(place: int) -> Callable[[str], str]:
        return lambda character: value[:place] + character + value[place + 1 :]

    return st.integers(0, len(value) - 1).flatmap(
        lambda place: st.characters(codec="ascii", exclude_characters="\0").map(change(place))
    )


async def test_two_gateways_write_two_chains(tmp_path: Path) -> None:
    async with journal_in(tmp_path) as first, journal_in(tmp_path) as second:
        await answered(first)
        await answered(second)
    found = await checked(tmp_path)
    assert found.findings == ()
    assert len(found.ends) == 2


def test_a_field_outside_the_list_is_never_written() -> None:
    with pytest.raises(ValueError, match=r"^a journal entry checkpoint does not hold: \['note'\]$"):
        link(Head("w"), Kind.CHECKPOINT, NINE, {"entries": 1, "chains": {}, "note": "x"}, sealed=True)
