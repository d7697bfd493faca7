"""What is kept of a text is where its identifiers stand, and nothing else."""

import pickle

from filters.identifiers.entity import Label, Span
from filters.identifiers.text import Text
from gateway.masking.cache import SpanCache

SPANS = (Span(4, 10, Label.NOM),)


def test_a_text_seen_is_known() -> None:
    cache = SpanCache(10)
    cache.put(Text("Mme Morvan"), SPANS)
    assert cache.get(Text("Mme Morvan")) == SPANS
    assert cache.get(Text("Mme Morvan.")) is None


def test_field_and_form_are_part_of_the_question() -> None:
    """Catches `{"nom": "Rose"}` answered with what was found in a sentence about a flower."""
    cache = SpanCache(10)
    cache.put(Text("Rose", field="nom"), (Span(0, 4, Label.NOM),))
    assert cache.get(Text("Rose")) is None
    assert cache.get(Text("omRose", field="n")) is None
    assert cache.get(Text("Rose", field="nom", bare=True)) is None


def test_the_least_used_go_first() -> None:
    cache = SpanCache(2)
    for value in "ab":
        cache.put(Text(value), ())
    cache.get(Text("a"))
    cache.put(Text("c"), ())
    assert [cache.get(Text(value)) for value in "abc"] == [(), None, ()]
    assert len(cache) == 2


def test_long_texts_push_out_the_others() -> None:
    cache = SpanCache(100, characters=10)
    for value in ("aaaaaa", "bbb", "aaaaaa", "cccc"):
        cache.put(Text(value), ())
    assert [cache.get(Text(value)) for value in ("aaaaaa", "bbb", "cccc")] == [(), None, ()]
    cache.put(Text("d" * 11), ())
    assert cache.get(Text("d" * 11)) is None
    assert len(cache) == 2


def test_no_text_is_kept() -> None:
    """Catches patient text in the memory of a cache, and keys that another process could work out."""
    first, second = SpanCache(10), SpanCache(10)
    for cache in (first, second):
        cache.put(Text("Mme Morvan", field="nom"), SPANS)
    assert b"Morvan" not in pickle.dumps(first._found)
    assert first._found.keys() != second._found.keys()


def test_none_kept_where_none_is_wanted() -> None:
    cache = SpanCache(0)
    cache.put(Text("a"), ())
    assert cache.get(Text("a")) is None


def test_any_text_can_be_asked_for() -> None:
    """Catches half an emoji that makes a request fail."""
    assert SpanCache(1).get(Text("\ud83d")) is None
