"""Organisations that say where someone works, studies or is followed: what they are, then their own name."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import Names
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_KINDS = re.compile(
    r"(?<![\w-])(?:[Aa]ssociation|[Ss]ociété|[Ee]ntreprise|[Éé]cole(?: maternelle| primaire| élémentaire)?|"
    r"[Cc]ollège|[Ll]ycée|"
    r"[Cc]rèche|[Mm]utuelle|[Uu]sine|[Mm]airie d[eu']|[Tt]ribunal(?: judiciaire)? d[eu']|[Pp]réfecture d[eu']|"
    r"[Ss]upermarché|"
    r"[Gg]arage|[Rr]estaurant|[Ee]mployeur ?:|[Cc]abinet|[Cc]hantier|[Ff]onderie|[Ss]yndicat|[Aa]sso|[Ss]té|SARL|"
    r"SAS|IFSI|IFAS|ESAT|IME|MECS|CHRS|CADA|HUDA|SESSAD|SAVS|SAMSAH)(?![\w-])"
)
_HOMES = re.compile(
    r"(?i)(?<![\w-])(?:cada|huda|chrs|esat|mecs|savs|samsah|sessad|ifsi)[ ](?=(?:les?|la|des?|du)[ ]|l')"
)
"""Houses of social care, whose names are written like any other words: `logée au cada les tilleuls`."""
_WORKS = re.compile(
    r"(?<!\w)(?:travaill\w{0,6}|employ[ée]\w{0,2}|salari[ée]\w{0,2}|embauch\w{0,4}|int[ée]rim\w{0,4}|stage|stagiaire|apprenti\w{0,8}|"
    r"cdi|cdd|caissi[eè]re?|ouvri[eè]re?|chauffeur|vendeu\w{1,3}|ing[ée]nieure?|technicienn?e?|comptable|serveu\w{1,3}|"
    r"ma[çc]on|soudeu\w{1,3}|cariste|magasini[eè]re?|manutentionnaire|agent|poste)"
    r"(?:[ ][^\W\d_]{2,14}){0,3}[ ](?:de[ ])?chez[ ](?:la[ ]|les[ ]|l')?",
    re.IGNORECASE,
)
"""Who works for whom: what follows is the employer, whatever the word means."""
_LINKS = lists.words("hospital_links")
_NEVER = lists.words("never_names") | lists.words("roles") | lists.words("civil_status")
_LONGEST = 3


class Organisation(WordRecognizer):
    """Finds ORGANISATION."""

    labels: ClassVar = (Label.ORGANISATION,)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield the own names of organisations; a bare acronym is never one."""
        names = Names(reading)
        yield from self._houses(names, text)
        for match in _KINDS.finditer(text):
            found = []
            for word in names.words[bisect_left(names.starts, match.end()) :][:6]:
                if word.before not in {" ", "-", "", "'", ' "', " « ", "« "}:
                    break
                if word.folded in _LINKS:
                    continue
                clinical = lists.is_clinical(word.folded) or word.folded in lists.words("never_names")
                if word.number or word.lower or word.letter or clinical:
                    break
                found.append(word)
            if found and (len(found) > 1 or not names.is_french(found[0]) or names.is_surname(found[0])):
                yield Span(found[0].start, found[-1].end, Label.ORGANISATION, 0.6, self.name)

    def _houses(self, names: Names, text: str) -> Iterator[Span]:
        """Yield the names that only the words before them tell: employers, and houses of social care."""
        for shape in (_WORKS, _HOMES):
            for match in shape.finditer(text):
                first = bisect_left(names.starts, match.end())
                found = list(_name(names.words[first : first + _LONGEST]))
                if found and not all(word.folded in _LINKS for word in found):
                    yield Span(found[0].start, found[-1].end, Label.ORGANISATION, 0.6, self.name)


def _name(words: Sequence[Word]) -> Iterator[Word]:
    """Yield the words up to a sign, a number, or a word that begins another part of the sentence."""
    for place, word in enumerate(words):
        ends = word.folded in _NEVER and word.folded not in _LINKS
        if word.number or ends or (place and word.before not in {" ", "-", "'", ""}):
            return
        yield word
