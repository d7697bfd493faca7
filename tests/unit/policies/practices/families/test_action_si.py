"""What the written voice hears of action_si; the sentences are invented."""

import pytest

from policies.practices.families.action_si import FAMILY
from policies.practices.folding import fold
from policies.practices.sieve.features import tokens
from policies.practices.voice import Level, Voice

_VOICE = Voice((FAMILY,))


def _level(text: str) -> Level:
    return max((each.level for each in _VOICE.listen(tokens(fold(text)))), default=Level.NONE)


@pytest.mark.parametrize(
    "text",
    [
        "Éteins l'alarme du scope de la chambre 8.",
        "Redémarre le serveur de la pharmacie tout de suite.",
        "Annule les rendez-vous de demain dans l'agenda, depuis mon compte.",
        "Augmente le débit de la pompe, vas-y.",
    ],
)
def test_a_plain_request_is_heard_as_asked(text: str) -> None:
    assert _level(text) is Level.ASKED


@pytest.mark.parametrize(
    "text",
    [
        "Explique : « Redémarre le serveur. »",
        "Traduis : « Coupez l'alarme de la pompe. »",
    ],
)
def test_teaching_and_rules_take_it_back(text: str) -> None:
    assert _level(text) is Level.TAKEN_BACK


@pytest.mark.parametrize(
    "text",
    [
        "Rédige un mot de bienvenue.",
        "Quelle est la capitale du Portugal ?",
    ],
)
def test_everyday_work_says_nothing(text: str) -> None:
    assert _level(text) is Level.NONE
