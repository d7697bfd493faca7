"""The same person for a month, nobody afterwards."""

import datetime as dt
import stat
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.outbound.counting.pseudonyms import Keys, Pseudonyms, pseudonym
from gateway.secrets import KeyFileError

OCTOBER, NOVEMBER, DECEMBER = dt.date(2026, 10, 1), dt.date(2026, 11, 1), dt.date(2026, 12, 1)


def test_a_person_is_the_same_for_a_month_and_another_in_the_next(tmp_path: Path) -> None:
    """Would catch: an agent who can be followed from one month to the next."""
    made = Pseudonyms(Keys(tmp_path))
    november = made.of(NOVEMBER, "slebihan", "10.0.0.1")
    assert made.of(NOVEMBER, "slebihan", "10.0.0.99") == november
    assert made.of(DECEMBER, "slebihan", "10.0.0.1") != november
    assert made.of(NOVEMBER, "slebihan", "10.0.0.1") == november
    assert Pseudonyms(Keys(tmp_path)).of(NOVEMBER, "slebihan", "") == november
    assert len(november) == 32


def test_whoever_is_not_known_is_an_address(tmp_path: Path) -> None:
    made = Pseudonyms(Keys(tmp_path))
    assert made.of(NOVEMBER, "", "10.0.0.1") == made.of(NOVEMBER, "-", "10.0.0.1")
    assert made.of(NOVEMBER, "", "10.0.0.1") != made.of(NOVEMBER, "", "10.0.0.2")
    assert made.of(NOVEMBER, "10.0.0.1", "") != made.of(NOVEMBER, "", "10.0.0.1")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (("SLebihan ", ""), ("slebihan", "")),
        (("", "::ffff:10.0.0.1"), ("", "10.0.0.1")),
        (("", "[2001:db8::0:1]"), ("", "2001:DB8::1")),
        (("", "fe80::1%eth0"), ("", "fe80::1")),
    ],
)
def test_spelling_makes_no_second_person(one: tuple[str, str], other: tuple[str, str]) -> None:
    """Would catch: one agent counted as two, because two engines write a name differently."""
    assert pseudonym(b"k" * 32, *one) == pseudonym(b"k" * 32, *other)


@given(st.text(), st.text())
def test_any_text_has_a_pseudonym(user: str, source: str) -> None:
    """Would catch: a name with odd characters that stops a proxy's log."""
    assert len(pseudonym(b"k" * 32, user, source)) == 32


def test_a_key_is_for_its_owner_only(tmp_path: Path) -> None:
    """Would catch: a key that another account reads, with which names can be tried against every pseudonym."""
    keys = Keys(tmp_path / "keys")
    keys.of(NOVEMBER)
    file = tmp_path / "keys" / "2026-11.key"
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert stat.S_IMODE(file.parent.stat().st_mode) == 0o700
    file.chmod(0o640)
    with pytest.raises(KeyFileError):
        keys.known(NOVEMBER)


def test_old_keys_are_gone_with_what_is_in_them(tmp_path: Path) -> None:
    """Would catch: pseudonyms that can still be tried against names once the attempts are purged."""
    keys = Keys(tmp_path)
    old = keys.of(OCTOBER)
    kept = keys.of(NOVEMBER)
    # A second name for the same blocks: what a deleted file leaves behind.
    (tmp_path / "remains").hardlink_to(tmp_path / "2026-10.key")
    assert keys.forget(dt.date(2026, 11, 26)) == (OCTOBER,)
    assert keys.known(OCTOBER) is None
    assert (tmp_path / "remains").read_bytes() == bytes(len(old))
    assert keys.known(NOVEMBER) == kept
    assert keys.months() == (NOVEMBER,)
    assert keys.forget(dt.date(2026, 11, 1)) == ()
    assert Keys(tmp_path / "none").months() == ()
