"""A hospital's own short numbers: extensions, DECT, pagers; in figures or as dictated, never an emergency number."""

import re

from filters.identifiers.detectors.pattern import SPACE, Shape

_SHORT = "15|17|18|112|113|114|115|116|119|191|196|197|3114|3919|3237|3977|3966|116000|116006|116111|116117"
EMERGENCY = frozenset(_SHORT.split("|"))
"""Numbers that a reader may need at once and that lead to nobody in particular."""

SPOKEN = (
    r"(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|"
    r"trente|quarante|cinquante|soixante|cents?|mille)(?!\w)"
)
"""A word of a number that is dictated."""

_INSIDE = re.compile(
    r"(?:\b(?:postes?|dect|bips?|bipper|biper|joignable(?: au| sur)?|t[ée]l[ée]phone|t[ée]l|fax|int(?:erne)?\.?|"
    r"extension|ext\.?|lignes?(?: directe| interne)?|"
    r"num[ée]ro interne|n[°o] interne|appeler(?: le| au)?|joindre(?: au)?|rappeler(?: le| au)?)\b|[☎📞✆])"
    r"(?:[\s.:=(\"'\-/]|n[°o]|num[ée]ro|au\b|le\b|est\b|interne\b|int\b|dect\b|bip\b|poste\b|du service\b|m[ée]decin\b|"
    r"interne\b){0,6}$"
)
_POST = re.compile(
    r"\b(?:postes?|dect|bips?|bipe\w{0,2}|bippe\w{0,2}|ext\.?|tel int)(?:[\s.:=(\"'\-/]|n[°o]|au\b|le\b|du\b){0,5}$"
)
_REACH = (
    r"\b(?:appel\w{0,4}|rappel\w{0,4}|joindre|joignable\w?|contact\w{0,4}|pr[ée]v\w{2,6}|avert\w{1,4}|"
    r"essai\w{0,3}|essay\w{0,3}|"
    r"t[ée]l[ée]phon\w{1,4}|sonne\w{0,2}|dispo(?:nible)?|pr[ée]sente?|dr|pr|mme|mr|m\.|interne|cadre|ide|secr\w*|"
    r"num[ée]ro)"
)
_CALLED = re.compile(rf"{_REACH}[^\d\n]{{0,30}}\b(?:au|sur le|le|num[ée]ro) $")
_SERVICE = re.compile(
    r"\b(?:biomed\w*|biom[ée]dical|s[ée]curit[ée](?: avertie| pr[ée]venue| appel[ée]e)?|labo(?:ratoire)?|"
    r"pharmacie|standard|"
    r"secr[ée]tariat|brancardage|brancardiers?|imagerie|radio|interne|cadre|astreinte|garde|accueil|admissions?|"
    r"informatique|"
    r"hotline|maintenance|technique|r[ée]gulation|salle de r[ée]veil|sspi|bloc|r[ée]a|usic|urgences|d[ée]chocage|ide|"
    r"assistante sociale|kin[ée]|di[ée]t\w*) ?[:(]? ?$"
)
_UNITS = r"(?:ml|mg|g|ui|ans|kcal|/|%|leuco|plaq|pnn|patients|euros|€|h\b)"
_YEARS = (1900, 2100)


def is_nobodys(match: re.Match[str]) -> bool:
    """Return whether this short number may be masked: it is no emergency number."""
    return re.sub(r"\D", "", match[0]) not in EMERGENCY


def _is_no_year(match: re.Match[str]) -> bool:
    return is_nobodys(match) and not _YEARS[0] <= int(match[0]) < _YEARS[1]


EXTENSIONS = (
    Shape(
        name="inside the hospital",
        pattern=re.compile(rf"[0-9](?<![\w+.,/].)(?:{SPACE}?[.\-]?\d){{3,4}}(?![\w/%]|{SPACE}?[.\-]?\d|[.,]\d)"),
        score=0.2,
        plausible=is_nobodys,
        context=_INSIDE,
        with_context=0.88,
    ),
    Shape(
        name="three figures of a pager",
        pattern=re.compile(r"[0-9](?<![\w+.,/].)\d{2}(?![\w/%]|[ .,\-]?\d)"),
        score=0.2,
        plausible=is_nobodys,
        context=_POST,
        with_context=0.85,
    ),
    Shape(
        name="where somebody is reached",
        pattern=re.compile(rf"[0-9](?<=[eEuUoO] .)\d{{3,4}}(?!\w|[.,/\-]\d|{SPACE}\d|{SPACE}?{_UNITS})"),
        score=0.2,
        plausible=is_nobodys,
        context=_CALLED,
        with_context=0.75,
    ),
    Shape(
        name="after a service",
        pattern=re.compile(r"[0-9](?<![\w+.,/].)\d{3,4}(?= ?[).;,\n](?!\d)|$)"),
        score=0.2,
        plausible=_is_no_year,
        context=_SERVICE,
        with_context=0.65,
    ),
    Shape(
        name="dictated extension",
        pattern=re.compile(
            rf"[aApPbBdD](?<!\w.)(?:(?<=[aA])(?i:u)|(?<=[pP])(?i:ostes?)|(?<=[bB])(?i:ip)|(?<=[dD])(?i:ect)){SPACE}"
            rf"(?P<value>(?i:{SPOKEN}(?:[ \-,]{{1,2}}(?:et[ \-])?{SPOKEN}){{1,8}}))(?!\w)"
        ),
        score=0.2,
        context=re.compile(rf"{_POST.pattern}|{_CALLED.pattern}"),
        with_context=0.75,
    ),
)
"""Shapes of TEL with three to five figures, each behind the word that makes it a line."""
