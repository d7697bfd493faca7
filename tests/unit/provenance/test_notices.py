"""A visible notice is whole, or the answer does not leave."""

import pytest

from gateway.errors import ProvenanceUnavailableError
from gateway.provenance.notices import appended, sentence
from policies.facts import AiSystem

SYSTEM = AiSystem("Mistral {Small}", "3.2", "Mistral AI")


def test_the_system_that_answered_is_named() -> None:
    template = "Préparé avec l’assistance d’une IA ({nom}, {version})."
    assert appended(template, SYSTEM) == "\n\nPréparé avec l’assistance d’une IA (Mistral {Small}, 3.2)."


def test_no_notice_is_asked_for() -> None:
    assert (sentence(None, SYSTEM), appended(None, SYSTEM)) == (None, "")


@pytest.mark.parametrize(
    ("template", "system"),
    [
        ("Par {nom}.", AiSystem(" ", "1", "S")),
        ("Par {nom}.", AiSystem("A", "", "S")),
        ("Par {nom}, relu par {relecteur}.", SYSTEM),
        ("Par {}.", SYSTEM),
        ("Par {nom.", SYSTEM),
        ("Par {nom.secret}.", SYSTEM),
        ("  ", SYSTEM),
    ],
)
def test_a_notice_with_a_gap_is_refused(template: str, system: AiSystem) -> None:
    """The bug caught: « préparé avec (, ) » or « relu par {relecteur} » in a patient's letter."""
    with pytest.raises(ProvenanceUnavailableError):
        appended(template, system)
