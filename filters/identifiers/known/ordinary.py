"""Words that notes are full of and that a patient may bear as a name: lower case alone does not make them one.

The main process has no dictionary, so these are the project's own lists. Whatever they also know as a first name or a
surname is left out, for a name is better masked once too often; a few of those are adjectives before all.
"""

from functools import cache

from filters.identifiers.lexicon import lists

_NOTES = ("name_words", "never_names", "titles", "roles", "clinical", "acronyms", "hospital_kinds")
_NAMES = ("given_names", "surnames")
_ALL_THE_SAME = (
    "petit petite gros brun brune blanc blanche leger carre barre mai cousin voisin parent line pages "
    "hopital clinique eglise mairie ecole gare marche chateau stade cheval"
)


@cache
def _words() -> frozenset[str]:
    notes = frozenset[str]().union(*map(lists.words, _NOTES))
    return notes.difference(*map(lists.words, _NAMES)) | frozenset(_ALL_THE_SAME.split())


def is_listed(folded: str) -> bool:
    """Return whether a folded word is such a word."""
    return folded in _words()
