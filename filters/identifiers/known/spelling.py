"""Slips of the keyboard."""


def one_slip(word: str, meant: str) -> bool:
    """Return whether one letter too many, too few, wrong, or swapped with the next, makes `word` of `meant`."""
    if word == meant or abs(len(word) - len(meant)) > 1:
        return False
    at = next((place for place, (one, other) in enumerate(zip(word, meant, strict=False)) if one != other), len(word))
    if len(word) == len(meant):
        swapped = word[at : at + 2] == meant[at : at + 2][::-1] and word[at + 2 :] == meant[at + 2 :]
        return swapped or word[at + 1 :] == meant[at + 1 :]
    longer, shorter = (word, meant) if len(word) > len(meant) else (meant, word)
    return longer[at + 1 :] == shorter[at:]
