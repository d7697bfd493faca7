"""References to articles are told from sentences about people."""

import pytest

from filters.identifiers.detectors.structures.reference import Reference
from tests.fakes.detection import marked

REFERENCES = (
    "Marchetti AE, Lindqvist GE, Tanaka JM. Hyperglycemic crises in adults. Diabetes Rev. 2009;32(7):1335-43",
    "Obuchi M, et al. Use of a standardised protocol. Intern Med Rev. 2014 Aug;44(7):1",
    "van der Meulen J. Un titre en français ? Rev Clin 2013;5 :12-9",
)


@pytest.mark.parametrize("reference", REFERENCES)
@pytest.mark.parametrize("before", ["", "1. ", "Références ", "[12] "])
def test_a_reference_is_in_print_and_nobody_of_the_record(reference: str, before: str) -> None:
    """Catches a bibliography that a model cannot read any more, and its authors' names carried through the text."""
    (field,) = Reference().fields(f"{before}{reference}")
    assert field.label is None
    assert f"{before}{reference}"[field.end :] == ""
    assert field.start <= len(before)


@pytest.mark.parametrize(
    "text",
    [
        "Le patient Dupont JP. vu en 2019;12:13",
        "Mme Martin A, vue le 12 mai. Diabète depuis 2012. Rien d'autre.",
        "Dupont JP, Martin A. Compte rendu. Cardiologie. Le 12 mai 2019 à 12:30",
        "Dupont JP. Contrôle annuel. Bloc trois. 2024;10:30",
        "Dupont JP. Adressé par le médecin traitant.\nBilan. Résultats. 2019;12:13",
        f"{'Le patient revient pour un bilan complet. ' * 2}Dupont JP. Bilan. Résultats. 2019;12:13",
    ],
)
def test_what_lacks_authors_title_or_journal_is_read_like_any_text(text: str) -> None:
    """Would leave: a patient with initials before a date, taken for an author."""
    assert list(Reference().fields(text)) == []


def test_the_same_name_elsewhere_is_masked() -> None:
    """Would leave: a patient who has the name of an author."""
    text = f"Mme Marchetti va mieux.\n{REFERENCES[0]}"
    assert marked(text).startswith("Mme [NOM:Marchetti] va mieux.")
