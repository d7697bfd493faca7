"""Telephone numbers: French, overseas and foreign, in figures or as dictated; extensions have their own file."""

import re

import phonenumbers

from filters.identifiers.detectors.context import CODES
from filters.identifiers.detectors.extension import EXTENSIONS, SPOKEN, is_nobodys
from filters.identifiers.detectors.pattern import JOIN, SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_DIGIT = "[0-9Oo]"
_END = rf"(?!{SPACE}?[.\-]?\d)(?!\w)"
_CONTEXT = re.compile(
    r"\bt[ée]l(?:s|[ée]phones?|[ée]phonique|ecom|\.)?(?:\W|$)|\bport\. ?$|\b(?:portable|"
    r"port|mobile|fixe|fax|t[ée]l[ée]copie|"
    r"gsm|phone|"
    r"secr[ée]tariat|joindre|joignable|rappeler|appeler|contact(?:er)?|standard|num[ée]ro|ligne|domicile|dect|bip|"
    r"poste)\b|"
    r"☎|📞|✆|\bpid-1[34]: |\bnk1-[56]: "
)
_OR = re.compile(r"(?:ou|/|puis|;) ?(?:au |le |sur le )?$")
_LISTED = re.compile(
    r"(?:(?:\d[ .\-]?){9}\d|\b(?:poste|dect|bip|t[ée]l|joignable au)\D{0,12}\d[\d .]{2,6}\d)(?: ?(?:ou|/|puis) "
    r"?(?:au |le )?\d[\d .]{2,6}\d){0,2}"
    r" ?(?:ou|/|puis|;) ?(?:au |le |sur le )?$"
)


_COUNTRY = re.compile(rf"^(?:\+|00|\(\+?){SPACE}?0?\d{{1,3}}\)?{SPACE}*(?:\({SPACE}?0{SPACE}?\))?")


def _separators(written: str) -> set[str]:
    return {between.strip() or " " for between in re.findall(r"(?<=[0-9Oo)])[^0-9Oo()]+(?=[0-9Oo])", written)}


def _is_one_number(match: re.Match[str]) -> bool:
    """Return whether the digits hold together: decimal numbers side by side are no telephone."""
    written = match[0]
    if sum(character.isdigit() for character in written) < len(re.findall(r"[0-9Oo]", written)) - 3:
        return False
    kinds = _separators(_COUNTRY.sub("", written))
    if kinds - {" "} and "." in kinds and (len(kinds) > 1 or re.search(r"(?<!\d)\d\.\d(?!\d)", written)):
        return False
    return len(kinds) <= 2 and not ("/" in kinds and len(kinds) > 1)  # noqa: PLR2004 (a second mark is a slip, a third is a table)


def _is_possible(written: str) -> bool:
    """Return whether the numbering plan of France, or of the country named, knows such a number."""
    try:
        number = phonenumbers.parse(re.sub("[Oo]", "0", written), "FR")
    except phonenumbers.NumberParseException:
        return False
    return phonenumbers.is_valid_number(number)


def _is_listed(match: re.Match[str]) -> bool:
    """Return whether `or` stands before: asked first, since it is seldom so and soon answered."""
    return is_nobodys(match) and _OR.search(match.string[max(0, match.start() - 12) : match.start()]) is not None


class Phone(ShapeRecognizer):
    """Finds TEL; an unknown numbering plan lowers nothing, since numbers are mistyped."""

    label = Label.TEL
    shapes = (
        Shape(
            name="ten digits",
            pattern=re.compile(rf"[0Oo](?<![\w+.,].)(?<!\d[ /\-].){JOIN}[1-9](?:{JOIN}{_DIGIT}){{8}}{_END}"),
            score=0.7,
            plausible=_is_one_number,
            checksum=_is_possible,
            with_checksum=0.85,
            context=_CONTEXT,
            with_context=0.96,
            against=CODES,
        ),
        Shape(
            name="country code",
            pattern=re.compile(
                rf"[+0(](?<!\w.)(?:\+|0|\(\+?)?{SPACE}?0?(?:33|262|590|594|596|508|681|687|689)\)?{JOIN}"
                rf"(?:\({SPACE}?0{SPACE}?\){JOIN})?\d(?:{JOIN}{_DIGIT}){{5,9}}{_END}"
            ),
            score=0.8,
            plausible=_is_one_number,
            checksum=_is_possible,
            with_checksum=0.95,
            context=_CONTEXT,
            with_context=0.97,
            against=CODES,
        ),
        Shape(
            name="abroad, dialled",
            pattern=re.compile(rf"0(?<!\w.)0[1-9]\d{{0,2}}{JOIN}(?:\(0\){JOIN})?\d(?:{JOIN}\d){{6,11}}{_END}"),
            score=0.4,
            plausible=_is_one_number,
            checksum=lambda written: _is_possible(re.sub(r"^00", "+", written)),
            with_checksum=0.9,
            context=_CONTEXT,
            against=CODES,
        ),
        Shape(
            name="abroad",
            pattern=re.compile(rf"\+(?<!\w.)[1-9]\d{{0,2}}{JOIN}(?:\(0\){JOIN})?\d(?:{JOIN}\d){{6,11}}{_END}"),
            score=0.65,
            plausible=_is_one_number,
            checksum=_is_possible,
            with_checksum=0.9,
            context=_CONTEXT,
            against=CODES,
        ),
        Shape(
            name="code in brackets",
            pattern=re.compile(rf"\((?<!\w.)\+?\d{{2,3}}\){JOIN}\d(?:{JOIN}{_DIGIT}){{7,9}}{_END}"),
            score=0.75,
            plausible=_is_one_number,
            context=_CONTEXT,
            with_context=0.95,
        ),
        Shape(
            name="announced",
            pattern=re.compile(rf"[0-9](?<![\w+.,].)(?:{JOIN}{_DIGIT}){{5,11}}{_END}"),
            score=0.2,
            plausible=lambda match: _is_one_number(match) and is_nobodys(match),
            context=re.compile(rf"(?:{_CONTEXT.pattern})[^\d\n]{{0,12}}$|\btel:\+?$"),
            with_context=0.85,
            against=CODES,
        ),
        Shape(
            name="dictated",
            pattern=re.compile(
                rf"[zZpP](?<!\w.)(?:(?<=[zZ])(?i:[ée]ro)|(?<=[pP])(?i:lus)[ \-](?i:trente)[ \-](?i:trois))[ \-,]{{1,2}}"
                rf"(?i:un|deux|trois|quatre|cinq|six|sept|huit|neuf)(?i:(?:[ \-,]{{1,2}}(?:et[ \-])?(?:{SPOKEN}|\d\d?))"
                rf"{{4,16}})(?!\w)"
            ),
            requires=("zero", "zéro", "plus"),
            score=0.85,
        ),
        Shape(
            name="another one of a list",
            pattern=re.compile(
                rf"[0-9](?<![\w+.,/].)\d(?:{SPACE}?[.\-]?\d\d?){{0,4}}(?![\w/%,]|{SPACE}?[.\-]?\d|[.]\d)"
            ),
            score=0.2,
            plausible=_is_listed,
            context=_LISTED,
            with_context=0.8,
        ),
        *EXTENSIONS,
    )
