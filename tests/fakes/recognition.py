"""The real recogniser, loaded once for all tests."""

from functools import cache

from policies.practices.recogniser import Recogniser


@cache
def recogniser() -> Recogniser:
    """Return the one recogniser of this test run."""
    return Recogniser()
