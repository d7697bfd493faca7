"""Statements that each engine has in its own words."""

from sqlalchemy import Table
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


def upsert(connection: AsyncConnection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """Return an insertion that may go on with `on_conflict_do_update` or `on_conflict_do_nothing`."""
    return sqlite.insert(table) if connection.dialect.name == "sqlite" else postgresql.insert(table)


async def hold(connection: AsyncConnection, table: Table) -> None:
    """Wait for every other transaction that holds `table`, and hold it until this one ends; readers go on."""
    if connection.dialect.name == "sqlite":
        # Any write takes the one lock of the whole file; this one changes nothing.
        await connection.execute(table.delete().where(table.primary_key.columns[0].is_(None)))
    else:
        await connection.exec_driver_sql(f"LOCK TABLE {table.name} IN EXCLUSIVE MODE")
