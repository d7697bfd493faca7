"""CaretName: people between carets, outside of a known segment."""

import pytest

from filters.identifiers.detectors.structures.caret_name import CaretName
from tests.fakes.findings import findings


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("|DURANTON^MARIE^ANNE|", ["DURANTON", "MARIE", "ANNE"]),
        ("|10001234567^LEMOINE^PAUL|", ["LEMOINE", "PAUL"]),
        ("718-7^Hemoglobine^LN", []),
    ],
)
def test_names_between_carets(text: str, expected: list[str]) -> None:
    """A field copied out of its message would leak the person in it."""
    assert findings(CaretName(), text) == expected
