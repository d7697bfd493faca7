import pytest

from tests.fakes.detection import marked


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("rappeler jean kermarrec demain", "rappeler [PRENOM:jean] [NOM:kermarrec] demain"),
        ("KOWALCZYK Andrzej, PETIT Marie", "[NOM:KOWALCZYK] [PRENOM:Andrzej], [NOM:PETIT] [PRENOM:Marie]"),
        ("signé J.-P. Kowalczyk", "signé [PRENOM:J.-P.] [NOM:Kowalczyk]"),
        ("Lefèvre, Jean-Luc", "[NOM:Lefèvre], [PRENOM:Jean-Luc]"),
        ("LE GOFF-KERMARREC Maëlle, 34 ans", "[NOM:LE GOFF-KERMARREC] [PRENOM:Maëlle], 34 ans"),
        ("dire que claire dupuis a rdv", "dire que [PRENOM:claire] [NOM:dupuis] a rdv"),
        ("BB GARNIER Tom J2 ictère", "BB [NOM:GARNIER] [PRENOM:Tom] J2 ictère"),
        ("3 enfants (Sarah, David et Léa)", "3 enfants ([PRENOM:Sarah], [PRENOM:David] et [PRENOM:Léa])"),
        ("Bonjour Léa, merci", "Bonjour [PRENOM:Léa], merci"),
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
        "PaCO2 à 38, l'Elisa est positif, chute d'un Olivier, Crawford II, bilan martial",
        "Classification de Paris, Vienne, Milan, Baltimore",
        "score de Glasgow-Blatchford, Ranson, Balthazar E",
    ],
)
def test_medicine_is_nobody(text: str) -> None:
    """Over-masking takes the meaning out of a note."""
    assert marked(text) == text


@pytest.mark.parametrize("key", ["query", "city", "result", "true", "first name", "status", "country"])
def test_the_key_of_a_structure_is_nobody(key: str) -> None:
    """A key that comes to the model as [NOM_1] breaks the tool that reads it."""
    assert marked(key) == key


def test_a_lone_name_is_somebody() -> None:
    """Catches the rule for keys letting a name go: a cell of a table, an object keyed by patients."""
    assert marked("Kowalczyk") != "Kowalczyk"
    assert marked("kermarrec") != "kermarrec"
