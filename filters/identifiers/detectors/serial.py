"""Other numbers that lead to one person: cards, claims, badges, complaints, slides, references, pasted identifiers."""

import re

from filters.identifiers.detectors.context import left_of, right_of
from filters.identifiers.detectors.hospital_number import CLOSE, GROUPED, NUMBER, is_a_number, is_no_year
from filters.identifiers.detectors.pattern import SPACE, Shape, ShapeRecognizer
from filters.identifiers.entity import Label

_CARD = re.compile(r"\b(?:carte vitale|vitale|cps|carte cps|carte d'assur[ée]|ceam|cpam)\b[^\d\n]{0,30}$")
_INSURANCE = (
    r"ald|ameli|mutuelle|adh[ée]rente?|adh[ée]sion|contrats?|police|amc|sinistres?|mdph|caf|msa|cpam|allocataire|"
    r"b[ée]n[ée]ficiaire|assur[ée]e?|affili[ée]e?|affiliation|france travail|p[ôo]le emploi|aah|apa|ame|css|cmu|"
    r"protocole de soins|prise en charge|pec"
)
_MONEY = (
    r"ch[èe]ques?|factures?|re[çc]u|quittance|bordereau|titre de recette|avis des sommes|devis|virement|compte|client|"
    r"abonn[ée]e?"
)
_STAFF_NUMBER = (
    r"matricule|mat\.?|agent|badge|[ée]tudiante?|[ée]l[èe]ve|stagiaire|salari[ée]e?|licence|carte(?: professionnelle)?"
)
_JUSTICE = (
    r"[ée]crou|plaintes?|main courante|pv|proc[èe]s[- ]verbal|proc[ée]dure|parquet|rg|jugement|r[ée]quisition|"
    r"scell[ée]s?|"
    r"d[ée]clarations?|signalements?|r[ée]clamations?|incidents?|[ée]v[ée]nements?(?: ind[ée]sirables?)?|fei|fsei|"
    r"eig?|tickets?|"
    r"inc"
)
_LABORATORY = (
    r"lames?|blocs?(?: (?:de )?paraffine)?|anapath\w*|biopsies?|cytologie|histologie|trac[ée]s?|clich[ée]s?|eeg|"
    r"s[ée]rum|"
    r"inclusion|randomisation|registre|bracelet|cristal|donneur|donneuse|participante?|volontaire|famille|"
    r"pr[ée]l[èe]vement|"
    r"analyse|bactério|laboratoire|labo"
)
_THING = rf"(?:{_INSURANCE}|{_MONEY}|{_STAFF_NUMBER}|{_JUSTICE}|{_LABORATORY})"
_NUMBER_WORD = r"(?:n[°ºo]s?\b\.?|n[°º]|num[ée]ro|num\b\.?|id\b|identifiant|r[ée]f(?:[ée]rence)?\b\.?|code)"
_CLAIM = re.compile(
    rf"\b{_THING}(?: [a-zà-ÿ'\-]{{2,14}}){{0,2}} ?(?:{_NUMBER_WORD}|[:=#]){CLOSE}|"
    rf"\b{_NUMBER_WORD} ?(?:d'|de |du |de la |de l')?(?:{_THING}|s[ée]jour)\b[^\d\n;,]{{0,15}}$"
)
_BESIDE = re.compile(
    r"\b(?:badge|matricule|mat\.?|pv|proc[èe]s[- ]verbal|main courante|tickets?|incident|[ée]crou|ch[èe]que|"
    r"[ée]tudiante?|"
    r"adh[ée]rente?|allocataire|contrat|licence|plainte|sinistre|lame|registre|fei|agdref|parquet) ?\(?$"
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
_SOME_NUMBER = re.compile(r"(?:[nN][°º]|\b[nN]o\.?|\b[nN]um(?:[ée]ro)?\.?|\bN[Oo]) ?[:(]? ?$")
_REFERENCE = re.compile(
    r"\br[ée]f(?:[ée]rences?|s)?\b\.? ?(?:du |de la |de l'|de |d'|[àa] )?(?:labo\w*|dossier|courrier|patiente?|"
    r"interne|examen|"
    r"client|demande|anapath\w*|prescription|analyse|affaire|rappeler|compte[- ]rendu|cr)\b ?[:.]? ?$|"
    r"(?:\b[nv] ?/ ?|\b(?:nos|vos|notre|votre) )r[ée]f(?:[ée]rences?|s)?\b\.?(?: [àa] rappeler)? ?:? ?$"
    r"|^r[ée]f(?:[ée]rences?|s)?\b\.?(?: [àa] rappeler)? ?: ?$"
)
_REFERENCE_WORD = re.compile(r"[rR](?<!\w.)(?i:[ée]f)")
_PRODUCT = re.compile(
    r"\b(?:lots?|s[ée]ries?|gtin|udi|cip\d*|ucd|lpp|ccam|cim|amm|atc|isbn|doi|nct|eudract|loi|d[ée]cret|arr[êe]t[ée]|"
    r"circulaire|instruction|directive|r[èe]glement|norme|iso|version|fabricant|fournisseur|mod[èe]le|catalogue|"
    r"articles?|"
    r"cas|figure|tableau|pages?|chapitre|annexe|chambre|lit|salle|proth[èe]ses?|implants?|tige|cupule|cotyle|insert|"
    r"cath[ée]ter|sonde|aiguille|stents?|endoproth[èe]se|valve|stimulateur|pacemaker|d[ée]fibrillateur|"
    r"g[ée]n[ée]rateur|pompe|"
    r"appareil|respirateur|moniteur|[ée]chographe|batterie|mat[ée]riel|dispositif|dmi?|vis|clou|kit|r[ée]actif|exp\b|"
    r"p[ée]remption|avis|recommandation|rapport|uf|service|fiche technique)\b[^\n]{0,40}$"
)
_PRODUCT_NEXT = re.compile(r"^[^\w\n]{0,4}(?:lots?|gtin|udi|exp|catalogue|fabricant|ref|qt[ée])\b")
"""Words that make a number a product's, a text's or a place's."""

_LEAST_DIGITS = 4


def _has_digits(match: re.Match[str]) -> bool:
    return is_no_year(match) and sum(character.isdigit() for character in match[0]) >= _LEAST_DIGITS


def _is_nobodys_product(match: re.Match[str]) -> bool:
    if not _has_digits(match) or _PRODUCT.search(left_of(match.string, match.start())):
        return False
    return _PRODUCT_NEXT.search(right_of(match.string, match.end())) is None


def _is_numbered(match: re.Match[str]) -> bool:
    """Return whether `n°` stands just before, and no word for a product, a law or a room before it."""
    before = match.string[max(0, match.start() - 10) : match.start()]
    return _SOME_NUMBER.search(before) is not None and _is_nobodys_product(match)


def _is_referenced(match: re.Match[str]) -> bool:
    """Return whether a word for a reference stands near: asked first, since it is seldom so and soon answered."""
    before = match.string[max(0, match.start() - 32) : match.start()]
    return _REFERENCE_WORD.search(before) is not None and _is_nobodys_product(match)


class Serial(ShapeRecognizer):
    """Finds ID where a word, an element or a resource says that the number is somebody's, and no product's."""

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
            name="claim in groups",
            pattern=GROUPED,
            score=0.2,
            plausible=_has_digits,
            context=_CLAIM,
            with_context=0.74,
        ),
        Shape(
            name="beside its word",
            pattern=NUMBER,
            score=0.2,
            plausible=is_no_year,
            context=_BESIDE,
            with_context=0.7,
        ),
        Shape(name="any number", pattern=NUMBER, score=0.6, plausible=_is_numbered),
        Shape(
            name="reference of a file",
            pattern=NUMBER,
            score=0.2,
            plausible=_is_referenced,
            context=_REFERENCE,
            with_context=0.7,
        ),
        Shape(
            name="reference of a letter",
            pattern=re.compile(r"[A-Z](?<!\w.)[A-Z]{1,3}/[A-Z]{2,4}(?:[/\-]\d{1,6})?(?!\w)"),
            score=0.2,
            context=re.compile(r"\br[ée]f(?:[ée]rences?|s)?\.?(?: du courrier)? ?[:=]? ?$"),
            with_context=0.7,
        ),
    )
