"""PostgreSQL: never waited for without end, never written to without its disk. Imported only where it is used.

A server may be lost without a word: a machine that stops answers no packet, a frozen process takes connections and says
nothing. So every wait has its bound on this side as well as on the server's.
"""

from typing import Any, Final, TypeVar

from psycopg import AsyncConnection, OperationalError
from psycopg.abc import PQGen
from psycopg.errors import ReadOnlySqlTransaction
from psycopg.pq import TransactionStatus
from sqlalchemy import URL, event
from sqlalchemy.engine import ExceptionContext
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool
from typing_extensions import override

CONNECT_SECONDS: Final = 3
STATEMENT_SECONDS: Final = 4
"""Less than a request waits for the journal, so that the server gives up before the request is refused."""

ANSWER_SECONDS: Final = STATEMENT_SECONDS + 0.5
IDLE_SECONDS: Final = 30
"""A gateway that was frozen in mid-transaction holds up the others for no longer."""

CONNECTIONS: Final = 10
"""Of one process at most, besides one for each report, verification or purge in progress."""

_HERE: Final = ("", "localhost", "127.0.0.1", "::1")
_DURABLE: Final = (
    "SELECT set_config('synchronous_commit', 'on', false) WHERE current_setting('synchronous_commit') = 'off'"
)

Answer = TypeVar("Answer")


class Bounded(AsyncConnection[Any]):
    """A connection that gives itself up where the server does not answer in time."""

    @override
    async def wait(self, gen: PQGen[Answer], interval: float = 0.1, timeout: float | None = None) -> Answer:
        """Wait as psycopg does, for `ANSWER_SECONDS` at most."""
        try:
            return await super().wait(gen, interval, timeout or ANSWER_SECONDS)
        except OperationalError:
            if self.pgconn.transaction_status == TransactionStatus.ACTIVE:
                # Nobody knows what becomes of the statement: nothing else can be asked on this connection.
                self.pgconn.finish()
            raise


def engine(url: URL) -> AsyncEngine:
    """Return an engine whose every wait is bounded; nothing is opened yet."""
    bounds = f"-c statement_timeout={STATEMENT_SECONDS}s -c lock_timeout={STATEMENT_SECONDS}s"
    bounds += f" -c idle_in_transaction_session_timeout={IDLE_SECONDS}s"
    made = create_async_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=True,
        pool_size=CONNECTIONS // 2,
        max_overflow=CONNECTIONS // 2,
        pool_timeout=CONNECT_SECONDS,
        connect_args=_arguments(url, bounds) | {"async_creator_fn": Bounded.connect},
    )
    return _prepared(made)


def unhurried(url: URL) -> AsyncEngine:
    """Return an engine for what takes its time; a connection lives for one piece of work."""
    return _prepared(create_async_engine(url, hide_parameters=True, poolclass=NullPool, connect_args=_arguments(url)))


def _arguments(url: URL, bounds: str = "") -> dict[str, Any]:
    """Return what the address does not say. An address that does say it is right."""
    chosen: dict[str, Any] = {
        "connect_timeout": CONNECT_SECONDS,
        "application_name": "ecluse",
        # A server that became a read-only copy of another is left for the one that takes writes.
        "target_session_attrs": "read-write",
        "keepalives_idle": 5,
        "keepalives_interval": 2,
        "keepalives_count": 3,
        "tcp_user_timeout": 11_000,
    }
    hosts = [url.host or "", *_said(url, "host")]
    if not all(host in _HERE or host.startswith("/") for host in hosts):
        chosen["sslmode"] = "verify-full"
    chosen = {name: value for name, value in chosen.items() if name not in url.query}
    return chosen | {"options": " ".join([bounds, *_said(url, "options")]).strip()}


def _said(url: URL, name: str) -> tuple[str, ...]:
    value = url.query.get(name, ())
    return (value,) if isinstance(value, str) else value


def _prepared(made: AsyncEngine) -> AsyncEngine:
    event.listen(made.sync_engine, "connect", _prepare)
    event.listen(made.sync_engine, "handle_error", _note)
    return made


def _prepare(connection: Any, _: object) -> None:  # noqa: ANN401 - the driver's own type
    """Have commits wait for the disk even where the role's default is not to; a stricter default stays."""
    cursor = connection.cursor()
    cursor.execute(_DURABLE)
    cursor.close()
    connection.commit()


def _note(context: ExceptionContext) -> None:
    """Leave a server that takes no more writes: the next connection may find the one that does."""
    if isinstance(context.original_exception, ReadOnlySqlTransaction):
        context.is_disconnect = True
