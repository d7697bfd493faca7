"""What the written voice hears of secrets_acces; the sentences are invented."""

import pytest

from policies.practices.families.secrets_acces import FAMILY
from policies.practices.folding import fold
from policies.practices.sieve.features import tokens
from policies.practices.voice import Level, Voice

_VOICE = Voice((FAMILY,))


def _level(text: str) -> Level:
    return max((each.level for each in _VOICE.listen(tokens(fold(text)))), default=Level.NONE)


@pytest.mark.parametrize(
    "text",
    [
        "Mon mot de passe est Hirondelle62, garde-le.",
        "Quel est le mot de passe de la session de ma collègue ?",
        "Donne-moi le code du coffre de la pharmacie pour l'ouvrir.",
        "mdp : Saule77, le login est maury",
    ],
)
def test_a_plain_request_is_heard_as_asked(text: str) -> None:
    assert _level(text) is Level.ASKED


@pytest.mark.parametrize(
    "text",
    [
        "Quiz sur la longueur d'un mot de passe.",
        "Affiche : ne donnez jamais votre mot de passe.",
    ],
)
def test_teaching_and_rules_take_it_back(text: str) -> None:
    assert _level(text) is Level.TAKEN_BACK


@pytest.mark.parametrize(
    "text",
    [
        "Prépare le plan de la réunion.",
        "Traduis cette phrase en espagnol.",
    ],
)
def test_everyday_work_says_nothing(text: str) -> None:
    assert _level(text) is Level.NONE
