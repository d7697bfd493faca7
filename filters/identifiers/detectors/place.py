"""Towns: after a postcode, after `habite à`, or a known town with its preposition. Countries identify nobody."""

import re
from collections.abc import Iterator
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.eponym import follows_trigger, is_listed
from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import Names
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_INNER = lists.words("place_links")
_STRONG = re.compile(
    r"(?:habit\w{0,6}|demeur\w{1,5}|domicili[ée]{1,2}s?|r[ée]sid\w{1,5}|vit|vivai[st]|n[ée]e?s?|log[ée]e?s?|"
    r"h[ée]berg[ée]e?s?|"
    r"scolaris[ée]e?|install[ée]e?s?|enterr[ée]e?|transf[ée]r[ée]e?|d[ée]m[ée]nag[ée]e?|rentre|retourne|exerce|"
    r"travaille|originaire|"
    r"maire|mairie|commune|ville|lieu de naissance|fait)\s{1,2}(?:\w{1,14}\s){0,3}?(?:[àa]|de|d'|en|sur|au|"
    r"aux)\s{0,2}(?:la |le |l'|les )?$|"
    r"(?:ville|commune|lieu de naissance|birthplace|city|localit[ée])[\"']?\s{0,2}[:=]\s{0,2}[\"']?$|"
    r"\bà\s+l'adresse de $|^à $",
    re.IGNORECASE,
)
_LINKED = re.compile(r"(?:(?:[àa]|de|d'|en|sur|au|aux)\s{0,2}(?:la |le |l'|les )?|[:=]\s{0,2}[\"']?)$", re.IGNORECASE)
"""How every one of these ends."""
_ZIP = re.compile(r"(?<!\d)(?:F-)?\d{2} ?\d{3}[ ,]{1,3}$")
_AT = re.compile(r"(?:^|[\s(])(?:[àÀ]|jusqu'?[àa]|de|d'|sur|vers|depuis|chez|[(])\s?$")
_TOWARDS = re.compile(
    r"(?:^|[\s(])(?:[àÀ]|jusqu'?[àa]|vers|"
    r"(?:retour|revient|revenue?|rentr[ée]e?|arriv\w{1,4}|vien\w{1,3}|venue?s?) (?:de |d'))\s?$"
)
"""What stands before a town abroad, of which many are words and names elsewhere."""
_DATED = re.compile(r"^,? le \d")
_SHORTEST = 4
_TOWNS = lists.words("cities") | lists.words("towns")
_ABROAD = lists.words("towns_abroad")
_NOT_TOWNS = (
    lists.words("never_names") | lists.words("clinical") | {"urgences", "domicile", "hopital", "droite", "gauche"}
)
_LINKS = _INNER - {"la", "le", "les", "de", "du", "d'", "l'", "et"}


class Place(WordRecognizer):
    """Finds VILLE."""

    labels: ClassVar = (Label.VILLE,)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield towns."""
        names = Names(reading)
        may_open = {word.text: _may_be_town(names, word) for word in names.words}
        index = 0
        while index < len(names.words):
            run = _run(names, index) if may_open[names.words[index].text] else _typed(text, names, index)
            if run:
                score = _weigh(text, names, index, run)
                if score:
                    yield Span(run[0].start, run[-1].end, Label.VILLE, score, self.name)
            index += max(1, len(run))


def _typed(text: str, names: Names, index: int) -> list[Word]:
    """Return a town typed in lower case that no list has: only after `habite à` and the like."""
    word = names.words[index]
    if not index or names.words[index - 1].folded not in {"a", "sur", "de"}:
        return []
    facts = names.facts[word.text]
    plain = not word.lower or facts.french or facts.excluded
    return [word] if not plain and len(word.text) >= _SHORTEST and _is_strong(text, word.start) else []


def _is_strong(text: str, start: int) -> bool:
    """Whether `habite à` or the like stands before; most places lack the link, which is asked first."""
    return (
        _LINKED.search(text[max(0, start - 10) : start]) is not None
        and _STRONG.search(text[max(0, start - 60) : start]) is not None
    )


def _run(names: Names, index: int) -> list[Word]:
    """Return the words of a possible town: capitals joined by spaces or hyphens, or a listed town in lower case."""
    taken: list[Word] = []
    held: list[Word] = []
    for word in names.words[index : index + 7]:
        if (taken or held) and word.before not in {" ", "-", ""}:
            break
        if taken and word.folded in _INNER and word.before in {" ", "-"}:
            held.append(word)
        elif _may_be_town(names, word):
            if taken and word.before == " " and not held and word.lower != taken[-1].lower:
                break
            taken += [*held, word]
            held = []
        else:
            break
    return taken


def _may_be_town(names: Names, word: Word) -> bool:
    if word.number or word.letter or word.folded in _NOT_TOWNS:
        return False
    if word.folded in _TOWNS or word.folded in _LINKS:
        return word.folded not in {"en", "sur", "sous", "aux", "des"}
    return not word.lower and not word.text.endswith("'") and not names.is_clinical(word)


def _weigh(text: str, names: Names, index: int, run: list[Word]) -> float:
    start = run[0].start
    left = text[max(0, start - 20) : start]
    if _ZIP.search(left):
        return 0.85
    name = "-".join(word.folded for word in run)
    listed, abroad = name in _TOWNS, name in _ABROAD
    if follows_trigger(names.words, index) or (is_listed(run[0]) and not listed):
        return 0.0
    strange = not any(names.is_french(word) for word in run if word.folded not in _INNER)
    if run[0].lower and not listed:
        return 0.6 if strange and _is_strong(text, start) else 0.0
    if (strange or listed or len(run) > 1) and _is_strong(text, start):
        return 0.8
    here = listed and (_AT.search(left) or _DATED.search(text[run[-1].end :]))
    return 0.65 if here or (abroad and _TOWARDS.search(left)) else 0.0
