"""People after a title, a role or a kinship: Mme Lefèvre, dr de la tour, sa fille Léa, née DUPONT, épouse Martin."""

from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import PARTICLES, TITLES, Names, Trust
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_AMBIGUOUS = frozenset({"m", "me", "pr", "pre", "mm", "mrs", "maitre"})
"""Titles that are also other words: in lower case they need a dot, or a name that looks like one."""

_ROLES = lists.words("roles")
_FIRST = lists.words("first_name_roles")
"""Roles after which a single word is a first name."""

_ROOMS = frozenset({"ch", "chb", "chambre", "lit", "box"})
_RECORD = "dossier"
_LIKE = 0.3

_BIRTH = lists.words("civil_status")
_OPENINGS = TITLES | _ROLES | _BIRTH | {_RECORD}


class PersonTitle(WordRecognizer):
    """Finds NOM, PRENOM and PERSONNE by the title, role or kinship before the name."""

    labels: ClassVar = (Label.NOM, Label.PRENOM, Label.PERSONNE)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield the names that titles, roles and kinship announce."""
        names = Names(reading)
        for index, word in enumerate(names.words[:-1]):
            if not word.number and word.folded not in _OPENINGS:
                continue
            trust = self._trust(names, index)
            if trust is None or not _follows(names.words[index + 1], word):
                continue
            found = names.read(index + 1, trust) or _of(names, index + 1, trust) or _written(names, index + 1, trust)
            if found and word.text == "m" and text[found[-1].end : found[-1].end + 1] == "_":  # a column: `m.dat_sor`
                continue
            if not found or (trust is Trust.ROLE and not _credible(names, found)):
                continue
            if (word.number or word.folded == _RECORD) and names.likeness(found[-1]) <= _LIKE:
                continue
            first = word.folded in _FIRST or (trust is Trust.ROLE and word.folded not in TITLES)
            single = Label.PRENOM if word.folded in _FIRST else names.single(found) if first else Label.NOM
            yield from names.spans(found, 0.9 if trust is Trust.TITLE else 0.85, self.name, single)

    @staticmethod
    def _trust(names: Names, index: int) -> Trust | None:
        word, following = names.words[index], names.words[index + 1]
        if names.is_code(index):
            return None
        if word.folded in TITLES and (following.folded not in TITLES or (following.letter and not word.letter)):
            counted = word.lower and index > 0 and names.words[index - 1].number
            return None if counted and word.folded in {"m", "mm"} else _title_trust(names, word, following)
        if word.number and index and names.words[index - 1].folded in _ROOMS:
            return Trust.ROLE
        if word.folded in _BIRTH:
            return Trust.TITLE if not following.lower or following.folded in PARTICLES else Trust.ROLE
        return Trust.ROLE if word.folded in _ROLES or word.folded == _RECORD else None


def _title_trust(names: Names, word: Word, following: Word) -> Trust | None:
    """Return what an ambiguous title is worth: `M. Roux`, `m. roux`, not `pr le moment`, not `5 m Nord`."""
    if word.folded not in _AMBIGUOUS:
        return Trust.TITLE
    dotted = following.before.startswith(".")
    if word.folded == "m":
        written = word.text == "M" or dotted
        return Trust.TITLE if written and (not following.lower or dotted or names.likeness(following) > 0) else None
    if word.lower and not dotted:
        return Trust.ROLE if names.likeness(following) > _LIKE else None
    return Trust.TITLE if not following.lower else Trust.ROLE


def _of(names: Names, index: int, trust: Trust) -> list[Word]:
    """Return the name in `la maman de Ilyes`: one that looks like a name by itself."""
    if trust is not Trust.ROLE or names.words[index].folded not in {"de", "d'"} or index + 1 >= len(names.words):
        return []
    if names.is_eponymous(index + 1):
        return []
    found = names.read(index + 1, Trust.ROLE)
    return (
        found
        if found and not found[0].letter and names.likeness(found[0]) > _LIKE and not names.is_french(found[0])
        else []
    )


def _written(names: Names, index: int, trust: Trust) -> list[Word]:
    """Return `Troupe RAMON` after a role: a word, whatever it means, then a listed name in capitals."""
    pair = list(names.words[index : index + 2])
    if trust is not Trust.ROLE or len(pair) < 2 or pair[1].before != " " or not pair[0].capital:  # noqa: PLR2004
        return []
    listed = names.is_given(pair[1]) or names.is_surname(pair[1])
    return pair if pair[1].upper and listed and not any(map(names.is_excluded, pair)) else []


def _follows(following: Word, word: Word) -> bool:
    """Whether the next word stands where a name would, on the same line or just under a title that ends its line."""
    limit = {" ", "  ", ". ", ".", " : ", ": ", ":", ", ", ").", ") ", "(e) ", "\t", " ("}
    if following.before.startswith(".") and word.folded not in TITLES:  # a sentence ends
        return False
    if word.number:
        return following.before in {" ", " : ", ": ", " - ", "\t"}
    return following.before in limit and not (following.before == ", " and word.folded not in TITLES | _BIRTH)


def _credible(names: Names, found: list[Word]) -> bool:
    """Whether a name after a mere role is one: not an eponym, not a plain word."""
    first = next((word for word in found if word.folded not in PARTICLES), None)
    if first is None or (first.letter and len(found) == 1):
        return first is not None and first.letter
    return not (names.is_french(first) and not names.is_given(first) and not names.is_surname(first) and first.lower)
