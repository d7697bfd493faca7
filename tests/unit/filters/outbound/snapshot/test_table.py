"""A table finds the longest name, whether it holds names in clear or hashes."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.outbound.names import suffixes
from filters.outbound.snapshot import table
from filters.outbound.snapshot.table import NONE, Table, hashed

LABELS = st.sampled_from(["a", "b", "ab", "xn--a", "1"])
NAMES = st.lists(LABELS, min_size=2, max_size=4).map(".".join)
TABLES = st.dictionaries(NAMES, st.integers(0, 300))


@given(TABLES, TABLES, NAMES)
def test_the_longest_name_is_found_in_clear_and_hashed(few: dict[str, int], many: dict[str, int], name: str) -> None:
    expected = next((both[one] for one in suffixes(name) if one in (both := {**many, **few})), NONE)
    clear = Table.of(few, many)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(table, "LARGEST", -1)
        closed = Table.of(few, many)
    assert len(closed.names) == len(few)
    assert (clear.find(name), closed.find(name)) == (expected, expected)
    for one in (clear, closed):
        again = Table.read(memoryview(part) for part in one.parts())
        assert (again.names, again.hashes, again.owners) == (one.names, one.hashes, one.owners)


def test_many_names_are_hashed_in_ten_bytes_each(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(table, "LARGEST", 100)
    made = Table.of({"bavard.example": 1}, {f"n{number}.example": 2 for number in range(1000)})
    assert (len(made), list(made.names)) == (1001, ["bavard.example"])
    assert made.hashes.itemsize + made.owners.itemsize == 10
    assert {made.find(f"x.n{number}.example") for number in range(1000)} == {2}
    assert made.find("n1000.example") == NONE


def test_a_hash_is_the_same_in_every_process() -> None:
    """Would catch: a file written by the gateway in which the helper finds nothing."""
    assert hashed("bavard.example") == 0xFBCA68D1EC8A3D62


def test_a_table_of_another_form_is_refused() -> None:
    parts = [memoryview(part) for part in Table.of({"a.b": 1, "c.d": 2}, {}).parts()]
    with pytest.raises(ValueError, match="zip"):
        Table.read([parts[0], parts[1][:2], *parts[2:]])
