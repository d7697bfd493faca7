import pytest

from filters.identifiers.detectors.tagged import Tagged
from tests.fakes.detection import analyzer


def tagged(text: str) -> list[str]:
    reading = analyzer()._language.process_text(text, "fr")
    return [text[span.start : span.end] for span in Tagged().find(text, reading) if span.score > 0.5]


@pytest.mark.parametrize(
    "text",
    [
        "fais moi le crh de kowandec, vu ce jour",
        "revu kowandec hier soir, toujours algique",
        "CH 12 : KOWANDEC, dort bien",
        "prévenir kowandec et sa fille",
        "Kowandec va mieux, sortie demain",
    ],
)
def test_a_name_without_title_that_no_list_has_is_found_by_its_place(text: str) -> None:
    """Catches the names that rules cannot know: an unlisted surname in mid-sentence."""
    assert [word.lower() for word in tagged(text)] == ["kowandec"]


@pytest.mark.parametrize(
    "text",
    [
        "Signe de Babinski négatif, score de Glasgow à 15, pas de syndrome de Kowandec.",
        "un petit pansement sec, la masse est stable",
        "Bilan : NFS, CRP, ionogramme. Amoxicilline 1 g x 3/j pendant 7 jours.",
        "le patient est sorti avec sa fille",
    ],
)
def test_what_names_nobody_is_left(text: str) -> None:
    """Over-masking is a clinical fault: a drug or a score that the model cannot read."""
    assert tagged(text) == []


@pytest.mark.parametrize(
    "text", ["patient 2023-0457 vu", "Patiente 2021-0934, 54 ans", "référence 2024-1532", "bon 4512-7781"]
)
def test_a_year_and_a_number_are_no_normal_values(text: str) -> None:
    """Would leave: the number of a file, written as hospitals write them."""
    assert any("-" in found for found in tagged(text))


@pytest.mark.parametrize(
    ("text", "house"),
    [
        ("ehpad les glycines appelle pour une chute, rappeler demain", "les glycines"),
        ("retour foyer les tamaris demain, vsl commandé", "les tamaris"),
    ],
)
def test_a_house_of_plain_words_typed_in_haste_is_found(text: str, house: str) -> None:
    """Would leave: where somebody lives, since nothing but its place tells the name from words."""
    assert any(house in found for found in tagged(text))


def test_a_kind_of_house_is_nobody_s_home() -> None:
    """Catches questions about care that lose what they ask about."""
    assert tagged("sortie prévue en ehpad ou en maison de repos, quelles aides, quel délai") == []


def test_a_blood_pressure_is_no_date() -> None:
    """Catches a measure that the model cannot read: the network takes what stands after `fin` for the end of a stay."""
    found = tagged("Hémodialyse – séance du lundi 12 août 2024\nPoids 62,1 ; PA début 162/88, fin 128/71.\nFAV")
    assert found == ["lundi 12 août 2024"]


def test_normal_values_stay() -> None:
    """Catches results whose normal values a model cannot read any more."""
    text = "Paramètre;Valeur;Norme\nHb;12.4;12-16\nPlaquettes;150;150-400\nLeucocytes;6200;4000-9000\n"
    assert tagged(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "Le konzo est fréquent. Les enfants konzo marchent mal. Signes du konzo chez deux enfants. Le konzo progresse.",
        "nadege N N R R R M M N N N R R\nsabrina M S R R N N N R R M M",
        "GROUPE O RHESUS NEGATIF, R.A.I. NEGATIVES. E.C.G. DU JOUR NORMAL.",
        "Extubation à H6. Durant son hospitalisation, les bilans sont restés stables.",
        "Victime de sexe M, 26 ans, consciente.",
    ],
)
def test_what_grammar_says_to_be_nobody_is_left(text: str) -> None:
    """Over-masking: a term that the text speaks of, shifts in a rota, abbreviations with full stops, prepositions."""
    assert [word for word in tagged(text) if word not in {"nadege", "sabrina"}] == []


@pytest.mark.parametrize("text", ["vu par M. Tevita Taufana hier", "REMPLACE PAR M. TEXIER CE JOUR"])
def test_a_title_is_no_part_of_a_name(text: str) -> None:
    assert not any(found.startswith("M.") for found in tagged(text))
