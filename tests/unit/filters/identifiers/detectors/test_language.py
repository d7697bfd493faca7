import pytest

from filters.identifiers.detectors.language import Language
from filters.identifiers.errors import DetectorUnavailableError
from tests.fakes.detection import analyzer


def test_a_text_is_read_once_for_all() -> None:
    reading = analyzer()._language.process_text("Vu Kowandec", "fr")
    assert [word.text for word in reading.words] == ["Vu", "Kowandec"]
    assert len(reading.marked.tokens) == 2


def test_a_model_that_is_not_installed_stops_everything() -> None:
    """Catches a gateway that would serve without its detectors, or download them."""
    with pytest.raises(DetectorUnavailableError):
        Language("fr_core_news_none")


def test_a_text_without_words_is_read_too() -> None:
    assert analyzer()._language.process_text("", "fr").words == ()
