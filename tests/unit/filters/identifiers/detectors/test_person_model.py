from filters.identifiers.detectors.language import Entity, Reading
from filters.identifiers.detectors.person_model import PersonModel
from filters.identifiers.lexicon.words import read
from tests.fakes.detection import analyzer


def believed(text: str, entity: str) -> list[str]:
    """Return what is kept when the model believes that `entity` is a person."""
    start = text.index(entity)
    reading = Reading(read(text), [Entity(start, start + len(entity), "PER")], analyzer()._language.knowledge)
    return [text[span.start : span.end] for span in PersonModel().find(text, reading)]


def test_a_name_that_the_model_sees_is_kept_without_the_words_around_it() -> None:
    assert believed("Avis de Zbigniew Kowalczyk ce jour", "Zbigniew Kowalczyk ce") == ["Zbigniew", "Kowalczyk"]


def test_what_the_model_mistakes_for_people_is_dropped() -> None:
    """The model takes drugs, adjectives and eponyms for people."""
    for text in ("pyrazinamide", "primigeste", "Koch", "Valproate", "stase stercorale", "BPCO", "Takayasu"):
        assert believed(f"Notion de {text} ici", text) == []


def test_a_word_alone_that_stands_as_a_thing_or_an_author_is_dropped() -> None:
    """Brands and operations are written with capitals, after an article or `sous`."""
    for text in ("bénéficié d'un Zylberstein", "sous Zylberstein", "Zylberstein (2020) confirme"):
        assert believed(text, "Zylberstein") == []


def test_a_word_glued_in_haste_does_not_hide_the_name_behind_it() -> None:
    assert believed("ok jpréviens kermarrec", "jpréviens kermarrec") == ["kermarrec"]
