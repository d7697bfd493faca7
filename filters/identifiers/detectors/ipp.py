"""The hospital's number for a patient (IPP, NIP): no standard, so a label word, or the hospital's own patterns."""

import re

from filters.identifiers.detectors.hospital_number import CLOSE, GROUPED, LINK, LOWER, NUMBER, PLACE, is_a_number
from filters.identifiers.detectors.pattern import Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_LABEL = (
    r"\b(?:ipp{1,2}|nipp?|i[. ]p[. ]p\b\.?|n\.i\.p\.?|npi|id[ -]?pat|pat(?:ient)?[ -]?(?:no|nr|num)|"
    r"n[°o]? ?perm(?:anent)?|num[ée]ro permanent|mrn|patient (?:id|identifier|number)|"
    r"identifiant (?:permanent|du patient|patient|unique)|(?:num(?:[ée]ro)?|n[°o]|id|code|r[ée]f[ée]rence)"
    r"(?: (?:du|de la|de l'|de))? ?(?:patiente?|malade|usager|r[ée]sidente?))\b"
)
_CONTEXT = re.compile(
    rf"{_LABEL}{PLACE}|\b(?:patiente?|malade)(?: n[°o]| ?id\b| ?[:=]| ?\(){CLOSE}|\bpid-[234]: $|"
    rf"\(0010,0020\)[^\d\n]{{0,30}}$|"
    r"\bpatient/$|"
    rf"{_LABEL}[^\d\n;,]{{0,30}}[\w\-]{{4,14}} ?(?:[/&+]|et|ou|puis|ancien) ?$"
)
_AFTER = re.compile(
    r"^ ?[(,\-=:]? ?(?:est (?:le |son |l')|n[°o]\.? ?(?:d')?)?(?:ipp|nip)\b(?![\s:=n°o.]{0,5}\d)|^\^{1,4}[^|"
    r"\n]{0,80}\^pi\b"
)


class Ipp(ShapeRecognizer):
    """Finds IPP: 4 to 14 letters and digits that a label word announces, and the site's own patterns without any."""

    label = Label.IPP
    shapes = (
        Shape(
            name="labelled",
            pattern=NUMBER,
            score=0.2,
            plausible=is_a_number,
            context=_CONTEXT,
            after=_AFTER,
            with_context=0.95,
        ),
        Shape(
            name="in groups",
            pattern=GROUPED,
            score=0.2,
            plausible=is_a_number,
            context=re.compile(rf"{_LABEL}{PLACE}"),
            with_context=0.93,
        ),
        Shape(
            name="in lower case",
            pattern=re.compile(rf"[iInN](?<![^\W_].)(?:(?<=[iI])(?i:pp)|(?<=[nN])(?i:ip))(?![^\W_]){LINK}{LOWER}"),
            requires=("ipp", "nip"),
            score=0.94,
        ),
        Shape(
            name="long, just after a word for the patient",
            pattern=re.compile(r"[0-9](?<![\w+.,/]\d)\d{6,11}(?!\w|[.,/\-]\d)"),
            score=0.2,
            context=re.compile(r"\b(?:patiente?|malade|r[ée]sidente?) $"),
            with_context=0.75,
        ),
        Shape(
            name="glued to its label",
            pattern=re.compile(r"[iInN](?<!\w.)(?:(?<=[iI])(?i:pp)|(?<=[nN])(?i:ip))[A-Za-z]?\d{4,14}(?!\w)"),
            requires=("ipp", "nip"),
            score=0.96,
        ),
    )
