"""The users of a group, as the hospital's directory writes them to a file."""

from collections.abc import Iterator
from pathlib import Path


def users_of(path: Path) -> Iterator[str]:
    """Yield the users of a file, one per line; raises OSError, or UnicodeDecodeError for a file not in UTF-8."""
    for line in path.read_text(encoding="utf-8-sig").splitlines():
        if user := line.partition("#")[0].strip():
            yield user
