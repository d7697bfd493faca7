"""The words of a decision left to the machine: asked for, taken back, or not there."""

import pytest

from policies.practices.families.decision_automatisee import FAMILY
from policies.practices.folding import fold
from policies.practices.sieve.features import tokens
from policies.practices.voice import Level, Voice


def _level(text: str) -> Level:
    heard = Voice([FAMILY]).listen(tokens(fold(text)))
    return heard[0].level if heard else Level.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Tu décides si on garde la patiente en dialyse, on appliquera ton choix à la lettre.",
        "Je te laisse juge : retour à domicile ou réanimation, ta réponse suffira.",
        "Que le logiciel accepte ou refuse seul les demandes de transfert, personne ne reverra derrière.",
        "Whatever you decide about this admission, yes or no, I'll do it.",
    ],
)
def test_it_is_heard_where_it_is_asked_for(text: str) -> None:
    """Would catch a decision handed over that the voice does not hear."""
    assert _level(text) is Level.ASKED


@pytest.mark.parametrize(
    "text",
    [
        "L'équipe de soins palliatifs décide avec la famille : rédige une phrase pour le livret, sans rien trancher.",
        "Explique pourquoi il est interdit que l'IA décide d'un arrêt de traitement.",
    ],
)
def test_words_that_turn_the_sense_take_it_back(text: str) -> None:
    """Whoever speaks of a decision that people take is not refused by these words."""
    assert _level(text) <= Level.TAKEN_BACK


@pytest.mark.parametrize(
    "text",
    [
        "La bouilloire de la salle de pause fuit, qui prévenir ?",
        "Pose une attelle amovible, contrôle dans dix jours.",
    ],
)
def test_other_matters_are_not_heard(text: str) -> None:
    """Everyday sentences give no evidence."""
    assert _level(text) is Level.NONE
