"""The form of a placeholder, and the ways in which a model may write it back.

`[NOM_1]` is the first name of a request, `[NOM_1b]` the same name written another way. Where brackets are illegal the
bare form is used: `NOM_1`. Tolerance is bounded to what cannot change the meaning: case, accents, Markdown, escapes,
spaces or hyphens for `_`, full-width brackets, a translated label. Digits are read exactly, never guessed.
"""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

from typing_extensions import override

from filters.identifiers.entity import Label

VARIANTS = 26 + 26 * 26
"""How many written forms one number can tell apart: none, `b` to `z`, `aa` to `zz`."""

_LONGEST_INSIDE = 40
"""Longest text between the brackets that is still read: the longest label, six digits, and decoration."""

LONGEST = 2 + 1 + _LONGEST_INSIDE + 1
"""Longest written form, escapes and brackets included: what a stream may hold back at most."""

_ALIASES = {
    Label.NOM: "NOM NAME LASTNAME SURNAME FAMILYNAME NOMDEFAMILLE",
    Label.PRENOM: "PRENOM FIRSTNAME GIVENNAME FORENAME",
    Label.PERSONNE: "PERSONNE PERSON",
    Label.DATE: "DATE",
    Label.DATE_NAISSANCE: "DATENAISSANCE DATEDENAISSANCE BIRTHDATE DATEOFBIRTH DOB DDN",
    Label.AGE_SUP_89: "AGESUP89 AGEOVER89",
    Label.ADRESSE: "ADRESSE ADDRESS",
    Label.ZIP: "ZIP ZIPCODE POSTALCODE POSTCODE CODEPOSTAL",
    Label.VILLE: "VILLE CITY TOWN",
    Label.TEL: "TEL TELEPHONE PHONE PHONENUMBER",
    Label.MAIL: "MAIL EMAIL COURRIEL",
    Label.SECU: "SECU SSN NSS SOCIALSECURITY",
    Label.IPP: "IPP PATIENTID",
    Label.NDA: "NDA VISITID",
    Label.RPPS: "RPPS",
    Label.ADELI: "ADELI",
    Label.FINESS: "FINESS",
    Label.HOPITAL: "HOPITAL HOSPITAL",
    Label.ORGANISATION: "ORGANISATION ORGANIZATION",
    Label.IBAN: "IBAN",
    Label.ID: "ID IDENTIFIANT IDENTIFIER",
}
_LABELS = {alias: label for label, aliases in _ALIASES.items() for alias in aliases.split()}
_PREFIXES = frozenset(alias[:length] for alias in _LABELS for length in range(len(alias) + 1))

_CANONICAL = "|".join(sorted((label.value for label in Label), key=len, reverse=True))
_SPACES = " \u00a0\u202f"
_SEPARATORS = _SPACES + r"_\-\u2010\u2011\\"
_DECORATION = _SPACES + r"*`~_\\"
_OPEN, _CLOSE = r"[\[［【]", r"[\]］】]"
_INSIDE = rf"[0-9A-Za-zÀ-ÖØ-öø-ÿ\u0300-\u036f{_SEPARATORS}*`~]"

BRACKETED = re.compile(
    rf"(?P<escape>\\{{0,2}}){_OPEN}"
    rf"(?:(?P<inside>{_INSIDE}{{1,{_LONGEST_INSIDE}}}){_CLOSE}|(?=(?P<unclosed>{_INSIDE}{{0,{_LONGEST_INSIDE}}})))"
)
"""Every opening bracket, with what is inside where it is closed. Bounded on both sides, so linear."""

UNFINISHED = re.compile(rf"\\{{0,2}}(?:{_OPEN}(?P<inside>{_INSIDE}{{0,{_LONGEST_INSIDE}}}))?\Z")
"""The end of a text that the next characters may turn into a placeholder."""

BARE = re.compile(
    rf"(?<![^\W_])(?P<label>{_CANONICAL})_(?P<number>[1-9][0-9]{{0,5}})(?P<suffix>[a-z]{{0,2}})(?![^\W_])"
)
"""A bare placeholder, exactly as the vault writes it, standing between anything but letters and digits."""

_EXACT = re.compile(rf"\[(?:{_CANONICAL})_[1-9][0-9]{{0,2}}[a-z]{{0,2}}\]")
_EXACT_BARE = re.compile(rf"(?<![^\W_])(?:{_CANONICAL})_[1-9][0-9]{{0,2}}[a-z]{{0,2}}(?![^\W_])")

