import pytest

from bench.outbound.ratios import Round, rows


def test_each_round_is_compared_with_its_own() -> None:
    """Catches a ratio of medians, which says that one is slower because others used the machine in its rounds."""
    found = rows(
        {
            "list": [Round(100, 10, 0), Round(50, 20, 0), Round(80, 10, 0)],
            "program": [Round(90, 12, 3), Round(45, 30, 5), Round(40, 11, 4)],
        },
        "list",
    )
    program = found["program"]
    assert (program.rate, program.squid, program.beside) == (45, 12, 4)
    assert (program.ratio, program.lowest, program.highest) == (0.9, 0.5, 0.9)
    assert found["list"].ratio == 1


def test_rounds_that_do_not_go_together_are_an_error() -> None:
    with pytest.raises(ValueError, match="zip"):
        rows({"list": [Round(100, 10, 0)], "program": []}, "list")
