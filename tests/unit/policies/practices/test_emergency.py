import pytest

from policies.practices.emergency import vital
from policies.practices.folding import fold
from policies.practices.sieve.features import tokens


@pytest.mark.parametrize(
    "text",
    [
        "Le patient ne respire plus, je fais quoi ??",
        "elle est en choc anaphylactique là maintenant quelle dose d'adrénaline",
        "patient not breathing what do I do",
    ],
)
def test_a_life_at_stake_now(text: str) -> None:
    assert vital(tokens(fold(text)))


@pytest.mark.parametrize(
    "text",
    [
        "Antécédent d'arrêt cardiaque en 2019, récupéré, bilan sans particularité.",
        "Corrige cette note, c'est urgent.",
        "Rédige la procédure de prise en charge du choc hémorragique.",
    ],
)
def test_no_life_at_stake_now(text: str) -> None:
    assert not vital(tokens(fold(text)))
