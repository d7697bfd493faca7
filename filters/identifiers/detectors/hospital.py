"""Hospitals and care homes, by what they are and their name. `service de cardiologie`, `hôpital de jour` stay."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import Names
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_KINDS = re.compile(
    r"(?<![\w-])(?:CHU|CHRU|CHR|CHI|CHS|CHIC|CH|GHU|GHT|GHEF|GHI|GHR|HIA|CHD|CHICAS|EPSM|EHPAD|Ehpad|ehpad|SSR|"
    r"SMR|USLD|MAS|FAM|IME|"
    r"[Cc]entres? (?:[Hh]ospitaliers?|[Mm]édical|[Mm]édico[- ]\w{3,14}|[Cc]ardiologique|[Cc]hirurgical|"
    r"[Dd]e [Rr]ééducation|"
    r"[Dd]e [Ss]anté|[Dd]e [Ss]oins|[Dd]e lutte contre le cancer|[Dd]e dialyse)"
    r"(?: (?:universitaire|régional|intercommunal|spécialisé|général|départemental|Universitaire|Régional|"
    r"Intercommunal))*|"
    r"CENTRE HOSPITALIER(?: UNIVERSITAIRE| RÉGIONAL| REGIONAL| INTERCOMMUNAL)*|"
    r"[Hh][ôo]pit(?:al|aux)|H[ÔO]PITAL|[Cc]linique|CLINIQUE|[Pp]olyclinique|POLYCLINIQUE|[Mm]aternité|"
    r"[Mm]aison de (?:retraite|santé)|"
    r"[Rr]ésidence|[Ii]nstitut|INSTITUT|[Ff]oyer|[Pp]harmacie|PHARMACIE|[Ll]aboratoire|LABORATOIRE|"
    r"[Gg]roupe [Hh]ospitalier|"
    r"[Hh]ospices|[Ff]ondation)(?![\w-])"
)
_LINKS = lists.words("hospital_links")
_WEAK = frozenset({"résidence", "institut", "foyer", "pharmacie", "laboratoire", "fondation", "maternité", "hospices"})
"""Kinds that a plain word with a capital may follow in a list; their own names need an article or a strange word."""

_KNOWN = lists.words("hospitals")
_REFUSED = lists.words("hospital_kinds") | lists.words("never_names") | lists.words("clinical")
_LIKE = 0.2
_SHORTEST = 3

_PLACED = frozenset({"a", "l'", "de", "d'", "chez", "sur", "vers"})


class Hospital(WordRecognizer):
    """Finds HOPITAL."""

    labels: ClassVar = (Label.HOPITAL,)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield hospitals, with the word that says what they are."""
        names = Names(reading)
        for match in _KINDS.finditer(text):
            end = _name_end(names, bisect_left(names.starts, match.end()), weak=match[0].lower() in _WEAK)
            if end:
                yield Span(match.start(), end, Label.HOPITAL, 0.8, self.name)
        for index, word in enumerate(names.words):
            if word.folded not in _KNOWN or word.lower or not index:
                continue
            if names.words[index - 1].folded in _PLACED and not names.is_eponymous(index):
                yield Span(word.start, word.end, Label.HOPITAL, 0.7, self.name)


def _name_end(names: Names, index: int, *, weak: bool) -> int:
    """Return where the name that begins at `index` ends; 0 if the kind of place is followed by no name."""
    end = 0
    for offset, word in enumerate(names.words[index : index + 8]):
        if word.before not in {" ", "-", "", " - ", "'", " – "} and not (word.before == ". " and end):
            break
        if word.folded in _LINKS:
            continue
        if not _may_name(names, word, first=offset == 0) or (weak and not offset and names.is_french(word)):
            break
        end = word.end
    return end


def _may_name(names: Names, word: Word, *, first: bool) -> bool:
    if word.folded in _REFUSED:
        return False
    if word.number:
        return False
    if word.lower:
        known = word.folded in _KNOWN or word.folded in lists.words("cities")
        return known or (not names.is_french(word) and names.likeness(word) > _LIKE)
    return not (lists.is_clinical(word.folded) or (first and word.upper and len(word.text) < _SHORTEST))
