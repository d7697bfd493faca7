"""The configuration file, the environment and the rules, read together."""

import datetime as dt
import os
from collections.abc import Mapping
from pathlib import Path

from config.environment import override
from config.reading import Reading, parse, validate
from config.rules import check
from config.settings import Settings

DEFAULT = Path(__file__).parent / "default.yaml"
"""What applies when the hospital has written nothing; also the documentation of every key."""


def load_settings(
    path: Path | None = None, *, environ: Mapping[str, str] | None = None, today: dt.date | None = None
) -> Settings:
    """Return the settings of `path`, or of `default.yaml`; a key that is not written keeps its default.

    The environment's `ECLUSE_<SECTION>__<KEY>` come over the file's. Relative paths start at the file's folder, or at
    the working directory where there is no file. Raises FaultsError with every fault found, not only the first.
    """
    return read_settings(path, environ=environ, today=today).result()


def read_settings(
    path: Path | None = None, *, environ: Mapping[str, str] | None = None, today: dt.date | None = None
) -> Reading[Settings]:
    """Return the same with its faults, for those who want to look further."""
    environ = os.environ if environ is None else environ
    reading: Reading[Settings] = parse(path or DEFAULT, folder=path.absolute().parent if path else Path.cwd())
    if reading.faults:
        return reading
    override(reading, environ)
    validate(reading, Settings)
    check(reading, environ, today or dt.datetime.now(tz=dt.UTC).date())
    return reading
