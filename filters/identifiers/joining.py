"""What belongs to an identifier as it is written: joints between its parts, and the small words and signs beside it.

Detectors find words. Left bare, a hyphen between two placeholders says that a name is double, and a leading `Le` that
it is Breton. Nothing is uncovered here, and dates and ages stay apart, since `2019-2021` is two. Done once it is
settled which labels the charter has masked: a name that went with a hospital's would stay with it.
"""

import re
from collections.abc import Iterable
from dataclasses import replace

from filters.identifiers.entity import Label, Span
from filters.identifiers.overlaps import PEOPLE
from filters.identifiers.placeholders import already_masked
from filters.identifiers.text import Text

_HOUSES = frozenset({Label.HOPITAL, Label.ORGANISATION})
_NAMED = PEOPLE | _HOUSES | {Label.VILLE, Label.ADRESSE}
_NUMBERS = (
    frozenset(Label) - _NAMED - {Label.DATE, Label.DATE_NAISSANCE, Label.AGE_SUP_89, Label.TEL, Label.MAIL, Label.ZIP}
)
_COUNTED = frozenset({Label.DATE, Label.DATE_NAISSANCE, Label.AGE_SUP_89})

_JOINT = re.compile("[-–'’]{1,2}")
_LINK = re.compile(r"[ \u00a0](?:de la |de l['’]|de |du |des |d['’]|la |le |l['’])", re.IGNORECASE)
_INITIAL = re.compile(r"[^\W\d_]\.(?!\w)")
_UNIT = re.compile(r"[ \u00a0]?ans?\b", re.IGNORECASE)
_PARTICLE = re.compile(r"[^\s.!?][ \t]+(?P<more>(?:Le|La|Du|Des|De|El|Ben|Van|Von|Da|Dos|Di)[ \u00a0])$")
"""With a capital, elsewhere than at the head of a sentence: there it is part of the name."""
_HEAD = re.compile(
    r"(?<![\w-])(?P<more>(?:nouvel|centre|imagerie|institut|laboratoire|labo|cabinet|pharmacie|pavillon|salle|r[ée]sidence|"
    r"maison|foyer|association|asso|soci[ée]t[ée]|st[ée])\b"
    r"(?:[ \u00a0](?:de |du |des |d['’])[^\W\d_]{3,14})?[ \u00a0](?:(?:de |du |des |d['’])?(?:la |les? |l['’])?))$",
    re.IGNORECASE,
)
"""What a house is, before its name: `Centre de génétique Jacques-Morvan`."""
_CODE_BEFORE = re.compile(
    r"(?<![\w/-])(?P<more>(?:[A-Z0-9]{1,8}[-/]){1,3}|(?:[A-Z0-9]{1,8}[-/]){0,2}(?!IPP|NIP|NDA|IEP|NIR|INS)[A-Z]{1,3})$"
)
_CODE_AFTER = re.compile(r"(?:[-/][A-Z0-9]{1,8}){1,3}(?![\w/-])")
"""The rest of a number whose middle was found: `LCM-66-7719`, `H24-07715`.

Never a label glued to it: the same number without would be another placeholder."""
_FAR = 48

_OPENINGS = dict.fromkeys(_HOUSES, _HEAD) | dict.fromkeys(PEOPLE, _PARTICLE) | dict.fromkeys(_NUMBERS, _CODE_BEFORE)


def bridged(text: str, spans: Iterable[Span]) -> list[Span]:
    """Return sorted spans in which two with nothing but a joint between are one: `Lebrun-Castel`, `CHU de Nantes`.

    Of a name and a place, the place has the name.
    """
    joined: list[Span] = []
    for span in spans:
        last = joined[-1] if joined else None
        label = _as_one(text, last, span) if last else None
        if last and label:
            joined[-1] = replace(last, end=span.end, label=label, score=max(last.score, span.score))
        else:
            joined.append(span)
    return joined


def _as_one(text: str, last: Span, span: Span) -> Label | None:
    """Return what two neighbours are as one; None where they are two."""
    if last.label in _HOUSES and span.label in _NAMED and _LINK.fullmatch(text, last.end, span.start):
        return last.label
    if not _JOINT.fullmatch(text, last.end, span.start):
        return None
    labels = {last.label, span.label}
    if len(labels) == 1 or (_NAMED.isdisjoint(labels) and _COUNTED.isdisjoint(labels)):
        return None if last.label in _COUNTED else last.label  # of one number, half may read like another
    places = labels - PEOPLE
    if not places:
        return Label.NOM
    return places.pop() if len(places) == 1 and places <= _NAMED else None


def completed(text: Text, spans: Iterable[Span]) -> list[Span]:
    """Return sorted spans with what is written with them: particles, what a house is, the stop of an initial, `ans`.

    A placeholder that is there already takes nothing in: what is masked twice is masked as once.
    """
    result: list[Span] = []
    ordered, value = list(spans), text.value
    masked = list(already_masked(value, bare=text.bare)) if ordered else []
    for number, span in enumerate(ordered):
        before = result[-1].end if result else 0
        after = ordered[number + 1].start if number + 1 < len(ordered) else len(value)
        start, end = _beginning(value, span, before), min(_ending(value, span), after)
        same = (start, end) == (span.start, span.end) or any(at < span.end and span.start < to for at, to in masked)
        result.append(span if same else replace(span, start=start, end=end))
    return result


def _beginning(text: str, span: Span, before: int) -> int:
    shape = _OPENINGS.get(span.label)
    if shape is None or (shape is _PARTICLE and not text[span.start].isupper()):
        return span.start
    more = shape.search(text, max(before, span.start - _FAR), span.start)
    return more.start("more") if more else span.start


def _ending(text: str, span: Span) -> int:
    """Return where a span ends with its full stop, its unit, the rest of its number."""
    if span.label in PEOPLE:
        alone = span.end - span.start == 1 or not text[span.end - 2].isalnum()
        return span.end + (alone and _INITIAL.match(text, span.end - 1) is not None)
    shape = _UNIT if span.label is Label.AGE_SUP_89 else _CODE_AFTER if span.label in _NUMBERS else None
    more = shape.match(text, span.end) if shape else None
    return more.end() if more else span.end
