"""The hospital's number for a stay, an examination or a request (NDA, IEP): a label word, or site patterns."""

import re

from filters.identifiers.detectors.hospital_number import (
    CLOSE,
    GROUPED,
    LINK,
    LOWER,
    NUMBER,
    PLACE,
    is_a_number,
    is_no_year,
)
from filters.identifiers.detectors.pattern import Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_LABEL = (
    r"\b(?:nda|iep|n[°o]? ?adm|n\.d\.a\.?|i\.e\.p\.?|visit (?:id|number)|account number|"
    r"accession|encounter (?:id|number))\b"
)
_THING = (
    r"(?:dossiers?|s[ée]jours?|venues?|passages?|hospitalisations?|hospit|hospi|examens?|demandes?|"
    r"pr[ée]l[èe]vements?|visites?|"
    r"accession|admissions?|adm|consultations?|ordonnances?|prescriptions?|bons?|[ée]chantillons?|tubes?|actes?|"
    r"comptes?[- ]rendus?|"
    r"interventions?|rdv|rendez[- ]vous|encounter|visit|affaires?|courriers?|sinistres?|[ée]pisodes?|entr[ée]es?|"
    r"sorties?|mouvements?|urgences?|fiches?|[ée]tiquettes?|s[ée]j|doss|hosp|missions?|r[ée]gulation|appels?|"
    r"transports?)"
)
_NUMBERED = (
    rf"(?:\bn[°o]s?\b\.?|\bn°|\bnum(?:[ée]ro)?\b|\bid(?:entifiant)?\b|\br[ée]f(?:[ée]rence)?\b\.?|\bcode\b) ?(?:du |"
    rf"de la |de l'|de |d')?"
    rf"{_THING}\b"
)
_STRICT = re.compile(
    rf"(?:{_LABEL}|{_NUMBERED}){PLACE}|\b{_THING} ?(?:n[°o]\.?|num(?:[ée]ro)?|id|ref|"
    rf"[:#=\"]){CLOSE}"
)
_LOOSE = re.compile(
    r"\b(?:dossier|doss\.?|s[ée]jour|s[ée]j\.?|demande|examen|venue|visite|passage|[ée]pisode|pr[ée]l[èe]vement|"
    r"hospit\.?|"
    r"hospitalisation|adm\.?|admission)"
    r"(?: (?:m[ée]dical|patient|d'hospitalisation|hospitalier|administratif))? ?[(\[]?$"
)
_MESSAGE = re.compile(
    r"\bpid-18: $|\b(?:orc|obr)-[23]: $|\bpv1-19: $|\(0008,0050\)[^\d\n]{0,30}$|\(0038,0010\)[^\d\n]{0,30}$|"
    r"\bencounter/$"
)
_AFTER = re.compile(
    r"^ ?[(,\-=:]? ?(?:est (?:le |son |l')|n[°o]\.? ?(?:d')?)?(?:nda|iep)\b(?![\s:=n°o.]{0,5}\d)|^\^{1,4}[^|"
    r"\n]{0,80}\^(?:an|vn)\b"
)


class Nda(ShapeRecognizer):
    """Finds NDA: 4 to 14 letters and digits that a label word announces, and the site's own patterns without any."""

    label = Label.NDA
    shapes = (
        Shape(
            name="labelled",
            pattern=NUMBER,
            score=0.2,
            plausible=is_a_number,
            context=re.compile(f"{_STRICT.pattern}|{_MESSAGE.pattern}"),
            after=_AFTER,
            with_context=0.93,
        ),
        Shape(
            name="after a common word",
            pattern=re.compile(
                r"[A-Z0-9](?<![\w.,]\w)(?=[A-Za-z]{0,3}-?\d)(?=[A-Za-z\d/]{0,16}(?:-|\d{3}))[A-Za-z0-9\-/]{5,16}"
                r"(?<![\-/])(?![\w@]|[.,/]\d)"
            ),
            score=0.2,
            plausible=is_no_year,
            context=_LOOSE,
            with_context=0.8,
        ),
        Shape(
            name="in groups",
            pattern=GROUPED,
            score=0.2,
            plausible=is_a_number,
            context=re.compile(rf"(?:{_LABEL}|{_NUMBERED}){CLOSE}"),
            with_context=0.91,
        ),
        Shape(
            name="in lower case",
            pattern=re.compile(
                rf"[nNiIdDsSvV](?<![^\W_].)(?:(?<=[nN])(?i:da)|(?<=[iI])(?i:ep)|(?<=[dD])(?i:ossier)|"
                rf"(?<=[sS])(?i:[ée]jour)|(?<=[vV])(?i:enue))"
                rf"(?![^\W_]){LINK}{LOWER}"
            ),
            requires=("nda", "iep", "dossier", "sejour", "séjour", "venue"),
            score=0.9,
        ),
        Shape(name="glued to its label", pattern=re.compile(r"[IN](?<!\w.)(?:EP|DA)[A-Z]?\d{5,14}(?!\w)"), score=0.96),
        Shape(
            name="export of a hospital",
            pattern=re.compile(r"[A-Za-z](?<!\w.)[A-Za-z]{1,9}_\d{2,8}_\d{2,9}(?!\w)"),
            requires=("_",),
            score=0.65,
        ),
        Shape(
            name="after a birth date on a label",
            pattern=re.compile(r"[0-9](?<!\w.)\d{6,10}(?![\w%]|[.,/\-]\d)"),
            score=0.2,
            context=re.compile(r"[a-zà-ÿ]{2,} [*(]?\d\d[./]\d\d[./](?:19|20)\d\d[*)]? {0,3}[|;]? ?$"),
            with_context=0.6,
        ),
        Shape(
            name="one letter among digits",
            pattern=re.compile(r"[0-9](?<![\w.,/]\d)\d{1,3}[A-Za-z]\d{5,6}(?!\w)"),
            score=0.45,
            context=re.compile(r"\b(?:dossier|s[ée]jour|patiente?|hospitalis|venue|consult)"),
            with_context=0.7,
        ),
    )
