"""States in the database: the record of truth, which a restart finds again."""

from typing import Final

from sqlalchemy import Column, String, Table, Text, select

from gateway.database import UNAVAILABLE, Database, metadata, ordered, upsert
from gateway.systems.state import State
from gateway.systems.store import Seal, StatesUnavailableError

system_states: Final = Table(
    "system_states",
    metadata,
    Column("target", String(80), primary_key=True),
    Column("rank", ordered(40), nullable=False),
    Column("state", Text, nullable=False),
    Column("seal", String(64), nullable=False),
)


class SqlStates:
    """`States` in the journal's database."""

    def __init__(self, database: Database, seal: Seal) -> None:
        self._database, self._seal = database, seal

    async def read(self) -> list[State]:
        """Return every state; raises `AlteredError`."""
        try:
            async with self._database.engine.connect() as connection:
                rows = (await connection.execute(select(system_states))).all()
        except UNAVAILABLE:
            raise StatesUnavailableError("the database does not answer") from None
        return self._seal.all_opened((row.target, row.rank, row.state, row.seal) for row in rows)

    async def put(self, state: State) -> None:
        """Keep a state, unless what is kept follows it."""
        written = state.written()
        values = {"rank": state.rank, "state": written, "seal": self._seal.of(written)}
        try:
            async with self._database.engine.begin() as connection:
                statement = upsert(connection, system_states).values(target=state.target, **values)
                newer = statement.excluded.rank > system_states.c.rank
                await connection.execute(
                    statement.on_conflict_do_update(index_elements=["target"], set_=values, where=newer)
                )
        except UNAVAILABLE:
            raise StatesUnavailableError("the database does not answer") from None
