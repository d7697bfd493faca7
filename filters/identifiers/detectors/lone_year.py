"""Years that stand alone: dates when a word or an event of a history says so, else figures among others."""

import re

from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.day import NO_UNIT, YEAR
from filters.identifiers.detectors.pattern import SPACE, Shape

_NOUN = (
    r"(?:avc|ait|idm|sca|ep|embolies?|tvp|phl[ée]bite|oap|pt[ghe]|pac|tavi|dai|pm|pacemaker|stents?|pontages?|greffes?|"
    r"transplantation|c[ée]sarienne|accouchement|grossesse|fcs?|ivg|proth[èe]se|pose|ablation|cures?|chirurgie|"
    r"op[ée]r[ée]e?|"
    r"op[ée]ration|chimio(?:th[ée]rapie)?|radioth[ée]rapie|rt|fractures?|infarctus|cancer|n[ée]o|k|m[ée]lanome|lymphome|"
    r"leuc[ée]mie|carcinome|"
    r"cataracte|hernie|appendicite|p[ée]ritonite|tentative|ts|hospitalisation|diagnostiqu[ée]e?|d[ée]couverte?|"
    r"d[ée]c[èe]s|d[ée]c[ée]d[ée]e?|retraite|accident|avp|zona|[ée]pilepsie|pneumopathie|septic[ée]mie|"
    r"hta|dnid|did|dt2|dt1|diab[èe]te|bpco|acfa|asthme|parkinson|irc|saos|maladie|"
    r"\w{2,20}(?:ectomie|plastie|tomie|stomie|scopie|d[èe]se))"
)
_EVENT = re.compile(
    rf"\b{_NOUN}"
    r"(?: (?!hba|has\b|esc\b|gold\b|esmo|nccn|aha\b|acc\b|eso\b|sf|afu\b|inca\b)[a-zà-ÿ'\-]{1,14}){0,3},? ?[(:]? ?$"
)
"""Events of a history that a year alone dates: `AVC 2012`, `cancer du sein (2010)`, never `ESC 2021`."""

_EVENT_NEXT = re.compile(rf"^(?: ?:)? {_NOUN}\b")
_BARE = re.compile(rf"[12](?<![\w.,/].)(?:9\d\d|0\d\d)(?!\w|[.,]\d|[/\-]\d){NO_UNIT}")

_MOST_YEARS = 60


def _follow_each_other(match: re.Match[str]) -> bool:
    """Return whether the second year, which may be cut short, comes after the first."""
    first, second = re.findall(r"\d+", match[0])
    return 0 < int(first[: 4 - len(second)] + second) - int(first) < _MOST_YEARS


LONE_YEAR = (
    Shape(
        name="year with a reason",
        pattern=_BARE,
        score=0.2,
        context=re.compile(
            r"(?:\b(?:en|depuis|ann[ée]es?|d[ée]but|fin|courant|[ée]t[ée]|hiver|printemps|automne|avant|apr[èe]s|"
            r"jusqu'en|vers|mi|no[ëe]l|p[âa]ques|rentr[ée]e|promotion|saison)|"
            r"\b(?:entre|de|des ann[ée]es) (?:19|20)\d\d (?:et|à)|\ben (?:19|20)\d\d(?:,| et| puis| ou)) ?$"
        ),
        after=re.compile(r"^ ?(?:à|-|–) ?(?:19|20)\d\d\b|^ et (?:en )?(?:19|20)\d\d\b"),
        with_context=0.7,
        against=CODES,
    ),
    Shape(
        name="year beside an event",
        pattern=_BARE,
        score=0.2,
        context=_EVENT,
        after=_EVENT_NEXT,
        with_context=0.6,
        against=CODES,
    ),
    Shape(
        name="two years in a row",
        pattern=re.compile(
            rf"[12](?<![\w.,/\-].)(?:9|0)\d\d(?:[/\-–]|{SPACE}[\-–]{SPACE})(?:{YEAR}|\d\d(?<=[/\-–]\d\d))(?!\w|[.,/\-]\d){NO_UNIT}"
        ),
        score=0.2,
        plausible=_follow_each_other,
        context=re.compile(
            r"(?:\b(?:en|depuis|ann[ée]es?|hiver|saison|entre|p[ée]riode|de|d[ée]but|fin|scolaire|universitaire|"
            rf"promotion)|\b{_NOUN}(?: [a-zà-ÿ'\-]{{1,14}}){{0,3}}) ?[(:]? ?$"
        ),
        after=re.compile(r"^ ?: [^\d\n]"),
        with_context=0.7,
        against=CODES,
    ),
    Shape(
        name="year that opens a line of history",
        pattern=re.compile(
            rf"^[ \t\-–•*·]{{0,6}}(?P<value>{YEAR})(?={SPACE}{{0,2}}[:\-–,/]{SPACE}?[^\d\n])", re.MULTILINE
        ),
        score=0.7,
    ),
    Shape(
        name="year in brackets",
        pattern=re.compile(rf"\((?<=[a-zà-ÿ] .)(?<!al\. .)(?<!al .)(?P<value>{YEAR})\)"),
        score=0.55,
        plausible=lambda match: (
            re.search(r"(?:^|\W)[a-zà-ÿ]{3,} $", match.string[max(0, match.start() - 30) : match.start()]) is not None
        ),
    ),
)
"""Shapes of DATE for a year without its month."""
