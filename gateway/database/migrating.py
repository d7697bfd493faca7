"""Bringing a database up to date, and knowing whether it is without loading what does it."""

from pathlib import Path

from sqlalchemy import Connection, MetaData, Table, inspect, select
from sqlalchemy.schema import Column
from sqlalchemy.types import String

from gateway.database.migrations import REVISIONS

_VERSION = Table("alembic_version", MetaData(), Column("version_num", String(32), primary_key=True))


class DatabaseAheadError(Exception):
    """The database was brought up to date by a later version of Écluse, which this one cannot know."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database is at revision {revision}, which this version does not know")
        self.revision = revision


def pending(connection: Connection | None) -> tuple[str, ...]:
    """Return the revisions to come, the oldest first; all of them where there is no database yet."""
    if connection is None or not inspect(connection).has_table(_VERSION.name):
        return REVISIONS
    found = connection.execute(select(_VERSION.c.version_num)).scalar()
    if found is None:
        return REVISIONS
    if found not in REVISIONS:
        raise DatabaseAheadError(found)
    return REVISIONS[REVISIONS.index(found) + 1 :]


def bring(connection: Connection) -> None:
    """Run what is pending in the transaction of `connection`: all of it, or nothing.

    The first revision makes what is missing only, so that a database from before migrations becomes one of them.
    """
    # Alembic takes a third of a second to load, and there is nothing for it to do on most starts.
    from alembic.operations import Operations  # noqa: PLC0415
    from alembic.runtime.migration import MigrationContext  # noqa: PLC0415
    from alembic.script import ScriptDirectory  # noqa: PLC0415

    if not pending(connection):
        return
    scripts = ScriptDirectory(str(Path(__file__).with_name("migrations")))
    context = MigrationContext.configure(
        connection,
        opts={"fn": lambda revision, _: scripts._upgrade_revs("head", revision), "transactional_ddl": True},  # noqa: SLF001 - what alembic's own `upgrade` calls
    )
    with context.begin_transaction(), Operations.context(context):
        context.run_migrations()
