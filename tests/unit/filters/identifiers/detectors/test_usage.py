"""How one text uses its words."""

import pytest

from filters.identifiers.detectors.usage import Usage
from filters.identifiers.lexicon.words import Word, read


def usage_of(text: str, word: str) -> tuple[Usage, Word]:
    words = read(text)
    return Usage(words), next(each for each in words if each.folded == word)


@pytest.mark.parametrize(
    "text",
    [
        "le patient va bien. il marche. pas de fievre. sortie demain.",
        "LE PATIENT VA BIEN. IL MARCHE. PAS DE FIEVRE. SORTIE DEMAIN.",
        "Le patient va bien.",
        "",
    ],
)
def test_a_text_is_not_taken_to_keep_its_capitals(text: str) -> None:
    """Would leave: names in lower case, in a text that has no capitals for anything or too little to tell."""
    assert not Usage(read(text)).careful


def test_a_text_that_keeps_its_capitals_is_told() -> None:
    assert Usage(read("Le patient va bien. Il marche. Pas de fièvre. Sortie demain.")).careful


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Le konzo est une maladie. Les signes du konzo sont connus. Le cas de konzo. Il dort.", "konzo"),
        ("Retrait du DIU. Le DIU était en place. Elle va bien. Pas de fièvre.", "diu"),
    ],
)
def test_what_a_text_speaks_of_as_a_thing_is_one(text: str, word: str) -> None:
    """Catches a term that no list has, masked forty times in one text."""
    usage, found = usage_of(text, word)
    assert usage.is_thing(found)


@pytest.mark.parametrize(
    ("text", "word"),
    [
        ("Mme Le Kowandec. Revue ce jour, Mme Le Kowandec va mieux.", "kowandec"),
        ("anne le kowandec et jean le kowandec sont venus", "kowandec"),
        ("LE KOWANDEC ANNE, LE KOWANDEC JEAN", "kowandec"),
        ("vu le Kowandec hier, Kowandec va mieux, Kowandec sort", "kowandec"),
        ("Vu le Kowandec hier. La Kowandec crie. Retour du Kowandec au lit. Il dort. Elle dort.", "kowandec"),
        ("la kowandec va mieux. le kowandec sort. la kowandec dort. rien d'autre.", "kowandec"),
    ],
)
def test_an_article_of_a_name_makes_no_thing(text: str, word: str) -> None:
    """Would leave: names that begin with an article, and a name that was said once after one."""
    usage, found = usage_of(text, word)
    assert not usage.is_thing(found)
