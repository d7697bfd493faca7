import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rappeler jean kermarrec demain", "rappeler [PRENOM:jean] [NOM:kermarrec] demain"),
        ("KOWALCZYK Andrzej, PETIT Marie", "[NOM:KOWALCZYK] [PRENOM:Andrzej], [NOM:PETIT] [PRENOM:Marie]"),
        ("signé J.-P. Kowalczyk", "signé [PRENOM:J.-P]. [NOM:Kowalczyk]"),
        ("Lefèvre, Jean-Luc", "[NOM:Lefèvre], [PRENOM:Jean-Luc]"),
    ],
)
def test_words_that_look_like_a_name_side_by_side(text: str, expected: str) -> None:
    assert marked(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "syndrome de Guillain-Barré, maladie de Parkinson, score de Glasgow",
        "anse de Roux, drain de Redon, sonde de Foley, test de Romberg",
        "Kardegic",
        "Doliprane Spasfon Gaviscon",
        "IRM cérébrale et ECG normaux, HTA connue",
        "selon Kowalczyk et al. le risque est faible",
    ],
)
def test_medicine_is_nobody(text: str) -> None:
    """Over-masking takes the meaning out of a note."""
    assert marked(text) == text
