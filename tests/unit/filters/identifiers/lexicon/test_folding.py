from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.lexicon.folding import clean, fold

INVISIBLE = "\u200b\u00ad\u2060\ufeff\u200d"


def test_invisible_characters_hide_nothing() -> None:
    """A zero-width space in the middle of a name would let the whole name leave."""
    text = "Mme Le\u200bf\u00adèvre\u202fJeanne"
    cleaned = clean(text)
    assert cleaned.text == "Mme Lefèvre Jeanne"
    start, end = cleaned.original(4, 11)
    assert text[start:end] == "Le\u200bf\u00adèvre"


def test_decomposed_accents_are_composed_and_stay_with_their_letter() -> None:
    """A span that ends before a combining accent would leave the accent behind."""
    text = "André part"
    decomposed = "Andre\u0301 part"
    cleaned = clean(decomposed)
    assert cleaned.text == text
    start, end = cleaned.original(0, 5)
    assert decomposed[start:end] == "Andre\u0301"


@pytest.mark.parametrize(
    ("text", "shown", "name"),
    [
        ("Mme **Kermarrec** va bien", "Mme Kermarrec va bien", "Kermarrec"),
        ("Mme *Kermarrec*, 3 x 2*4", "Mme Kermarrec, 3 x 2*4", "Kermarrec"),
        ("Mme <b>Kermarrec</b> Jeanne", "Mme Kermarrec Jeanne", "Kermarrec"),
        ("Mme&nbsp;Lef&egrave;vre &lt;va&gt;", "Mme Lefèvre <va>", "Lef&egrave;vre"),
        ("Mme Lef&#232;vre &#xe9;", "Mme Lefèvre é", "Lef&#232;vre"),
        (r"Mme Lef\u00e8vre\nva", "Mme Lefèvre\nva", r"Lef\u00e8vre"),
        ("Mme Lef&egravevre va", "Mme Lefèvre va", "Lef&egravevre"),
        ("Mme%20Lef%C3%A8vre%20va", "Mme Lefèvre va", "Lef%C3%A8vre"),
        ("Mme Lef=C3=A8vre=20va", "Mme Lefèvre va", "Lef=C3=A8vre"),
        ("Mme Lef=E8vre va", "Mme Lefèvre va", "Lef=E8vre"),
        ("Mme Kоwаlczyk va", "Mme Kowalczyk va", "Kоwаlczyk"),
    ],
)
def test_markup_hides_nothing_and_stays_around_the_name(text: str, shown: str, name: str) -> None:
    """Stars and entities between a title and a name would let the name leave."""
    cleaned = clean(text)
    assert cleaned.text == shown
    start, end = cleaned.original(4, 4 + len(clean(name).text))
    assert text[start:end] == name


@pytest.mark.parametrize("text", ["SpO2 98%20 L, 0,9%50 mL", "CRP=45, K=20, x=3D", "Кравченко", "β-bloquant", "R&D"])
def test_values_and_other_alphabets_are_read_as_they_are(text: str) -> None:
    assert clean(text).text == text


def test_full_width_digits_read_as_digits() -> None:
    assert clean("１２３").text == "123"


@given(st.text(alphabet=st.sampled_from("abéœ 'ß-1*&;#<>/n\\\\%=C3A9Eоа\n" + INVISIBLE + "\u00a0\u0301"), max_size=40))
def test_offsets_lead_back_to_the_original(text: str) -> None:
    """Wrong offsets would mask beside the identifier."""
    cleaned = clean(text)
    places = [cleaned.original(n, n + 1) for n in range(len(cleaned.text))]
    assert all(0 <= start < end <= len(text) for start, end in places)
    assert all(before[1] <= after[0] for before, after in pairwise(places))
    whole = cleaned.original(0, len(cleaned.text))
    assert set(text[: whole[0]]) | set(text[whole[1] :]) <= set(INVISIBLE + "*<>/b=\n")


def test_folding_ignores_case_accents_and_ligatures() -> None:
    assert fold("Cœur-Élodie ŁUKASZ") == "coeur-elodie lukasz"
