"""Several gateways write one journal: whatever becomes of one of them, nothing acknowledged is missing."""

import contextlib
import shutil
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.audit.chain import Flaw
from gateway.audit.entry import Kind
from gateway.audit.event import Ending
from gateway.audit.sql import SqlTrail, Verification, lines, verify
from gateway.audit.sql.binding import bound
from gateway.audit.sql.table import journal
from gateway.secrets import hmac_key, signing_key
from tests.fakes.databases import database_on, execute, on_postgresql, url_in
from tests.fakes.journal import answered, journal_in, trail_in
from tests.fakes.postgresql_server import PostgresqlServer

ROOT = Path(__file__).parents[2]
ACKNOWLEDGED = 120


@pytest.fixture
def folders(tmp_path: Path, postgresql: PostgresqlServer) -> Iterator[tuple[Path, Path]]:
    """Give two data folders with the same keys, on one database."""
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (one, two):
        folder.mkdir()
    hmac_key(one / "hmac.key")
    signing_key(one / "journal.pem")
    with on_postgresql(postgresql, one):
        for file in one.iterdir():
            shutil.copy2(file, two)
        yield one, two


class Writing:
    """A process that writes."""

    def __init__(self, folder: Path) -> None:
        self.acknowledged: list[str] = []
        self._process = subprocess.Popen(
            [sys.executable, "-m", "tests.fakes.journal_writer", folder], stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def until(self, count: int) -> None:
        """Wait for so many acknowledgements."""
        assert self._process.stdout is not None
        while len(self.acknowledged) < count:
            line = self._process.stdout.readline()
            assert line, "the writer has ended"
            self.acknowledged.append(line.strip())

    def kill(self) -> None:
        """End it in mid-commit, and read what it had still said."""
        self._process.kill()
        rest, _ = self._process.communicate(timeout=60)
        self.acknowledged += [line for line in rest.split("\n") if len(line) == 32]


@contextlib.contextmanager
def writing(*folders: Path) -> Iterator[list[Writing]]:
    processes = [Writing(folder) for folder in folders]
    try:
        yield processes
    finally:
        for process in processes:
            process.kill()


@contextlib.asynccontextmanager
async def reading(folder: Path) -> AsyncIterator[SqlTrail]:
    trail = trail_in(folder)
    try:
        yield trail
    finally:
        await trail.database.close()


async def checked(folder: Path) -> Verification:
    async with reading(folder) as trail:
        return await verify(trail.database, trail.heads, trail.public_key)


async def closed(folder: Path) -> set[str]:
    async with reading(folder) as trail:
        return {each.line.output_id async for each in lines(trail.database) if each.line.ending is Ending.ANSWERED}


async def test_a_gateway_that_is_killed_in_mid_commit_loses_nothing_it_said(folders: tuple[Path, Path]) -> None:
    """Would catch: an answer that left, and whose line a crash took back, or that broke the chain of another."""
    with writing(*folders) as (one, two):
        one.until(ACKNOWLEDGED)
        two.until(ACKNOWLEDGED)
        one.kill()
        two.until(2 * ACKNOWLEDGED)
        found = await checked(folders[1])  # beside a gateway that writes
        assert found.findings == ()
    for folder in folders:
        found = await checked(folder)
        assert found.findings == ()
        assert len(found.ends) == 2
        assert len(found.elsewhere) == 1
    assert {*one.acknowledged, *two.acknowledged} <= await closed(folders[0])
    async with journal_in(folders[0]) as again:
        await answered(again)
    found = await checked(folders[0])
    assert found.findings == ()
    assert len(found.ends) == 2, "the killed gateway's chain goes on"


async def test_one_gateway_s_checkpoint_keeps_the_end_of_another_s_chain(folders: tuple[Path, Path]) -> None:
    """Would catch: lines of one gateway deleted where another is asked to verify, which has no file of its end."""
    async with journal_in(folders[0]) as one, journal_in(folders[1]) as two:
        for trail in (one, two):
            await answered(trail)
    async with reading(folders[1]) as trail, trail.database.engine.connect() as connection:
        ends = await bound(connection)
        (chain,) = (await checked(folders[1])).elsewhere
    await mend(folders[1], f"DELETE FROM journal WHERE writer = '{chain}' AND seq >= {ends[chain].seq}")  # noqa: S608
    found = await checked(folders[1])
    assert [(each.writer, each.seq, each.flaw) for each in found.findings] == [(chain, ends[chain].seq, Flaw.TRUNCATED)]
    await mend(folders[1], f"DELETE FROM journal WHERE writer = '{chain}'")  # noqa: S608
    assert [each.flaw for each in (await checked(folders[1])).findings] == [Flaw.TRUNCATED]


async def mend(folder: Path, statement: str) -> None:
    async with reading(folder) as trail:
        await execute(trail.database, statement)


async def test_a_lost_end_of_one_s_own_chain_is_seen(folders: tuple[Path, Path]) -> None:
    async with journal_in(folders[0]) as trail:
        await answered(trail)
    for head in (folders[0] / "heads").glob("*.head"):
        head.unlink()
    assert [each.flaw for each in (await checked(folders[0])).findings] == [Flaw.HEAD_MISSING]


async def test_a_checkpoint_tells_of_other_chains_only_what_is_new(folders: tuple[Path, Path]) -> None:
    """Would catch: a journal that grows with the square of the gateways."""
    async with journal_in(folders[0]) as one:
        await answered(one)
    async with journal_in(folders[1], checkpoint_every=2) as two:
        await answered(two)
        await answered(two)
    async with reading(folders[1]) as trail, trail.database.engine.connect() as connection:
        told = select(journal.c.body).where(journal.c.kind == Kind.CHECKPOINT.value).order_by(journal.c.at)
        bodies = (await connection.execute(told)).scalars().all()
    assert ['"chains":{}' in body for body in bodies] == [True, False, True]


async def test_a_backup_that_is_restored_verifies_and_goes_on(
    folders: tuple[Path, Path], postgresql: PostgresqlServer
) -> None:
    """As docs/operations/database.md says: the folder first, then the database, while everything goes on."""
    source, backup = folders[0], folders[0].parent / "backup"
    with writing(source) as (writer,):
        writer.until(ACKNOWLEDGED)
        shutil.copytree(source, backup)
        before = len(writer.acknowledged)
        dump(postgresql, source, backup / "ecluse.dump")
        writer.until(2 * ACKNOWLEDGED)
    with database_on(postgresql, "template0") as name:
        restore(postgresql, backup / "ecluse.dump", name)
        (backup / "postgresql-url").write_text(postgresql.url(name), "ascii")
        assert (await checked(backup)).findings == ()
        assert set(writer.acknowledged[:before]) <= await closed(backup)
        async with journal_in(backup) as trail:
            assert await trail.database.pending() == ()
            await answered(trail)
        found = await checked(backup)
        assert found.findings == ()
        assert len(found.ends) == 1
        # Restored without its folder, the database is older than the ends that are known: what is lost is seen.
        (source / "postgresql-url").write_text(postgresql.url(name), "ascii")
        assert Flaw.TRUNCATED in {each.flaw for each in (await checked(source)).findings}


def dump(server: PostgresqlServer, folder: Path, file: Path) -> None:
    name = url_in(folder).rpartition("/")[2]
    command = [server.programs / "pg_dump", "--format=custom", "--no-owner", f"--file={file}", server.conninfo(name)]
    subprocess.run(command, check=True)


def restore(server: PostgresqlServer, file: Path, name: str) -> None:
    command = [
        server.programs / "pg_restore",
        "--no-owner",
        "--single-transaction",
        f"--dbname={server.conninfo(name)}",
    ]
    subprocess.run([*command, file], check=True)


async def test_two_chains_are_exported_together_while_one_is_written(folders: tuple[Path, Path]) -> None:
    with writing(folders[0]) as (writer,):
        writer.until(ACKNOWLEDGED)
        async with journal_in(folders[1]) as trail:
            mine = await answered(trail)
        assert {mine, *writer.acknowledged[:ACKNOWLEDGED]} <= await closed(folders[1])
