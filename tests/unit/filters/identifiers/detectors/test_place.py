import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("elle habite à Mimizan", "elle habite à [VILLE:Mimizan]"),
        ("vit seule à douarnenez depuis", "vit seule à [VILLE:douarnenez] depuis"),
        ("consultation à Lyon", "consultation à [VILLE:Lyon]"),
    ],
)
def test_towns_of_people(text: str, expected: str) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text", ["consensus de Paris", "critères de Bethesda", "né en Algérie", "habite à domicile", "transféré à droite"]
)
def test_countries_and_classifications_stay(text: str) -> None:
    assert marked(text) == text
