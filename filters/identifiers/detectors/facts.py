"""What one written word is by itself: in which lists it stands, whether French has it, how much it looks like a name.

Worked out once for each word of a text; every recogniser and the tagger ask for it.
"""

from dataclasses import dataclass

from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.folding import fold

HEADERS = lists.words("headers")
"""Names of fields: the header of a table holds no value."""

GRADES = frozenset({"II", "III", "IV", "VI", "VII", "VIII", "IX"})

_REFUSED = lists.words("never_names") | HEADERS
_GIVEN = lists.words("given_names")
_SURNAMES = lists.words("surnames")
_NAME_WORDS = lists.words("name_words")
_CLINICAL = lists.words("clinical")
_ACRONYMS = lists.words("acronyms")

_SHORT = 4
"""First names this short are acronyms too, unless written with a capital: Ana, Rita."""

_PURE = 0.45
"""A surname that resembles names this much is one, even if the dictionary has it (moreau, dupont)."""

_LISTED = 0.9
_UNKNOWN = 0.2
_UNKNOWN_CLINICAL = -0.5


@dataclass(slots=True, eq=False)
class Facts:
    """A word as it is written, looked up."""

    folded: str
    row: int
    """Row of its vector; -1 if it has none."""
    nameness: float | None
    """How much its vector resembles those of names: about 1 for names, -1 for other words; None without a vector."""
    in_dictionary: bool
    """Whether the dictionary has it, other than as a first name."""
    french: bool
    """The same, other than as a surname."""
    given: bool
    """Whether it is a listed first name."""
    surname: bool
    """Whether it is a listed surname."""
    borne: bool
    """Whether people bear it as a name, though it may be a plain word too: Petit, Sauvage, Rose."""
    drug: bool
    """Whether it is a drug: listed, or by its ending."""
    clinical: bool
    """Whether it belongs to the hospital's own language, drugs included."""
    ends_clinically: bool
    """Whether it ends as the nouns and adjectives of medicine do."""
    likeness: float
    """How much it looks like a name, about -1 to 1."""
    excluded: bool
    """Whether it can be no name without a title: numbers, grammar, clinical words, acronyms."""


def looked_up(text: str, row: int, nameness: float | None, *, in_dictionary: bool) -> Facts:
    """Return the facts of a word, given what the vocabulary has of it."""
    folded = fold(text)
    given, surname, plain = folded in _GIVEN, folded in _SURNAMES, folded in _NAME_WORDS
    french = in_dictionary and (not surname or plain or (nameness or 0.0) <= _PURE)
    drug, ending = lists.is_drug(folded), lists.ends_clinically(folded)
    clinical = drug or folded in _CLINICAL or folded in _ACRONYMS
    if given or surname:
        likeness = _LISTED
    elif nameness is not None:
        likeness = nameness
    else:
        likeness = _UNKNOWN_CLINICAL if french or ending else _UNKNOWN
    return Facts(
        folded,
        row,
        nameness,
        in_dictionary,
        french,
        given,
        surname,
        given or surname or plain,
        drug,
        clinical,
        ending,
        likeness,
        _is_excluded(text, folded, given=given, clinical=clinical),
    )


def _is_excluded(text: str, folded: str, *, given: bool, clinical: bool) -> bool:
    if text[0].isdigit() or folded in _REFUSED or text.endswith("'") or text in GRADES:
        return True
    several, upper = len(text) > 1, text.isupper()
    if given and (len(text) > _SHORT or (several and not upper and text[0].isupper())):
        return several and upper and folded in _CLINICAL
    return clinical
