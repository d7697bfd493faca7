from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from filters.identifiers.entity import Label, Span
from filters.identifiers.overlaps import cleared, settle, trimmed


@st.composite
def spans(draw: st.DrawFn) -> Span:
    start = draw(st.integers(0, 30))
    length = draw(st.integers(1, 12))
    score = draw(st.sampled_from([0.5, 0.6, 0.75, 0.99]))
    return Span(start, start + length, draw(st.sampled_from(list(Label))), score, draw(st.sampled_from("abc")))


@given(st.lists(spans(), max_size=8))
def test_settled_spans_do_not_overlap_and_uncover_nothing(found: list[Span]) -> None:
    """A character that a detector found and that settling uncovers leaves the hospital."""
    settled = settle(found)
    assert settled == sorted(settled, key=lambda span: span.start)
    assert all(before.end <= after.start for before, after in pairwise(settled))
    covered = {n for span in found for n in range(span.start, span.end)}
    assert {n for span in settled for n in range(span.start, span.end)} == covered


@given(st.lists(spans(), max_size=6).flatmap(lambda found: st.tuples(st.just(found), st.permutations(found))))
def test_the_order_of_detectors_does_not_matter(pair: tuple[list[Span], list[Span]]) -> None:
    assert settle(pair[0]) == settle(pair[1])


def test_the_surer_wins() -> None:
    number = Span(0, 15, Label.SECU, 0.99, "nir")
    phone = Span(2, 12, Label.TEL, 0.6, "phone")
    assert settle([phone, number]) == [number]


def test_the_more_precise_label_of_a_person_wins() -> None:
    assert settle([Span(0, 6, Label.PERSONNE, 0.9), Span(0, 6, Label.NOM, 0.9)]) == [Span(0, 6, Label.NOM, 0.9)]


def test_a_full_stop_alone_is_nobody() -> None:
    """Catches `[NOM_2][PRENOM_3]` for `C.`, of which one detector found the letter and another both."""
    text = "Marion C. va bien"
    assert trimmed(text, [Span(7, 8, Label.NOM), Span(8, 9, Label.PRENOM)]) == [Span(7, 9, Label.NOM)]


def test_edges_without_letters_are_trimmed() -> None:
    text = "DUPONT , Jean"
    assert trimmed(text, [Span(0, 9, Label.NOM), Span(6, 8, Label.PRENOM)]) == [Span(0, 6, Label.NOM)]


@given(st.lists(spans(), max_size=6), st.lists(st.tuples(st.integers(0, 30), st.integers(1, 6)), max_size=4))
def test_a_veto_takes_its_own_characters_and_no_others(found: list[Span], stretches: list[tuple[int, int]]) -> None:
    """A veto that dropped whole findings would let out the part of a name beside a code."""
    plain = [(start, start + length) for start, length in stretches]
    vetoed = {place for start, end in plain for place in range(start, end)}
    before = {place for span in found for place in range(span.start, span.end)}
    after = {place for span in cleared(found, plain) for place in range(span.start, span.end)}
    assert after == before - vetoed
