import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("transfert au CHU de Rennes", "transfert au [HOPITAL:CHU de Rennes]"),
        ("la clinique des Ormeaux", "la [HOPITAL:clinique des Ormeaux]"),
        ("EHPAD Les Glycines", "[HOPITAL:EHPAD Les Glycines]"),
    ],
)
def test_hospitals_with_their_name(text: str, expected: str) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize("text", ["service de cardiologie", "hôpital de jour", "retour en EHPAD", "avis du CHU demain"])
def test_kinds_of_places_name_no_place(text: str) -> None:
    assert marked(text) == text
