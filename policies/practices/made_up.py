"""Whether a value stands where a secret would without being one: a placeholder, a word of prose, a call in code."""

import re

_STANDS_FOR = re.compile(
    # A variable, or something between brackets: never by its first sign alone, which passwords have too.
    r"\$?(?:<[^<>]*>|\[[^\[\]]*\]|\{+[^{}]*\}+|«[^«»]*»|\([^()]*\))[;,]?|\$(?:[A-Z_][A-Z0-9_]*|env:\w+|[a-z_]\w*\.\w[\w.]*)|%\w+%"
    r"|[<\[{]+[A-Z]+_[A-Z_]*\d*"
    r"|[x*•·.…_\-#?0]+|(?:x{3,}|\*{3,}|\.{3,}|…).*|.*(?:\*{3,}|\.{3,}|…|x{4,})"
    r"|(?:your|my|our|the|votre|vos|mon|ton|le|un|une|nouveau|ancien|new|old|some)[_\- ].*"
    r"|.*(?:mot[_\-]?de[_\-]?passe|motdepasse|password|passwd|secret|token|jeton|api[_\-]?key|cle[_\-]?api|placeholder)"
    r"(?:[_\-]?(?:ici|here|provisoire|temporaire))?"
    r"|(?:change|remplace|replace|todo|fixme|insert|a[_\-]?(?:remplir|renseigner|changer|completer))[_\-]?\w*"
    r"|user|pass|pwd|mdp|mypass|admin|root|login|exemple|example\w*|dummy|fake|sample|inconnu|none|null|nil|undefined|true|false",
    re.IGNORECASE,
)
_CODE = re.compile(r"[A-Za-z_]\w*(?:(?:\.|->|::)[A-Za-z_]\w*)+[;,]?|[A-Za-z_][\w.]*[(\[].*|[@!]\w+[\w.]*")
_WORDS = re.compile(
    r"[a-zà-ÿ]+(?:[_\-/.'’][a-zà-ÿ]+)*|[A-ZÀ-Ý]+(?:[_\-/][A-ZÀ-Ý]+)*|[A-ZÀ-Ý][a-zà-ÿ]+(?:[-'’/][A-Za-zà-ÿ]+)*",
    re.UNICODE,
)
_MEASURE = re.compile(
    r"\d+(?:[.,/\-]\d+)*(?:[a-zà-ÿ]{1,3}|%|jours?|mois|ans?|heures?|minutes?|caract\w*|chiffres?|min)?", re.IGNORECASE
)
_SIGNS = frozenset("!@#$%^&*+=?~§€£")


def made_up(value: str) -> bool:
    """Return whether `value` is nobody's secret: it stands for one, or fetches it from elsewhere."""
    return bool(_STANDS_FOR.fullmatch(value) or _CODE.fullmatch(value))


def is_chosen(value: str) -> bool:
    """Return whether `value` looks like what people choose as a password, not like a word, a measure or a number."""
    if len(value) < 4 or made_up(value) or _WORDS.fullmatch(value) or _MEASURE.fullmatch(value):  # noqa: PLR2004
        return False
    digits, letters = any(map(str.isdigit, value)), any(map(str.isalpha, value))
    signs = not _SIGNS.isdisjoint(value.rstrip("!?"))
    capitals = value != value.lower()
    return (digits and letters) or (letters and signs) or (digits and signs) or (capitals and value[-1] == "!")


def is_random(value: str) -> bool:
    """Return whether `value` looks drawn at random: sixteen signs or more, letters and digits mixed."""
    return len(value) >= 16 and not made_up(value) and any(map(str.isdigit, value)) and any(map(str.isalpha, value))  # noqa: PLR2004
