import pytest

from policies.practices.folding import fold, shown


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("À l’INSTANT", "a l'instant"),
        ("cœur « brisé »", 'coeur " brise "'),
        ("tr\u200bie", "trie"),
        ("ｔｒｉｅ", "trie"),
        ("сharte", "charte"),
        ("plain", "plain"),
    ],
)
def test_disguises_of_single_characters_fall(written: str, read: str) -> None:
    """Catches a word that a person reads and a filter does not."""
    assert fold(written) == read


def test_what_nobody_sees_goes() -> None:
    assert shown("a\u202eb\ufeffc\U000e0041") == "abc"
