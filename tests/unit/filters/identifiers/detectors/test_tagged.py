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


def test_normal_values_stay() -> None:
    """Catches results whose normal values a model cannot read any more."""
    text = "Paramètre;Valeur;Norme\nHb;12.4;12-16\nPlaquettes;150;150-400\nLeucocytes;6200;4000-9000\n"
    assert tagged(text) == []
