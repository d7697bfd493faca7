"""NumberTable: what the header of a column gives away, and what must stay."""

import pytest

from filters.identifiers.detectors.number_table import NumberTable
from tests.fakes.findings import findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Motif;IPP;Age\ncéphalées;700123456;45\nchute;A7001;46\n", ["700123456", "A7001"]),
        ("| N° dossier | DDN |\n| 99a1234 | 01/02/40 |\n", ["99a1234", "01/02/40"]),
        ("numero_sejour,tel\n250012,06 12 34 56 78\n", ["250012", "06 12 34 56 78"]),
    ],
)
def test_cells_under_a_header_of_numbers_are_found(text: str, expected: list[str]) -> None:
    """In an export only the first line says what the numbers are."""
    assert findings(NumberTable(), text) == expected


@pytest.mark.parametrize("text", ["IPP;Motif\nà compléter;chute\n", "dose;durée\n500123;12345\n", "IPP, NIR et DDN\n"])
def test_other_cells_stay(text: str) -> None:
    assert findings(NumberTable(), text) == []