_WRITTEN = re.compile(
    rf"[{_DECORATION}]{{0,6}}"
    rf"(?P<label>AGE[{_SEPARATORS}]{{0,3}}(?:SUP|OVER)[{_SEPARATORS}]{{0,3}}89(?=[{_SEPARATORS}])"
    rf"|[^\W\d_](?:[^\W\d]|[\u0300-\u036f{_SEPARATORS}])*?)"
    rf"[{_SEPARATORS}]{{0,3}}(?P<number>[1-9][0-9]{{0,5}})"
    rf"(?:[{_SEPARATORS}]{{0,2}}(?P<suffix>[A-Za-z]{{1,2}}))?"
    rf"[{_DECORATION}]{{0,6}}",
    re.IGNORECASE,
)
_DAMAGED = re.compile(
    rf"[{_DECORATION}]{{0,6}}(?P<label>{_CANONICAL})(?:\\{{0,2}}_|(?P<alone>[{_DECORATION}]{{0,6}}\Z))"
)
_NUMBERED = re.compile(r"[1-9][0-9]{0,5}[A-Z]{0,2}")
_DROPPED = re.compile(rf"[{_SEPARATORS}*`~\u0300-\u036f]")
_UNICODE_ESCAPE = re.compile(r"\\u([0-9a-fA-F]{4})")


@dataclass(frozen=True, slots=True)
class Placeholder:
    """What stands for a value: its label, the value's number from 1, and the written form's rank from 0."""

    label: Label
    number: int
    variant: int = 0

    @property
    def bare(self) -> str:
        """Return the form without brackets."""
        return f"{self.label.value}_{self.number}{_suffix(self.variant)}"

    @override
    def __str__(self) -> str:
        return f"[{self.bare}]"


def read(inside: str, *, json_escaped: bool = False) -> Placeholder | None:
    """Return the placeholder written between two brackets, in any tolerated variant."""
    if json_escaped:
        inside = _UNICODE_ESCAPE.sub(lambda match: chr(int(match[1], 16)), inside)
    match = _WRITTEN.fullmatch(inside)
    label = _LABELS.get(_folded(match["label"])) if match else None
    return _placeholder(label, match["number"], match["suffix"] or "") if match and label else None


def read_bare(match: re.Match[str]) -> Placeholder | None:
    """Return the placeholder of a `BARE` match."""
    return _placeholder(Label(match["label"]), match["number"], match["suffix"])


def damaged(inside: str, *, ended: bool) -> Label | None:
    """Return the label of what was a placeholder and can be read no more.

    That is: a label exactly as written by the vault, followed by `_` and no valid number (`[NOM_]`, `[NOM_01]`,
    `[NOM_1/2]`, `[NOM_` never closed), or a label alone where the bracket closes or the text is over (`[NOM]`).
    `ended` says whether one of these two is the case. `inside` must not be a placeholder that `read` knows.
    """
    match = _DAMAGED.match(inside)
    return Label(match["label"]) if match and (ended or match["alone"] is None) else None


def could_become(inside: str, *, json_escaped: bool = False) -> bool:
    """Return whether more characters may turn an opened bracket into a placeholder; once False it stays False."""
    if json_escaped and "\\u" in inside:
        return True
    folded = _folded(inside)
    return folded in _PREFIXES or any(
        folded.startswith(alias) and _NUMBERED.fullmatch(folded, len(alias)) for alias in _LABELS
    )


def lookalikes(text: str) -> Iterator[Placeholder]:
    """Yield every placeholder that restoring could see in a text, bracketed or bare."""
    for match in BRACKETED.finditer(text):
        if match["inside"] is not None:
            for found in (read(match["inside"]), read(match["inside"], json_escaped=True)):
                if found is not None:
                    yield found
    for match in BARE.finditer(text):
        if (found := read_bare(match)) is not None:
            yield found


def damaged_lookalikes(text: str) -> Iterator[Label]:
    """Yield the label of everything in a text that restoring would take for a damaged placeholder."""
    for match in BRACKETED.finditer(text):
        inside = match["inside"] if match["inside"] is not None else match["unclosed"]
        label = damaged(inside, ended=True)
        if label is not None:
            yield label


def already_masked(text: str, *, bare: bool) -> Iterator[tuple[int, int]]:
    """Yield where exact placeholders stand: these hold nothing identifying, and are not masked again.

    Exact only, and three digits at most: `[IPP 8102]` may well be somebody's number.
    """
    for match in (_EXACT_BARE if bare else _EXACT).finditer(text):
        yield match.span()


def _placeholder(label: Label, number: str, suffix: str) -> Placeholder | None:
    variant = _variant(suffix.lower())
    return None if variant is None else Placeholder(label, int(number), variant)


def _suffix(variant: int) -> str:
    if variant == 0:
        return ""
    if variant < 26:  # noqa: PLR2004 (letters of the alphabet)
        return chr(ord("a") + variant)
    first, second = divmod(variant - 26, 26)
    return chr(ord("a") + first) + chr(ord("a") + second)


def _variant(suffix: str) -> int | None:
    ranks = [ord(letter) - ord("a") for letter in suffix]
    if not ranks:
        return 0
    if len(ranks) == 1:
        return ranks[0] or None  # `a` is never written: the first form has no suffix
    return 26 + 26 * ranks[0] + ranks[1]


def _folded(text: str) -> str:
    return _DROPPED.sub("", unicodedata.normalize("NFKD", text)).upper()
