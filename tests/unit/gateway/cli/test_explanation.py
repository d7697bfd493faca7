import datetime as dt

from filters.identifiers.entity import ALL_LABELS, Label, Span
from filters.identifiers.masker import Masker
from filters.identifiers.text import Text
from gateway.cli.explanation import rows


def test_each_passage_says_who_found_it_and_by_what() -> None:
    text = "vu Mme\nKermarrec, tel 06 12 34 56 78"
    found = [
        Span(7, 16, Label.NOM, 0.9, "PersonTitle"),
        Span(22, 36, Label.TEL, 0.96, "Phone", "ten digits"),
    ]
    masked = Masker(lambda: dt.date(2026, 11, 23)).mask([Text(text)], [found], ALL_LABELS)
    assert list(rows(text, masked)) == [
        ("7", "16", "Kermarrec", "NOM", "0.90", "PersonTitle", ""),
        ("22", "36", "06 12 34 56 78", "TEL", "0.96", "Phone", "ten digits"),
    ]
