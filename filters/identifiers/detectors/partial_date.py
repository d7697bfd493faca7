"""Dates in part: a day and a month, a month and a year, a day alone, with what makes them dates.

A pair of figures is a blood pressure, a fraction or a score as often as a day, and a figure alone is nearly anything:
each shape says which word before, which word after, or which writing makes it a day.
"""

import re

from filters.identifiers.detectors.calendar_words import MONTH
from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.day import (
    LEFT,
    MEASURE,
    NO_UNIT,
    READING,
    SPAN_WORD,
    YEAR,
    are_days,
    is_a_day,
    is_day_and_month,
    is_month,
    is_no_fraction,
)
from filters.identifiers.detectors.pattern import SPACE, Shape

_SHORT_YEAR_READING = re.compile(READING.pattern.replace("|en|", "|"))
_WEEKDAYS = r"lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche"
_NUMBERED = rf"(?!\w|[/\-.,]\d|{SPACE}?(?:mm|%|cm|mg|[èe]me))"

_ARTICLE = re.compile(
    rf"\b(?:le|du|au|ce|dès|depuis le|{_WEEKDAYS}|(?:lun|mar|mer|jeu|ven|sam|dim)\.?|rdv|date|dat[ée] du|d[ée]but|"
    r"sorti?e?|entr[ée]e|pr[ée]vue?|report[ée]e?|arr[êe]t|reprise|envoy[ée]e?|re[çc]ue?|r[ée]union) ?[:,]? ?$|"
    r"\b(?:le|du|au|les) \d\d?[/\-]\d\d?(?:,| et| au| puis| ou) ?(?:le |au )?$"
)
_EXAMINATION = re.compile(
    r"\b(?:bio|bilan|bs|nfs|ionos?|scanner|tdm|irm|ett|eto|tep|[ée]cho\w*|rx|rp|radio|h[ée]mocs?|ecbu|cs|consult\w*|"
    r"hospit\w*|hdj|bloc|chir|pose|ablation|retour|prochaine?|derni[èe]re?|colo\w*|fibro\w*|fogd|efr|eeg|emg|"
    r"holter|ecg|"
    r"coro\w*|biopsie|anapath|rcp|staff|transfert|courrier|mail|cr|ddr|dpa|terme|contr[ôo]le|ponction|pl|"
    r"pr[ée]l[èe]vement|"
    r"op[ée]r[ée]e?|vue?|revue?|d[ée]c[ée]d[ée]e?)(?: de contr[ôo]le)? ?[:=(]? ?$"
)
_BEATS = re.compile(rf"{SPACE}?,?{SPACE}?(?:mm|fc\b|pouls|bpm|sat|spo2|t[°o ]|cm\b|\d\d ?bpm)", re.IGNORECASE)
_HOUR = rf",?{SPACE}(?:[àa]{SPACE})?(?:[01]?\d|2[0-3]){SPACE}?[hH:]"

_GOES_ON = (
    r"au|à|a|avec|avc|pour|pr|vers|puis|et|ou|dans|en|par|chez|matin|soir|midi|apr[èe]s|mais|car|il|elle|je|on|nous|"
    r"donc|avant|qui|sans|inclus|afin|si|ap|am|pm|contre|faut|merci"
)
_STOPS = rf"(?={SPACE}{{0,2}}(?:$|[\n;!?)(\"»]|[,.:](?!\d)|{SPACE}[\-–]{SPACE}|(?i:{_GOES_ON})(?!\w)))"
"""What follows a day without its month: the end of a phrase, or a word that opens another."""

_NO_NOUN = (
    rf"(?!{SPACE}?(?:[a-zà-ÿ]{{2,20}}[sx]\b(?<!mais)(?<!sans)(?<!vers)(?<!dans)(?<!puis)(?<!apr[èe]s)(?<!inclus)(?<!compris)|cp\b|"
    rf"amp))"
)
"""What follows a figure that counts things: a plural."""

_NO_DAY = re.compile(
    r"\b(?:appel\w*|compos\w*|contact\w*|alert\w*|joindre|faire|fai[st]e?s?|num[ée]ro|postes?|pages?|chambres?|ch|"
    r"lits?|"
    r"box|lignes?|bus|tram|grades?|stades?|types?|chapitres?|articles?|samu|r[ée]gul\w*|m[ée]decin|centre|"
    r"pompiers|bip|dect|"
    r"score|[ée]tage|secteur|dermatome|segment|dent)"
    r"(?: (?:\w{1,10}|d'urgence)){0,2} (?:le|du|au|les) $|\b(?:dans|avec|sur|est|contre) (?:le|les) $|"
    r"\b(?:les?|des) \d[^\n]{0,6}(?:sont|est)\b"
)


