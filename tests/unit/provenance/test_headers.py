"""Headers are RFC 9651, and ASCII whatever the hospital is called."""

import datetime as dt

import http_sf
import pytest

from gateway.provenance.headers import build
from policies.facts import AiSystem

ISSUED = dt.datetime(2026, 11, 23, 12, 0, 0, 999, tzinfo=dt.UTC)


def test_the_headers_of_an_answer() -> None:
    assert build(
        output_id="out_1",
        charter="2026-11-23",
        system=AiSystem("mistral-small", "3.2", "Mistral AI"),
        provider="CH Exemple",
        issued=ISSUED,
    ) == {
        "AI-Disclosure": 'mode=machine-generated, model="mistral-small 3.2", provider="CH Exemple", date=@1795435200',
        "Ecluse-Output": "out_1",
        "Ecluse-Charter": "2026-11-23",
    }


@pytest.mark.parametrize("name", ["Hôpital de l’Écluse", 'a "b" \\ c', "ligne\r\nSet-Cookie: x=1", "…"])
def test_any_name_survives_and_splits_no_header(name: str) -> None:
    """The bug caught: an accent that breaks the answer, or a line break that adds a header to it."""
    built = build(output_id=name, charter=name, system=AiSystem(name, "1", "S"), provider=name, issued=ISSUED)
    for value in built.values():
        assert value.isascii()
        assert value.isprintable()
    parsed = http_sf.parse(built["AI-Disclosure"].encode(), tltype="dictionary")
    assert str(parsed["provider"][0]) == name
