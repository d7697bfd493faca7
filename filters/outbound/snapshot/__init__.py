"""A policy made ready to decide by: compiled, kept in one file, and watched."""

from typing import TYPE_CHECKING

from filters.outbound.snapshot.content import Content, Entry, FeedCount, Leave, Rule
from filters.outbound.snapshot.file import assembled, read, write
from filters.outbound.snapshot.people import Scope
from filters.outbound.snapshot.state import Case, Snapshot
from filters.outbound.snapshot.table import Table
from filters.outbound.snapshot.watched import Watched

if TYPE_CHECKING:
    from filters.outbound.catalogue import Catalogue
    from filters.outbound.policy import Policy

__all__ = [
    "Case",
    "Content",
    "Entry",
    "FeedCount",
    "Leave",
    "Rule",
    "Scope",
    "Snapshot",
    "Table",
    "Watched",
    "assembled",
    "compiled",
    "read",
    "write",
]


def compiled(policy: "Policy", catalogue: "Catalogue") -> Snapshot:
    """Return the snapshot of a policy that was read without faults; reads its feeds and its files of users.

    Raises FeedUnreadableError or OSError where one of them has gone since.
    """
    # A proxy's helper decides and never compiles: it starts without what reads YAML.
    from filters.outbound.snapshot.compiling import compiled as made  # noqa: PLC0415

    return made(policy, catalogue)
