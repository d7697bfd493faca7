"""People in forms and fields: `Nom : …`, `"family": "…"`, `signé …`."""

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import ClassVar

from typing_extensions import override

from filters.identifiers.detectors.language import Reading
from filters.identifiers.detectors.names import Names, Trust
from filters.identifiers.detectors.recogniser import WordRecognizer
from filters.identifiers.entity import Label, Span
from filters.identifiers.lexicon import lists
from filters.identifiers.lexicon.words import Word

_SEPARATOR = (
    r"""\s{0,3}(?:\([a-zéè/ ]{1,12}\)\s{0,2})?(?:["']?\s{0,3}(?:[:=|\t]|\s-\s)[ \t]{0,4}["'\[|]{0,2}[ \t]{0,3})"""
)
_LABELS: tuple[tuple[Label, Trust, str], ...] = (
    (
        Label.PERSONNE,
        Trust.LABEL,
        (
            r"nom(?:s)?[ /,&_-]{1,3}(?:et )?(?:du |de la |de l')?(?:pr[ée]noms?)|noms?[ _](?:du |de la )?patiente?|"
            r"pr[ée]noms?[ /,&_-]{1,3}(?:et )?noms?|full[_ ]?name|"
            r"nom complet|identit[ée](?: du patient)?|display(?:name)?|patient[_ ]?name|author[_ ]?name|detailedname"
        ),
    ),
    (
        Label.NOM,
        Trust.LABEL,
        (
            r"noms?(?:[ _](?:(?:de[ _])?naissance|(?:d'|de )?usage|usuel|marital|d'[ée]pouse|(?:de[ _])?jeune[ _]fille|"
            r"patronymique|(?:de[ _])?famille|utilis[ée]))?|last[_ ]?name|family(?:[_ ]?name)?|surname|birth[_ ]?name|"
            r"maiden[_ ]?name"
        ),
    ),
    (
        Label.PRENOM,
        Trust.LABEL,
        (
            r"(?:1er |premier |autres? )?pr[ée]noms?(?:[ _](?:usuel|de[ _]naissance|utilis[ée]|du patient|patient))?|"
            r"first[_ ]?name|given(?:[_ ]?names?)?|middle[_ ]?name"
        ),
    ),
    (
        Label.PERSONNE,
        Trust.ROLE,
        (
            r"patient(?:e|\(e\))?|r[ée]sident(?:e)?|usag[eè]re?|assur[ée]e?|b[ée]n[ée]ficiaire|"
            r"m[ée]decins?(?: \w{3,14}){0,2}|"
            r"praticien(?: \w{3,14}){0,2}|chirurgien(?:ne)?|op[ée]rateurs?|op[ée]ratrice|aides?(?: op[ée]ratoires?)?|"
            r"anesth[ée]sistes?|"
            r"infirmi[eè]re?s?|ide|ibode|iade|panseuse|instrumentiste|interne|externe|prescripteur|destinataires?|"
            r"exp[ée]diteur|"
            r"r[ée]dact(?:eur|rice)|auteur|de|[àa]|from|to|cc|cci|copie(?: [àa])?|fait par|vu par|dict[ée]e? par|"
            r"saisi(?:e)? par|valid[ée]e? (?:par|[ée]lectroniquement par)|"
            r"sign[ée]e?(?: [ée]lectroniquement)?(?: par)?|signature|"
            r"personne (?:de confiance|[àa] (?:pr[ée]venir|contacter))|contact|correspondant|interlocut(?:eur|rice)|"
            r"proche|"
            r"repr[ée]sentant(?: l[ée]gal)?|tut(?:eur|rice)|curat(?:eur|rice)|m[eè]re|p[eè]re|conjointe?|[ée]poux|"
            r"[ée]pouse|"
            r"fils|fille|fr[eè]re|s(?:œ|oe)ur|aidante?|secr[ée]taire|assistante?(?: sociale)?|cadre(?: de sant[ée])?|"
            r"r[ée]f[ée]rente?|astreinte|garde|senior|appelant|name|text|dr"
        ),
    ),
)
_FIELDS = re.compile(
    "|".join(f"(?P<f{n}>(?<![\\w'-])(?:{words}))(?![\\w'-]){_SEPARATOR}" for n, (_, _, words) in enumerate(_LABELS)),
    re.IGNORECASE,
)
_OPENING_WORDS = (
    "1 premier autre autres nom noms prenom prenoms full fullname identite display displayname patient "
    "patientname author authorname detailedname last lastname family familyname surname birth birthname maiden "
    "maidenname first firstname given givenname givennames middle middlename name text dr patiente resident "
    "residente usager usagere assure assuree beneficiaire medecin medecins praticien chirurgien chirurgienne "
    "operateur operateurs operatrice aide aides anesthesiste anesthesistes infirmier infirmiers infirmiere "
    "infirmieres ide ibode iade panseuse instrumentiste interne externe prescripteur destinataire "
    "destinataires expediteur redacteur redactrice auteur de a from to cc cci copie fait vu dicte dictee saisi "
    "saisie valide validee signe signee signature personne contact correspondant interlocuteur interlocutrice "
    "proche representant tuteur tutrice curateur curatrice mere pere conjoint conjointe epoux epouse fils "
    "fille frere soeur aidant aidante secretaire assistant assistante cadre referent referente astreinte garde "
    "senior appelant"
)
_OPENINGS = frozenset(_OPENING_WORDS.split())
"""The words that open the labels: a look-up of each word is much faster than a search from each character."""
_UNMARKED = re.compile(
    r"(?<![\w'-])(?:(?P<f1>NOM(?: DE NAISSANCE| D'USAGE| MARITAL| DE JEUNE FILLE)?"
    r"(?! (?:DE (?:NAISSANCE|JEUNE FILLE|FAMILLE)|D'USAGE|MARITAL|USUEL)\b)|Nom (?:de naissance|"
    r"de jeune fille|d'usage))|"
    r"(?P<f2>[Pp]r[ée]nom|PR[EÉ]NOM)|(?P<f3>[Ss]ign[ée]|[Pp]ar|"
    r"(?i:sign|dict|valid|saisi|r[ée]dig|fai|vue?|re[çc]ue?|revue?|suivi|adress|op[ée]r|examin|prescri|demand|"
    r"pr[ée]sent|accompagn|accueilli|appel|contact|envoy|confi|assist|remplac|amen|conduit|encadr|[ée]valu|r[ée]alis|"
    r"effectu|pratiqu|annonc|inform|transmis|relue?)(?:[ée]|t|e)?e?s? par))[ \t]{1,4}(?=[A-ZÀ-Ý])"
)
_UNMARKED_OPENINGS = frozenset({"nom", "prenom", "signe", "par"})
_ABOVE = re.compile(
    r"^[ \t]*(?:(?P<f1>nom(?: de naissance| d'usage| de famille| marital)?)|(?P<f2>pr[ée]noms?))[ \t]*\r?\n"
    r"(?=[^\n:;|]{1,40}(?:\n|$))",
    re.IGNORECASE | re.MULTILINE,
)
"""A label alone on its line, its value on the next."""
_ABOVE_OPENINGS = frozenset({"nom", "prenom", "prenoms"})


