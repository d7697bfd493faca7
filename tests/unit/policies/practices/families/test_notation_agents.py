"""The words of people rated: asked for, taken back, or not there."""

import pytest

from policies.practices.families.notation_agents import FAMILY
from policies.practices.folding import fold
from policies.practices.sieve.features import tokens
from policies.practices.voice import Level, Voice


def _level(text: str) -> Level:
    heard = Voice([FAMILY]).listen(tokens(fold(text)))
    return heard[0].level if heard else Level.NONE


@pytest.mark.parametrize(
    "text",
    [
        "Dis-moi lequel de ces candidats recruter au bloc.",
        "Attribue une note sur 20 à chaque stagiaire et propose une sanction pour le dernier.",
        "Classe les infirmières de la plus efficace à la moins efficace, la prime ira aux meilleures.",
    ],
)
def test_a_rating_is_asked_for(text: str) -> None:
    """Would catch a person rated whom the voice does not hear of."""
    assert _level(text) is Level.ASKED


@pytest.mark.parametrize(
    "text",
    [
        "Prépare une grille vierge pour noter les stagiaires.",
        "Pourquoi est-il interdit de noter les candidats avec un outil ?",
        "Quels agents de contraste sont classés à risque ?",
    ],
)
def test_tools_and_products_take_the_words_back(text: str) -> None:
    """A form without people, and agents that are products, are not refused by these words."""
    assert _level(text) <= Level.TAKEN_BACK


@pytest.mark.parametrize(
    "text", ["Combien de chaises commander pour la salle d'attente ?", "Tension 12/8, pouls 70, apyrétique."]
)
def test_other_matters_are_not_heard(text: str) -> None:
    """Everyday requests give no evidence."""
    assert _level(text) is Level.NONE
