"""Credentials are kept from leaving; talk about credentials is not."""

import pytest

from filters.identifiers.detectors.credential import Credential

FOUND = [
    ("export AWS_KEY=AKIAIOSFODNN7EXAMPLE", ["AKIAIOSFODNN7EXAMPLE"]),
    ("git clone avec ghp_abcdefghijklmnopqrstuvwxyz0123456789", ["ghp_abcdefghijklmnopqrstuvwxyz0123456789"]),
    ("Mon mot de passe est Printemps2026!, merci", ["Printemps2026!"]),
    ("mdp: azerty123", ["azerty123"]),
    ("code e-CPS : 9021", ["9021"]),
    ('api_key="k-4f9a8b7c6d5e"', ["k-4f9a8b7c6d5e"]),
    ("-----BEGIN RSA PRIVATE KEY-----\nMIIabc\n-----END RSA PRIVATE KEY-----", None),
]
UNTOUCHED = [
    "Comment changer un mot de passe oublié ?",
    "La PSSI impose un mot de passe de 12 caractères.",
    "Le jeton de présence est remis au secrétariat.",
    "Le patient secrète une substance, code CCAM HHFA016.",
]


@pytest.mark.parametrize(("text", "expected"), FOUND)
def test_found(text: str, expected: list[str] | None) -> None:
    """A secret in clear at the model's supplier: the leak that this would let through."""
    found = [text[result.start : result.end] for result in Credential().analyze(text, [])]
    assert found == (expected or [text])


@pytest.mark.parametrize("text", UNTOUCHED)
def test_untouched(text: str) -> None:
    assert Credential().analyze(text, []) == []
