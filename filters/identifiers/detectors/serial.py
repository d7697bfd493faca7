"""Other numbers that lead to one person: cards, claims, references of letters, pasted identifiers."""

import re

from filters.identifiers.detectors.hospital_number import CLOSE, NUMBER, PLACE, is_a_number
from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_CARD = re.compile(r"\b(?:carte vitale|vitale|cps|carte cps|carte d'assur[ée]|ceam|cpam)\b[^\d\n]{0,30}$")
_CLAIM = re.compile(
    r"\b(?:ald|ameli|mutuelle|adh[ée]rent|contrat|amc|sinistre|mdph|caf|allocataire|france travail|p[ôo]le emploi|"
    r"aah|apa|ame|"
    r"protocole de soins|prise en charge|pec|[ée]crou|matricule|agent)"
    rf"(?: (?:n[°o]\.?|num[ée]ro|num|id|identifiant)| ?[:=#]){CLOSE}|\b(?:num[ée]ro|num|n[°o]\.?|id|identifiant) "
    rf"?(?:d'|de |du |de la |de l')?"
    rf"(?:ald|adh[ée]rent|allocataire|contrat|sinistre|mutuelle|[ée]crou|mdph|caf|prise en charge|matricule|agent|"
    rf"s[ée]jour|badge){PLACE}"
)
_ELEMENT = re.compile(r"<(?:[a-z0-9]{1,10}:)?id\b[^>\n]{0,85}extension ?= ?[\"']$|\bextension ?= ?[\"']$")
_RESOURCE = re.compile(
    r"\b(?:patient|practitioner|encounter|related ?person|episode of care|document reference|diagnostic report|"
    r"observation|"
    r"service request|identifier)/$"
)
_STAFF = re.compile(r"\b(?:orc-1[02]|obr-(?:16|28)|pv1-(?:[789]|17)|rol-4|evn-5): $")
"""Fields of messages that open with somebody's number."""

_VALUE = re.compile(
    r"\bidentifier\b[^\n]{0,80}\bvalue\b[\s:=\"']{0,6}$|"
    r"\bsystem\b[^\n]{0,75}\bvalue\b[\s:=\"']{0,6}$"
)


class Serial(ShapeRecognizer):
    """Finds ID where a word, an element or a resource says that the number is somebody's."""

    label = Label.ID
    shapes = (
        Shape(
            name="health card",
            pattern=re.compile(rf"[0-9](?<!\w.)(?:{SPACE}?\d){{9,20}}(?!\w)"),
            score=0.2,
            context=_CARD,
            with_context=0.85,
        ),
        Shape(
            name="claim or pasted structure",
            pattern=NUMBER,
            score=0.2,
            plausible=is_a_number,
            context=re.compile(
                rf"{_CLAIM.pattern}|{_ELEMENT.pattern}|{_RESOURCE.pattern}|{_VALUE.pattern}|{_STAFF.pattern}"
            ),
            with_context=0.75,
        ),
        Shape(
            name="reference of a letter",
            pattern=re.compile(r"[A-Z](?<!\w.)[A-Z]{1,3}/[A-Z]{2,4}(?:[/\-]\d{1,6})?(?!\w)"),
            score=0.2,
            context=re.compile(r"\br[ée]f(?:[ée]rences?|s)?\.?(?: du courrier)? ?[:=]? ?$"),
            with_context=0.7,
        ),
    )
