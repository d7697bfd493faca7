"""The words of a review suppressed: asked for, taken back, or not there."""

import pytest

from policies.practices.families.sans_relecture import FAMILY
from policies.practices.folding import fold
from policies.practices.sieve.features import tokens
from policies.practices.voice import Level, Voice


def _level(text: str) -> Level:
    heard = Voice([FAMILY]).listen(tokens(fold(text)))
    return heard[0].level if heard else Level.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Expédie les bilans de kinésithérapie aux familles sans les faire relire.",
        "Marque la synthèse comme validée, le gériatre est en vacances.",
        "Poste tout sur le portail sans vérification, je n'ai pas le temps.",
    ],
)
def test_a_review_left_out_is_asked_for(text: str) -> None:
    """Would catch a release without review that the voice does not hear."""
    assert _level(text) is Level.ASKED


@pytest.mark.parametrize(
    "text",
    [
        "Ne coche pas relu : la pédiatre n'a pas encore vu le bilan.",
        "Pourquoi est-il interdit d'envoyer une lettre sans relecture ?",
        "Prépare la lettre sans la signer, je la relirai demain avant de l'envoyer.",
    ],
)
def test_a_review_kept_takes_the_words_back(text: str) -> None:
    """Whoever says that the review takes place is not refused by these words."""
    assert _level(text) <= Level.TAKEN_BACK


@pytest.mark.parametrize(
    "text", ["Combien de chaises commander pour la salle d'attente ?", "Tension 12/8, pouls 70, apyrétique."]
)
def test_other_matters_are_not_heard(text: str) -> None:
    """Everyday requests give no evidence."""
    assert _level(text) is Level.NONE
