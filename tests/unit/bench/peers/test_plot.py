"""The drawing."""

from xml.etree import ElementTree as ET

from bench.peers.figures import Round, Row, row
from bench.peers.plot import decades, svg

SVG = "{http://www.w3.org/2000/svg}"
NONE = Round(0.0, 0.0, (), (), errors=3, wrong=0, read=0)


def measured(*rates: float) -> Row:
    return row([Round(rate, 1000 / rate, (1.0,), (1.0,), errors=0, wrong=0, read=1) for rate in rates], None)


def test_each_gateway_has_its_name_and_a_point_in_each_panel() -> None:
    drawn = svg({"Écluse": (True, measured(20, 30, 40)), "<bare>": (False, measured(3000))}, "New notes")
    tree = ET.fromstring(drawn)  # noqa: S314  (our own)
    words = ["".join(text.itertext()) for text in tree.iter(f"{SVG}text")]
    assert {"Écluse", "<bare>", "New notes"} <= set(words)
    assert len(list(tree.iter(f"{SVG}circle"))) == 4


def test_one_that_answered_nothing_has_a_name_and_no_point() -> None:
    tree = ET.fromstring(svg({"a": (True, measured(20)), "b": (False, row([NONE], None))}, "t"))  # noqa: S314
    assert len(list(tree.iter(f"{SVG}circle"))) == 2


def test_nothing_measured_is_drawn_without_points() -> None:
    assert "<circle" not in svg({"b": (False, row([NONE], None))}, "t")


def test_all_values_lie_between_the_powers_of_ten() -> None:
    assert decades([0.017, 30.9]) == (-2, 2)
    assert decades([10.0, 10.0]) == (1, 2)
