from tests.fakes.detection import analyzer


def test_a_surname_that_is_a_word_too_is_told_from_a_word() -> None:
    facts = analyzer()._language.knowledge.facts
    assert facts("fièvre").french
    assert facts("fièvre").excluded is facts("fièvre").clinical
    assert facts("Martin").surname
    assert facts("Petit").borne


def test_grammar_numbers_and_grades_are_no_names() -> None:
    facts = analyzer()._language.knowledge.facts
    assert all(facts(word).excluded for word in ("le", "12", "III", "l'", "paracétamol"))
    assert not facts("Kowandec").excluded


def test_a_name_looks_more_like_one_than_a_drug() -> None:
    facts = analyzer()._language.knowledge.facts
    assert facts("Lefèvre").likeness > facts("Kowandec").likeness > facts("amoxicilline").likeness
