"""Secrets that a word announces: « mot de passe : … », a PIN of a health professional's card, lines of settings.

A value counts only beside its word, and only where it looks chosen or drawn: words of prose, measures, calls in code
and values that stand for a secret do not.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Final

from policies.practices.made_up import is_chosen, is_random, made_up

_S = r"[ \t\u00a0\u202f]"
_SAYS = rf"(?:{_S}*(?:[:=]|->|→|=>){_S}*|{_S}+(?:est|c['’ ]est|sera|is|devient|vaut){_S}+(?::{_S}*)?)"
_WHOSE = (
    rf"(?:{_S}+(?:d['’e]{_S}?|du|des|de{_S}+l[a'’]|pour|sur|temporaire|provisoire|actuel|initial|wi-?fi"
    rf"|windows|admin\w*|commun|partag[ée]e?)[^\n:=,;.?!]{{0,40}}?)?"
)
_VALUE = r"(?:[\"'`«“*]{1,3}[ \u00a0\u202f]?)?([^\s\"'`«»“”<>]{4,128})"
_NAMED = (
    r"(?:mots?[ \u00a0]de[ \u00a0]passe|m\.?d\.?p\.?|passe?word|passwd|pwd|pass[ _-]?phrase"
    r"|phrase secr[èe]te|phrase de passe)"
)
_CARD = r"(?:e-?)?cp[se]\b"
_OF_A_CARD = rf"(?:{_S}+(?:de{_S}+)?(?:(?:ma|la|sa|mon|son|votre|notre){_S}+)?(?:carte{_S}*)?(?:{_CARD})?)?"
_PIN = (
    rf"(?:(?:code{_S}+(?:pin|porteur|secret|confidentiel|personnel)|pin){_OF_A_CARD}"
    rf"|code{_S}+(?:de{_S}+)?(?:(?:ma|la|sa){_S}+)?(?:carte{_S}+)?{_CARD})"
)
_NAMING = (
    r"(?:password|passwd|pwd|passphrase|secret|api_?-?key|access_?-?key|private_?-?key|account_?-?key"
    r"|auth_?-?key|token|jeton|credential)"
)


@dataclass(frozen=True, slots=True)
class _Rule:
    kind: str
    words: Sequence[str]
    """One of these, in lower case, stands in every text that the rule is tried on."""
    pattern: re.Pattern[str]
    accepts: Callable[[str], bool]


def _code_of_a_card(value: str) -> bool:
    return value.isdigit()


def _quoted(value: str) -> bool:
    return not made_up(value) and (is_chosen(value) or is_random(value))


def _phrase(value: str) -> bool:
    return len(value.split()) > 2 and not made_up(value)  # noqa: PLR2004


def _drawn(value: str) -> bool:
    return is_random(value) or (len(value) >= 8 and is_chosen(value) and "." not in value)  # noqa: PLR2004


RULES: Final = (
    _Rule(
        "password",
        ("passe", "mdp", "m.d.p", "passwor", "passwd", "pwd", "phrase", "pass-", "pass_", "pass p"),
        re.compile(rf"(?<![\w-]){_NAMED}{_WHOSE}(?:{_S}*\([^)\n]{{0,40}}\))?{_SAYS}{_VALUE}", re.IGNORECASE),
        is_chosen,
    ),
    _Rule(
        # Nothing between but a blank: only digits and letters together count, as nobody writes in prose.
        "password",
        ("mdp", "passe"),
        re.compile(
            rf"(?<![\w-])(?:mdp"
            rf"|mot[ \u00a0]de[ \u00a0]passe){_S}+[\"«“`]?{_S}?([^\s\"'`«»“”<>]{{6,64}})", re.IGNORECASE),
        lambda value: is_chosen(value) and any(map(str.isdigit, value)),
    ),
    _Rule(
        "password",
        ("passe", "mdp", "password"),
        re.compile(
            rf"(?<![\w-])(?:mots?[ \u00a0]de[ \u00a0]passe|mdp|password){_WHOSE}{_SAYS}(\d{{4,12}})"
            rf"(?![\w/.,-]|{_S}*(?:jours?|mois|ans|car|chiffres|minutes|heures|%))", re.IGNORECASE),
        _code_of_a_card,
    ),
    _Rule(
        "password",
        ("/",),
        re.compile(
            rf"(?<!\w)(?:identifiants?|login|utilisateur|user|compte|acc[èe]s){_S}*(?:/|et"
            rf"|\+){_S}*{_NAMED}{_SAYS}\S{{2,64}}{_S}*(?:/|,|et|\s){_S}*([^\s\"'«»<>]{{4,64}})", re.IGNORECASE),
        is_chosen,
    ),
    _Rule(
        "passphrase",
        ("phrase",),
        re.compile(
            rf"(?:pass[ _-]?phrase|phrase (?:secr[èe]te"
            rf"|de passe)){_WHOSE}{_SAYS}[\"«“`'][ \u00a0\u202f]?([^\"»”`'\n]{{8,200}})[\"»”`']", re.IGNORECASE),
        _phrase,
    ),
    _Rule(
        "card_pin",
        ("pin", "cps", "cpe", "code "),
        re.compile(
            rf"(?<![\w-]){_PIN}{_S}*(?:n[°o]|[:=]|est|c['’ ]est|is)?{_S}*:?{_S}*[\"«“`]?{_S}?"
            rf"(\d(?:[ .-]?\d){{3,7}})(?![\d/]|[.,]\d|{_S}*(?:jours?|mois|ans|chiffres|%))",
            re.IGNORECASE,
        ),
        lambda value: sum(map(str.isdigit, value)) <= 8,  # noqa: PLR2004
    ),
    _Rule(
        "api_key",
        ("clé", "clef", "cle", "key", "jeton", "token"),
        re.compile(
            rf"(?<!\w)(?:cl(?:[ée]s?|efs?)[ \u00a0](?:d['’]?[ \u00a0]?)?(?:api|acc[èe]s|wi-?fi|wpa\d?"
            rf"|wep|r[ée]seau|secr[èe]te|priv[ée]e|de chiffrement|du wi-?fi|de r[ée]cup[ée]ration)"
            rf"|api[ _-]?key|jeton|token|wi-?fi key)"
            rf"{_WHOSE}{_SAYS}{_VALUE}",
            re.IGNORECASE,
        ),
        _drawn,
    ),
    _Rule(
        "wifi_key",
        ("wpa", "wi-fi", "wifi", "wep"),
        re.compile(
            rf"(?<!\w)(?:wpa\d?(?:[ -]psk)?|psk|wi-?fi|wep)"
            rf"(?:[ \u00a0][\w-]{{1,24}})?{_S}*[:=]{_S}*{_VALUE}", re.IGNORECASE),
        lambda value: len(value) >= 8 and is_chosen(value) and any(map(str.isdigit, value)),  # noqa: PLR2004
    ),
    _Rule(
        "setting",
        ("password", "passwd", "pwd", "passphrase", "secret", "key", "token", "jeton", "credential"),
        re.compile(rf"(?i){_NAMING}(?:_?\w{{0,20}})?[\"']?\]?{_S}*(?::=|=>|[:=]){_S}*([\"'])([^\"'\n]{{4,256}})\1"),
        _quoted,
    ),
    _Rule(
        "setting",
        ("password", "passwd", "pwd", "passphrase", "secret", "key", "token", "jeton", "credential"),
        re.compile(rf"(?i){_NAMING}(?:_?\w{{0,20}})?{_S}*[:=]{_S}*([^\s\"'`,;<>&]{{6,256}})"),
        _drawn,
    ),
)  # fmt: skip


Rules = Sequence[_Rule]


def possible(text: str) -> Rules:
    """Return the rules that can find anything in `text` or in a part of it."""
    lowered = text.lower()
    return [rule for rule in RULES if any(word in lowered for word in rule.words)]


def announced(text: str, rules: Rules) -> Iterator[tuple[str, int, int]]:
    """Yield kind, start and end of each secret that a word announces; `rules` are the `possible` ones."""
    lowered = text.lower() if rules else ""
    for rule in rules:
        # A loop, as in `vendors`: a generator costs twice as much.
        for word in rule.words:
            if word in lowered:
                break
        else:
            continue
        for match in rule.pattern.finditer(text):
            group = match.lastindex or 0
            value = match[group].rstrip(".,;:)»”]*")
            if rule.accepts(value):
                start = match.start(group)
                yield rule.kind, start, start + len(value)
