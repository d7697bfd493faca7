"""A known mail address."""

import pytest

from filters.identifiers.known.patient import KnownPatient
from tests.fakes.known import labels, shown

WRITES = KnownPatient(mails=("y.kerbrat7@courriel.example",))


@pytest.mark.parametrize(
    "written",
    ["y.kerbrat7@courriel.example", "Y.KERBRAT7@COURRIEL.EXAMPLE", "y . kerbrat7 @ courriel . example",
     "y.kerbrat7@\ncourriel.example", "y.kerbrat7 (at) courriel.example",
     "y point kerbrat7 arobase courriel point example",
     "y\\_kerbrat7@courriel.example"],
)  # fmt: skip
def test_every_writing_is_found_as_one(written: str) -> None:
    """The leak caught: an address in which a word processor put spaces."""
    assert shown(WRITES, f"mail {written} ok") == f"mail ‹{written}› ok"
    assert labels(WRITES, written) == ["MAIL"]


def test_what_is_no_address_is_sought_nowhere() -> None:
    assert shown(KnownPatient(mails=("courriel", "@", "a@")), "courriel, a") == "courriel, a"
