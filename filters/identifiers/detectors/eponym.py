"""Names that are not persons of the record: eponyms after `maladie de`, listed eponyms, authors quoted in print."""

from collections.abc import Sequence

from filters.identifiers.lexicon.lists import words as listed
from filters.identifiers.lexicon.words import Word

_TRIGGERS = listed("eponym_triggers")
_BETWEEN = listed("eponym_links")
_EPONYMS = listed("eponyms")
_FAR = 5


def is_listed(word: Word) -> bool:
    """Whether the word is a listed eponym."""
    return word.folded in _EPONYMS


def is_eponymous(words: Sequence[Word], index: int) -> bool:
    """Whether the word at `index` stands as an eponym, by its list, by what precedes it, or as an author quoted."""
    return is_listed(words[index]) or follows_trigger(words, index) or is_quoted(words, index)


def follows_trigger(words: Sequence[Word], index: int) -> bool:
    """Whether a word such as `maladie de` stands before the word, with nothing but grammar or names between."""
    for back in range(index - 1, max(-1, index - 1 - _FAR), -1):
        if words[back + 1].before.strip(" -'\"«»“”\n"):
            return False
        word = words[back]
        if word.folded in _TRIGGERS:
            return True
        if word.number:
            return False
        if word.folded not in _BETWEEN and word.lower:
            return False
    return False


def is_enumerated(words: Sequence[Word], index: int) -> bool:
    """Whether a listed eponym stands beside the word in an enumeration: `Ranson, Balthazar`, `Harris et Benedict`."""
    for step in (-1, 1):
        link = words[max(index, index + step)].before if 0 <= index + step < len(words) else ""
        near = index + step
        if link == " " and words[near].folded in {"et", "ou"}:
            near += step
        elif link not in {", ", "/", " / ", "-"}:
            continue
        if 0 <= near < len(words) and is_listed(words[near]) and not words[near].lower:
            return True
    return False


def is_quoted(words: Sequence[Word], index: int) -> bool:
    """Whether `et al.`, `et coll.` follow within the name's reach."""
    for ahead in range(index + 1, min(index + 4, len(words) - 1)):
        if words[ahead].folded == "et" and words[ahead + 1].folded in {"al", "coll", "col", "collaborateurs"}:
            return True
        if words[ahead].lower:
            return False
    return False
