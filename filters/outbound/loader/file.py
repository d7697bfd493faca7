"""A policy's file turned into a policy, once its parts agree with each other and with the catalogue."""

import datetime as dt
from pathlib import Path
from typing import Final

from config.reading import Reading, read_yaml
from filters.outbound.catalogue import Catalogue
from filters.outbound.loader import additions, agreement, steps
from filters.outbound.policy import Policy

DEFAULT: Final = Path(__file__).resolve().parent.parent / "policies" / "default.yaml"
"""The policy that comes with the product: everything is watched, nothing refused."""


def load_policy(path: Path, catalogue: Catalogue, *, today: dt.date | None = None) -> Policy:
    """Return the policy of `path`; raises FaultsError with every fault found, not only the first."""
    return read_policy(path, catalogue, today=today).result()


def read_policy(path: Path, catalogue: Catalogue, *, today: dt.date | None = None) -> Reading[Policy]:
    """Return the same with its faults, for those who want to look further; relative paths start at its folder."""
    reading = read_yaml(path, Policy, folder=path.absolute().parent)
    today = today or dt.datetime.now(tz=dt.UTC).date()
    agreement.check(reading, catalogue)
    additions.check(reading, catalogue)
    steps.check(reading, today)
    return reading
