"""The rule that keeps a count from pointing at somebody."""

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.usage.disclosure import THRESHOLD, Cell, column, part, parts, single


@pytest.mark.parametrize(("count", "shown"), [(0, "0"), (1, "< 5"), (4, "< 5"), (5, "5"), (6, "6"), (12345, "12345")])
def test_counts_around_the_threshold(count: int, shown: str) -> None:
    assert single(count).text == shown


@pytest.mark.parametrize(
    ("counts", "shown"),
    [
        ({"a": 10, "b": 20}, {"a": "10", "b": "20"}),
        ({"a": 3, "b": 20, "c": 7}, {"a": "< 5", "b": "20", "c": "masqué"}),
        ({"a": 3, "b": 2, "c": 7}, {"a": "< 5", "b": "< 5", "c": "7"}),
        ({"a": 1, "b": 1, "c": 7}, {"a": "< 5", "b": "< 5", "c": "masqué"}),
        ({"a": 4, "b": 4, "c": 7}, {"a": "< 5", "b": "< 5", "c": "masqué"}),
        ({"a": 3, "b": 0, "c": 7}, {"a": "< 5", "b": "0", "c": "masqué"}),
        ({"a": 3}, {"a": "< 5"}),
        ({"a": 4, "b": 4}, {"a": "< 5", "b": "masqué"}),
        ({"a": 1, "b": 1}, {"a": "< 5", "b": "< 5"}),
        ({"a": 0, "b": 6}, {"a": "0", "b": "6"}),
        ({}, {}),
    ],
)
def test_a_hidden_cell_cannot_be_worked_out(counts: dict[str, int], shown: dict[str, str]) -> None:
    assert {name: cell.text for name, cell in column(counts).items()} == shown


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 12), min_size=2))
def test_from_a_column_and_its_total_no_small_count_follows(counts: dict[str, int]) -> None:
    """Would catch a total that gives a small count away: tries every column that would look the same."""
    if sum(counts.values()) < THRESHOLD:
        return  # the total is hidden too
    cells = column(counts)
    hidden = [name for name, cell in cells.items() if cell.count is None]
    possible = [range(1, THRESHOLD) if cells[name].small else range(73) for name in hidden]
    total = sum(counts[name] for name in hidden)
    alike = [values for values in itertools.product(*possible) if sum(values) == total]
    for place, name in enumerate(hidden):
        if cells[name].small and alike:
            assert len({values[place] for values in alike}) > 1


@pytest.mark.parametrize(
    ("count", "whole", "shown"),
    [(0, 3, "0"), (3, 3, "< 5"), (3, 30, "< 5"), (6, 30, "6"), (6, 6, "6"), (6, 8, "masqué"), (0, 0, "0")],
)
def test_some_of_a_whole_do_not_tell_how_few_the_others_are(count: int, whole: int, shown: str) -> None:
    assert part(count, whole).text == shown


@given(
    st.dictionaries(
        st.sampled_from("abcd"), st.tuples(st.integers(0, 8), st.integers(0, 8)).map(lambda two: (min(two), max(two)))
    )
)
def test_from_parts_and_their_total_no_small_count_follows(pairs: dict[str, tuple[int, int]]) -> None:
    """Would catch a total that gives away how few did, or how few did not: tries every column that looks the same."""
    counts, wholes = ({name: pair[side] for name, pair in pairs.items()} for side in (0, 1))
    cells = parts(counts, wholes)
    if part(sum(counts.values()), sum(wholes.values())).count is None:
        return  # the total is hidden too
    hidden = [name for name, cell in cells.items() if cell.count is None]
    possible = [range(1, THRESHOLD) if cells[name].small else range(wholes[name] + 1) for name in hidden]
    total = sum(counts[name] for name in hidden)
    alike = [values for values in itertools.product(*possible) if sum(values) == total]
    for place, name in enumerate(hidden):
        few = counts[name] in range(1, THRESHOLD) or wholes[name] - counts[name] in range(1, THRESHOLD)
        if few and len(hidden) < len(cells):
            assert len({values[place] for values in alike}) > 1


def test_what_is_hidden_keeps_no_count() -> None:
    """Would catch a count that is hidden on the page and present in the data."""
    assert Cell(None, small=True) == column({"a": 3, "b": 9})["a"]
    assert Cell(None) == column({"a": 3, "b": 9})["b"]
