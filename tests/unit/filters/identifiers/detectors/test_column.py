"""Columns: cells by the header above them."""

import re

import pytest

from filters.identifiers.detectors.column import cells_under
from filters.identifiers.entity import Label

HEADERS = ((re.compile(r"^ipp$"), Label.IPP),)


@pytest.mark.parametrize("separator", ["|", "\t", ";", ","])
def test_cells_are_read_with_any_separator(separator: str) -> None:
    text = separator.join(("Motif", "IPP")) + "\n" + separator.join(("chute", ' "123"')) + "\nfin\n"
    assert list(cells_under(text, HEADERS)) == [(text.index("123"), "123", Label.IPP)]


def test_a_table_ends_with_its_shape() -> None:
    assert [cell for _, cell, _ in cells_under("a;ipp\n1;2\n\n3;4;5\n6;7\n", HEADERS)] == ["2"]
