from importlib import resources

import pytest

from filters.identifiers.lexicon.folding import fold
from filters.identifiers.lexicon.lists import ends_clinically, is_clinical, is_drug, words

LISTS = sorted(
    entry.name.removesuffix(".txt")
    for entry in resources.files("filters.identifiers.lexicon").joinpath("data").iterdir()
)


@pytest.mark.parametrize("name", LISTS)
def test_lists_hold_folded_words(name: str) -> None:
    assert words(name)
    assert all(word == fold(word) for word in words(name))


@pytest.mark.parametrize(
    "drug", ["kardegic", "doliprane", "adalimumab", "pembrolizumab", "candesartan", "levofloxacine"]
)
def test_drugs_are_known_by_name_or_ending(drug: str) -> None:
    assert is_drug(drug)


@pytest.mark.parametrize("name", ["lefevre", "martin", "kowalczyk", "benali", "nguyen", "diallo", "quemener"])
def test_people_are_no_drugs(name: str) -> None:
    """A rule of endings that eats a surname would leave it in clear."""
    assert not is_clinical(name)
    assert not ends_clinically(name)


@pytest.mark.parametrize("acronym", ["irm", "hta", "orl", "bpco", "ecbu", "ehpad"])
def test_acronyms_are_clinical(acronym: str) -> None:
    assert is_clinical(acronym)
