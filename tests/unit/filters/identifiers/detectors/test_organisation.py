import pytest

from tests.fakes.detection import marked


def test_schools_and_associations_with_their_name() -> None:
    found = marked("suivi par l'association Horizon Refuge")

    assert found.replace("association ", "") == "suivi par l'[ORGANISATION:Horizon Refuge]"  # its kind, or not


def test_acronyms_and_kinds_stay() -> None:
    text = "dossier MDPH et CAF, va à l'école, travaille en entreprise"
    assert marked(text) == text


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("arret de travail, caissiere chez ponant distribution, secu", "ponant distribution"),
        ("logée au cada les tilleuls depuis mai", "les tilleuls"),
        ("frère sur le chantier Batirex", "Batirex"),
    ],
)
def test_the_words_before_it_tell_an_employer_or_a_house(text: str, name: str) -> None:
    """Would leave: where somebody works or lives, in words that mean something else."""
    assert f"[ORGANISATION:{name}]" in marked(text).replace("cada ", "")  # its kind, or not


@pytest.mark.parametrize(
    "text",
    [
        "il travaille chez ses parents",
        "stagiaire chez nous depuis lundi",
        "elle travaille de nuit chez un particulier",
        "poste à pourvoir chez les infirmiers",
    ],
)
def test_people_in_general_are_no_employer(text: str) -> None:
    assert "ORGANISATION" not in marked(text)
