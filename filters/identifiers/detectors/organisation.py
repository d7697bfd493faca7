"""Organisations that say where someone works, studies or is followed: what they are, then their own name."""

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

_KINDS = re.compile(
    r"(?<![\w-])(?:[Aa]ssociation|[Ss]ociété|[Ee]ntreprise|[Éé]cole(?: maternelle| primaire| élémentaire)?|"
    r"[Cc]ollège|[Ll]ycée|"
    r"[Cc]rèche|[Mm]utuelle|[Uu]sine|[Mm]airie d[eu']|[Tt]ribunal(?: judiciaire)? d[eu']|[Pp]réfecture d[eu']|"
    r"[Ss]upermarché|"
    r"[Gg]arage|[Rr]estaurant|[Ee]mployeur ?:|[Cc]abinet)(?![\w-])"
)
_LINKS = lists.words("hospital_links")


class Organisation(WordRecognizer):
    """Finds ORGANISATION."""

    labels: ClassVar = (Label.ORGANISATION,)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield the own names of organisations; a bare acronym is never one."""
        names = Names(reading)
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