class PersonLabel(WordRecognizer):
    """Finds NOM, PRENOM and PERSONNE by the field in which they stand."""

    labels: ClassVar = (Label.NOM, Label.PRENOM, Label.PERSONNE)

    @override
    def find(self, text: str, reading: Reading) -> Iterator[Span]:
        """Yield the names that fields hold."""
        names = Names(reading)
        above = _ABOVE.finditer(text) if any(word.folded in _ABOVE_OPENINGS for word in names.words) else ()
        for match in (*_labelled(text, names.words), *_unmarked(text, names.words), *above):
            yield from self._field(names, match)

    def _field(self, names: Names, match: re.Match[str]) -> Iterator[Span]:
        kind = next(number for number in range(len(_LABELS)) if match.groupdict().get(f"f{number}"))
        label, trust, _ = _LABELS[kind]
        index = bisect_left(names.starts, match.end())
        if index >= len(names.words) or names.words[index].start > match.end() + 2:
            return
        found = names.read(index, trust)
        last = index + len(found)
        if found and label is Label.PERSONNE and last < len(names.words) and names.words[last].before in {", ", ","}:
            found += names.read(last, Trust.ROLE)[:2]
        if not found or (trust is Trust.ROLE and not _credible(names, found)):
            return
        if match[0].rstrip() == "par" and (
            not any(names.is_given(word) or names.is_surname(word) for word in found)
            or found[0].folded in lists.words("acronyms")
        ):
            return
        if label is Label.PERSONNE:
            yield from names.spans(found, 0.85 if trust is Trust.LABEL else 0.75, self.name, names.single(found))
        else:
            yield Span(found[0].start, found[-1].end, label, 0.92, self.name)


def _labelled(text: str, words: Sequence[Word]) -> Iterator[re.Match[str]]:
    """Yield the labels with their separators, each where the one before has ended."""
    end = 0
    for word in words:
        if word.folded in _OPENINGS and word.start >= end and (match := _FIELDS.match(text, word.start)):
            end = match.end()
            yield match


def _unmarked(text: str, words: Sequence[Word]) -> Iterator[re.Match[str]]:
    """Yield the labels that a capital follows without a separator; `par` is looked at from the verb before it."""
    end = 0
    for index, word in enumerate(words):
        if word.folded not in _UNMARKED_OPENINGS:
            continue
        for opening in words[max(0, index - (word.folded == "par")) : index + 1]:
            if opening.start >= end and (match := _UNMARKED.match(text, opening.start)):
                end = match.end()
                yield match


def _credible(names: Names, found: list[Word]) -> bool:
    """Whether what follows a weak label is a name, not the beginning of a sentence."""
    likely = max(names.likeness(word) for word in found) > 0.0
    return likely and not any(names.is_french(word) and word.lower for word in found)
