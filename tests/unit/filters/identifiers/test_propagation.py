import pytest

from filters.identifiers.entity import Label, Span
from filters.identifiers.propagation import propagate
from filters.identifiers.text import Text


def carried(known: str, *others: str, label: Label = Label.NOM) -> list[list[str]]:
    """Return what is masked in `others` when `known` was found, whole, in a first text."""
    texts = [Text(known), *map(Text, others)]
    found = [[Span(0, len(known), label, 0.9)], *([] for _ in others)]
    result = propagate(texts, found)
    return [[text.value[span.start : span.end] for span in spans] for text, spans in zip(texts, result, strict=True)][
        1:
    ]


@pytest.mark.parametrize("written", ["Lefèvre", "lefevre", "LEFEVRE", "LEFÈVRE", "Le\u200bfèvre"])
def test_a_name_found_once_is_masked_however_it_is_written(written: str) -> None:
    """The name found in the header would leave in the body, in another case or without accents."""
    assert carried("Lefèvre", f"vu {written} ce jour") == [[written]]


def test_it_is_masked_in_earlier_texts_too() -> None:
    texts = [Text("kowalczyk va bien"), Text("Mme Kowalczyk")]
    assert propagate(texts, [[], [Span(4, 13, Label.NOM, 0.9)]])[0] == [Span(0, 9, Label.NOM, 0.9, "propagation")]


def test_a_name_inside_another_word_stays() -> None:
    assert carried("Martin", "un martinet et Saint-Martinien") == [[]]


@pytest.mark.parametrize(
    ("name", "plain"), [("Petit", "un petit oedème"), ("Masse", "une masse"), ("Parkinson", "parkinson")]
)
def test_common_words_and_eponyms_are_not_carried_to_plain_text(name: str, plain: str) -> None:
    assert carried(name, plain) == [[]]


def test_a_common_word_is_carried_after_a_title_or_in_the_same_capitals() -> None:
    assert carried("Petit", "mme petit va bien", "Petit va bien") == [["petit"], ["Petit"]]


def test_initials_go_with_the_surname() -> None:
    """`J. Kowalczyk` would leave a letter, and with it half of the initials."""
    note = "Jeanne Kowalczyk"
    found = [[Span(0, 6, Label.PRENOM, 0.9), Span(7, 16, Label.NOM, 0.9)], []]
    spans = propagate([Text(note), Text("signé J. Kowalczyk")], found)[1]
    assert [(span.start, span.end, span.label) for span in spans] == [(6, 7, Label.PRENOM), (9, 18, Label.NOM)]


def test_particles_alone_are_never_carried() -> None:
    assert carried("de La Tour", "la patiente de la chambre") == [[]]
