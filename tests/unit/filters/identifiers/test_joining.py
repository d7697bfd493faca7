"""Spans joined to what is written with them."""

import pytest

from filters.identifiers.entity import Label, Span
from filters.identifiers.joining import bridged, completed
from filters.identifiers.text import Text

NAMES = (Label.NOM, Label.PRENOM, Label.PERSONNE)
PLACES = (Label.HOPITAL, Label.ORGANISATION, Label.VILLE, Label.ADRESSE)


@pytest.mark.parametrize("joint", ["-", "--", "–", "'"])
@pytest.mark.parametrize("second", NAMES)
def test_a_name_with_a_joint_is_one_name(second: Label, joint: str) -> None:
    """Would leave: that two placeholders are one person's, whose name is double, and the joint itself."""
    text = f"Dr Lebrun{joint}Castel Remi"
    end = len(text)
    spans = [Span(3, 9, Label.NOM, 0.9), Span(end - 11, end - 5, second, 0.7), Span(end - 4, end, Label.PRENOM, 0.7)]
    assert bridged(text, spans) == [Span(3, end - 5, Label.NOM, 0.9), spans[2]]


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("turned", [False, True])
def test_a_place_named_after_somebody_is_one_place(place: Label, turned: bool) -> None:  # noqa: FBT001 (a parameter of the test)
    labels = (Label.NOM, place) if turned else (place, Label.NOM)
    spans = [Span(0, 11, labels[0], 0.8), Span(12, 17, labels[1], 0.8)]
    assert bridged("lycée Louis-Marel", spans) == [Span(0, 17, place, 0.8)]


def test_one_number_that_reads_like_two_is_one() -> None:
    spans = [Span(0, 3, Label.IPP, 0.8), Span(4, 10, Label.NDA, 0.8)]
    assert bridged("CDD-201187", spans) == [Span(0, 10, Label.IPP, 0.8)]


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("2019-2021", (Label.DATE, Label.DATE)),
        ("2019-0612", (Label.DATE, Label.TEL)),
        ("Rosa-0612", (Label.NOM, Label.TEL)),
        ("Nice-Nimes", (Label.VILLE, Label.HOPITAL)),
        ("Rosa Remi", (Label.NOM, Label.NOM)),
    ],
)
def test_two_things_stay_two(text: str, labels: tuple[Label, Label]) -> None:
    spans = [Span(0, 4, labels[0], 0.9), Span(5, len(text), labels[1], 0.9)]
    assert bridged(text, spans) == spans


@pytest.mark.parametrize(
    ("text", "span", "expected"),
    [
        ("mme h. 34 ans", Span(4, 5, Label.NOM), "h."),
        ("J.-Y. Roux", Span(0, 4, Label.PRENOM), "J.-Y."),
        ("vu par Jean. Il va bien", Span(7, 11, Label.PRENOM), "Jean"),
        ("agee de 94 ans et demi", Span(8, 10, Label.AGE_SUP_89), "94 ans"),
        ("agee de 94 anses", Span(8, 10, Label.AGE_SUP_89), "94"),
        ("h.2", Span(0, 1, Label.NOM), "h"),
        ("bloc H24-07715", Span(6, 14, Label.ID), "H24-07715"),
        ("sejour NDA5240017", Span(10, 17, Label.NDA), "5240017"),
    ],
)
def test_what_is_written_with_an_identifier_goes_with_it(text: str, span: Span, expected: str) -> None:
    (found,) = completed(Text(text), [span])
    assert text[found.start : found.end] == expected


@pytest.mark.parametrize(
    ("text", "name", "expected"),
    [
        ("vue au Centre de génétique Jacques-Morvan", "Jacques-Morvan", "Centre de génétique Jacques-Morvan"),
        ("adressé au Nouvel Hôpital du Rhin", "Hôpital du Rhin", "Nouvel Hôpital du Rhin"),
        ("retour à la maison après Les Tilleuls", "Les Tilleuls", "Les Tilleuls"),
        ("sortie de la maison vers le CHU", "CHU", "CHU"),
    ],
)
def test_what_a_house_is_goes_with_its_name(text: str, name: str, expected: str) -> None:
    start = text.index(name)
    (found,) = completed(Text(text), [Span(start, start + len(name), Label.HOPITAL)])
    assert text[found.start : found.end] == expected
