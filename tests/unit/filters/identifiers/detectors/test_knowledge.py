from tests.fakes.detection import analyzer


def test_words_are_french_without_their_accents() -> None:
    knowledge = analyzer()._language.knowledge
    assert all(map(knowledge.is_french, ["presente", "présente", "fièvre", "fievre", "petit"]))
    assert not any(map(knowledge.is_french, ["kermarrec", "szymanski", "jean"]))


def test_vectors_know_names_they_were_not_taught() -> None:
    knowledge = analyzer()._language.knowledge
    assert (knowledge.nameness("rossin") or 0) > 0 > (knowledge.nameness("amoxicilline") or 0)
