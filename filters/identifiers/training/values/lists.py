"""The lists of `training/data`: entries parted by commas, many a line; a line after `#` is a remark."""

from functools import cache
from importlib import resources

_FOLDER = "filters.identifiers.training"


@cache
def entries(name: str) -> tuple[str, ...]:
    """Return the entries of a list, as written and in its order."""
    return tuple(entry for line in lines(name) for entry in map(str.strip, line.split(",")) if entry)


@cache
def lines(name: str) -> tuple[str, ...]:
    """Return the lines of a file that are no remark."""
    source = resources.files(_FOLDER).joinpath("data", f"{name}.txt")
    read = (line.strip() for line in source.read_text(encoding="utf-8").splitlines())
    return tuple(line for line in read if line and not line.startswith("# "))