def _day(behind: str) -> str:
    """Return a pattern for one or two figures; `behind` looks back from after the first of them."""
    return rf"[0-9]{behind}\d?(?:er|ER)?(?![\w%°]|[.,/\-:]\d|{SPACE}?[/x×])"


_AFTER_WEEKDAY = _day(r"(?<=[ieIE.nrumNRUM] .)")
_AFTER_LE = _day(r"(?<=[lL][eE] .)(?<!\w[lL][eE] .)")
_AFTER_DU = _day(r"(?<=[dD][uU] .)(?<!\w[dD][uU] .)")
_AFTER_AU = _day(r"(?<=[aA][uU] .)(?<!\w[aA][uU] .)")

PARTIAL = (
    Shape(
        name="month and year in figures",
        pattern=re.compile(
            rf"[0-9]{LEFT}(?<![A-Za-z].)[0-9]?(?:{SPACE}?/|{SPACE}?-(?<=\d\d-){SPACE}?|"
            rf"\.(?<=\d\d.)){SPACE}?{YEAR}(?!\w|"
            rf"[/\-.,]\d)"
        ),
        score=0.7,
        plausible=is_month,
        against=_SHORT_YEAR_READING,
    ),
    Shape(
        name="year and month in figures",
        pattern=re.compile(rf"[12]{LEFT}(?:9|0)\d\d[\-/](?:0[1-9]|1[0-2])(?!\w|[/\-.,]\d)"),
        score=0.6,
        against=READING,
    ),
    Shape(
        name="month and short year",
        pattern=re.compile(rf"0{LEFT}(?<!\w.)[1-9]/(?:1[3-9]|2\d){_NUMBERED}"),
        score=0.6,
        against=MEASURE,
    ),
    Shape(
        name="day and month in figures",
        pattern=re.compile(rf"[0-9]{LEFT}(?<!\w.)\d?[/.\-]\d\d?{_NUMBERED}{NO_UNIT}"),
        score=0.2,
        plausible=is_no_fraction,
        context=_ARTICLE,
        with_context=0.7,
        against=CODES,
    ),
    Shape(
        name="day and month after an examination",
        pattern=re.compile(rf"[0-9]{LEFT}(?<!\w.)\d?[/\-]\d\d?{_NUMBERED}{NO_UNIT}"),
        score=0.2,
        plausible=lambda match: is_day_and_month(match) and _BEATS.match(match.string, match.end()) is None,
        context=_EXAMINATION,
        with_context=0.65,
        against=CODES,
    ),
    Shape(
        name="day and month with its zero",
        pattern=re.compile(rf"[0-9]{LEFT}(?<!\w.)\d?/0[1-9]{_NUMBERED}"),
        score=0.6,
        plausible=lambda match: is_day_and_month(match) and _BEATS.match(match.string, match.end()) is None,
        against=MEASURE,
    ),
    Shape(
        name="day and month that open a line",
        pattern=re.compile(
            rf"^[ \t\-–•*·>]{{0,6}}(?P<value>(?:[0-3]?\d[/.](?:0[1-9]|1[0-2])|(?:1\d|2\d|3[01])/[1-9](?!\d)))"
            rf"(?={SPACE}?[:\-–]{SPACE}?[^\d\n]|{SPACE}(?:\d\d?[h:]|matin|apr[èe]s|soir|nuit|AM\b|PM\b))",
            re.MULTILINE,
        ),
        score=0.65,
    ),
    Shape(
        name="day and month with its hour",
        pattern=re.compile(rf"[0-3]{LEFT}(?<!\w.)\d[/.\-](?:0[1-9]|1[0-2])(?={_HOUR})"),
        score=0.65,
        against=MEASURE,
    ),
    Shape(
        name="first days of a range",
        pattern=re.compile(
            rf"[0-9]{LEFT}(?<!\w.)\d?(?:er)?(?=(?:,{SPACE}?\d\d?(?:er)?){{0,6}}{SPAN_WORD}\d\d?(?:er)?(?:{SPACE}{MONTH}|"
            rf"/\d\d?/\d\d)|(?:,{SPACE}?\d\d?(?:er)?){{0,6}}(?!{SPACE}?/){SPAN_WORD}\d\d?/(?:0[1-9]|1[0-2])(?![\w/]))"
        ),
        score=0.7,
        plausible=are_days,
        against=re.compile(r"\b(?:ta|pa|entre|tension)\b[ :=]{0,3}$"),
    ),
    Shape(
        name="days joined by a hyphen",
        pattern=re.compile(
            rf"[0-3]{LEFT}(?<!\w.)\d?{SPACE}?[\-–]{SPACE}?(?P<last>\d\d?)/(?:0?[1-9]|"
            rf"1[0-2])(?:/\d\d(?:\d\d)?)?(?![\w/])"
        ),
        score=0.65,
        plausible=lambda match: 0 < int(re.split(r"\D", match[0])[0]) < int(match["last"]) <= 31,  # noqa: PLR2004 (days of a month)
        against=MEASURE,
    ),
    Shape(
        name="weekday and day",
        pattern=re.compile(rf"{_AFTER_WEEKDAY}{_NO_NOUN}{NO_UNIT}"),
        score=0.2,
        plausible=are_days,
        context=re.compile(rf"\b(?:{_WEEKDAYS}|(?:lun|mar|mer|jeu|ven|sam|dim)\.?) (?:le )?$"),
        with_context=0.7,
    ),
    Shape(
        name="day after its article",
        pattern=re.compile(rf"{_AFTER_LE}{_STOPS}"),
        score=0.6,
        plausible=are_days,
        against=_NO_DAY,
    ),
    Shape(
        name="from one day to another",
        pattern=re.compile(rf"{_AFTER_DU}(?={SPACE}(?:au|AU){SPACE}\d\d?(?:er)?(?![\w%]|[.,/]\d){NO_UNIT}{_NO_NOUN})"),
        score=0.6,
        plausible=are_days,
        against=_NO_DAY,
    ),
    Shape(
        name="to a day",
        pattern=re.compile(rf"{_AFTER_AU}{NO_UNIT}{_NO_NOUN}"),
        score=0.2,
        plausible=are_days,
        context=re.compile(r"\bdu \d\d?(?:er)? au $|\bjusqu'au $"),
        with_context=0.6,
    ),
    Shape(
        name="from a day",
        pattern=re.compile(rf"{_AFTER_DU}{_STOPS}"),
        score=0.2,
        plausible=are_days,
        context=re.compile(
            r"\b(?:partir|date|courrier|mail|appel|bilan|bio|scanner|tdm|irm|ett|r[ée]union|staff|consultation|cs|nuit|"
            r"journ[ée]e|rdv|rendez-vous|visite|passage|ordonnance|examen|pr[ée]l[èe]vement|h[ée]mocs?|ecbu|celui|"
            r"celle|s[ée]ance|garde|astreinte|rel[èe]ve|chute|incident|retard|absence|sortie|entr[ée]e|demande|fiche|"
            r"lettre|livraison|commande|facture|dialyse|transfusion|cure|perfusion|injection|audience|soir[ée]e|"
            r"matin[ée]e) du $"
        ),
        with_context=0.65,
    ),
    Shape(
        name="day of this month",
        pattern=re.compile(
            rf"[0-9](?<=[eEuU] .)\d?(?:er)?{SPACE}(?:courant|crt|dernier|prochain|du mois|COURANT|DERNIER|"
            rf"PROCHAIN)(?!\w)"
        ),
        score=0.7,
        plausible=are_days,
    ),
    Shape(
        name="year cut short after its article",
        pattern=re.compile(
            rf"[0-9]{LEFT}(?<!\w.)\d?(?P<mark>[.\-]|{SPACE})\d\d?(?P=mark)\d\d(?!\w|[.,/\-]\d|{SPACE}\d)"
        ),
        score=0.2,
        plausible=lambda match: is_a_day(*map(int, re.findall(r"\d+", match[0])[:2])),
        context=re.compile(r"(?:\b(?:le|du|au|date)|\bdat[ée]e? du) ?:? ?$"),
        with_context=0.7,
    ),
    Shape(
        name="six figures after their article",
        pattern=re.compile(r"[0-3](?<!\w.)(?<![.,].)\d(?:0[1-9]|1[0-2])\d\d(?!\w|[.,/\-]\d)"),
        score=0.2,
        plausible=lambda match: is_a_day(int(match[0][:2]), int(match[0][2:4])),
        context=re.compile(r"(?:\b(?:le|du|date)|\bdat[ée]e? du) ?:? ?$"),
        with_context=0.65,
        against=CODES,
    ),
)
"""Shapes of DATE that lack the year, the month or the day."""
