from tests.fakes.detection import analyzer


def test_words_are_french_without_their_accents() -> None:
    knowledge = analyzer()._language.knowledge
    assert all(map(knowledge.is_french, ["presente", "présente", "fièvre", "fievre", "petit"]))
    assert not any(map(knowledge.is_french, ["kermarrec", "szymanski", "jean"]))


def test_vectors_know_names_they_were_not_taught() -> None:
    knowledge = analyzer()._language.knowledge
    assert (knowledge.nameness("rossin") or 0) > 0 > (knowledge.nameness("amoxicilline") or 0)


def test_only_words_of_the_dictionary_are_kept_after_their_text() -> None:
    """Catches a cache of what patients are called."""
    knowledge = analyzer()._language.knowledge
    asked = knowledge.asked()
    assert all(asked[word].folded for word in ("Kowandec", "Martin", "12031951", "dormi"))
    assert "dormi" in knowledge._kept
    assert knowledge._kept.keys().isdisjoint({"Kowandec", "Martin", "12031951"})
