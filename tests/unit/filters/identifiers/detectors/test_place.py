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


@pytest.mark.parametrize(
    ("text", "town"),
    [
        ("suivie par la PMI de Pézenas depuis mars", "Pézenas"),
        ("paludisme au retour de Ziguinchor, frottis positif", "Ziguinchor"),
        ("appendicectomie en 2016 à Amritsar", "Amritsar"),
        ("il a conduit jusqu'à Saint-Germain-du-Puy cette nuit", "Saint-Germain-du-Puy"),
    ],
)
def test_a_town_of_the_gazetteer_is_found(text: str, town: str) -> None:
    """Would leave: where somebody lives or comes from, in a place of some hundred people."""
    assert f"[VILLE:{town}]" in marked(text)


@pytest.mark.parametrize("text", ["score de Denver à 3", "méthode de Bethesda", "un test de Stanford normal"])
def test_a_town_abroad_is_no_place_after_a_mere_de(text: str) -> None:
    """Over-masking: scores and methods are named after towns."""
    assert "VILLE" not in marked(text)
