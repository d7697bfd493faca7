"""French numbers in words."""

import pytest

from filters.identifiers.known.numerals import spelled, spelled_year


@pytest.mark.parametrize(
    ("number", "words"),
    [(1, "un"), (16, "seize"), (17, "dixsept"), (21, "vingtetun"), (22, "vingtdeux"), (71, "soixanteetonze"),
     (80, "quatrevingts"), (81, "quatrevingtun"), (97, "quatrevingtdixsept"), (99, "quatrevingtdixneuf")],
)  # fmt: skip
def test_numbers(number: int, words: str) -> None:
    assert words in spelled(number)


@pytest.mark.parametrize(
    ("year", "words"),
    [(1951, "milneufcentcinquanteetun"), (1951, "milleneufcentcinquanteetun"), (1951, "dixneufcentcinquanteetun"),
     (1951, "cinquanteetun"), (1900, "milneufcent"), (2000, "deuxmille"), (2005, "deuxmillecinq"),
     (1898, "milhuitcentquatrevingtdixhuit")],
)  # fmt: skip
def test_years(year: int, words: str) -> None:
    assert words in spelled_year(year)


def test_every_number_has_its_own_words() -> None:
    """Catches a birth date recognised in the words of another day."""
    for number in range(1, 100):
        assert not any(spelled(number) & spelled(other) for other in range(1, number))
