"""What every room declares its tables with, each in its own file."""

from typing import Final

from sqlalchemy import MetaData, String

metadata: Final = MetaData()


def ordered(length: int) -> String:
    """Return the type of a text that is compared or sorted.

    PostgreSQL sorts by the language of its cluster, which skips punctuation; SQLite and this house sort by code point.
    """
    return String(length).with_variant(String(length, collation="C"), "postgresql")
