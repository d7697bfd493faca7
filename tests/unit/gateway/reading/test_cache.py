from gateway.reading.cache import RecognitionCache
from policies.facts import Recognised, Recognition

FOUND = Recognition((Recognised("tri_patients", 0.9),))


def test_keeps_the_latest_and_no_text() -> None:
    """Catches a request's words that stay in memory after it."""
    cache = RecognitionCache(2)
    for text in ("Mme Morvan", "deux", "trois"):
        cache.put(text, FOUND)
    assert cache.get("Mme Morvan") is None
    assert cache.get("trois") == FOUND
    assert "Morvan" not in repr(vars(cache))


def test_what_is_asked_for_stays() -> None:
    cache = RecognitionCache(2)
    cache.put("un", FOUND)
    cache.put("deux", FOUND)
    cache.get("un")
    cache.put("trois", FOUND)
    assert (cache.get("un"), cache.get("deux")) == (FOUND, None)


def test_may_keep_nothing() -> None:
    cache = RecognitionCache(0)
    cache.put("un", FOUND)
    assert cache.get("un") is None
