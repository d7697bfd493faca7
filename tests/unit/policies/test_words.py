"""What a person lacks, in each language."""

import datetime as dt

import pytest

from policies.decision import Language
from policies.words import WORDS

DAY = dt.date(2026, 11, 3)


def test_every_language_has_its_words() -> None:
    assert set(WORDS) == set(Language)


@pytest.mark.parametrize(
    ("language", "training", "signature", "habilitation"),
    [
        (
            Language.FRENCH,
            "formation RGPD (expirée le 03/11/2026)",
            "signature de la charte, version 2 (signée : version 1, le 03/11/2026)",
            "habilitation pour « Codage »",
        ),
        (
            Language.ENGLISH,
            "training RGPD (expired on 2026-11-03)",
            "signature of the charter, version 2 (signed: version 1, on 2026-11-03)",
            "authorisation for “Codage”",
        ),
    ],
)
def test_what_is_missing(language: Language, training: str, signature: str, habilitation: str) -> None:
    words = WORDS[language]
    assert words.training("RGPD", DAY) == training
    assert words.training("RGPD", None) == training.split(" (", maxsplit=1)[0]
    assert words.signature("2", {"0": DAY - dt.timedelta(1), "1": DAY}) == signature
    assert words.signature("2", {}) == signature.split(" (", maxsplit=1)[0]
    assert words.habilitation("Codage", None) == habilitation
