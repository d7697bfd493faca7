"""Which words notes are full of."""

from filters.identifiers.known.ordinary import is_listed


def test_words_of_notes_are_told_from_names() -> None:
    """Catches a first name that is left in lower case because a list of words holds it as well."""
    assert all(map(is_listed, ("petit", "masse", "rose", "hopital", "matin")))
    assert not any(map(is_listed, ("martin", "vincent", "eva", "kerbrat")))
