"""Reading a masked text without a language model: its sentences, its placeholders, and a draft made of both."""

import re
import unicodedata
from dataclasses import dataclass
from functools import cached_property
from typing import Final

WARNING: Final = (
    "Réponse du modèle de démonstration d’Écluse : ce n’est pas un modèle de langage. "
    "Il recopie des passages de votre texte, sans rédiger, résumer ni vérifier."
)

_PLACEHOLDER: Final = re.compile(r"\[([A-Z][A-Z0-9_]*?)_[1-9]\d*[a-z]{0,2}\]")
_PERSON: Final = re.compile(r"\[(?:PRENOM|NOM|PERSONNE)_\w+\](?:[ -]\[(?:PRENOM|NOM|PERSONNE)_\w+\])*")
_SENTENCE_END: Final = re.compile(r"\n+|(?<=[.!?;])[ \t]+(?=[A-ZÀ-Ý\[«–-])")
_BULLET: Final = re.compile(r"^[\s\-–—•*#>]+")

_TITLES: Final = {
    "DATE_NAISSANCE": "Date de naissance",
    "AGE_SUP_89": "Âge",
    "IPP": "IPP",
    "NDA": "Numéro de dossier",
    "SECU": "Numéro de sécurité sociale",
    "DATE": "Dates citées",
    "HOPITAL": "Établissement",
    "ORGANISATION": "Organisation",
    "ADRESSE": "Adresse",
    "ZIP": "Code postal",
    "VILLE": "Ville",
    "TEL": "Téléphone",
    "MAIL": "Courriel",
    "RPPS": "RPPS",
    "ADELI": "ADELI",
    "FINESS": "FINESS",
    "IBAN": "IBAN",
    "ID": "Autre numéro",
}

_CLINICAL: Final = re.compile(
    "motif|diagnosti|antecedent|traitement|conclusion|examen|biolog|scanner|irm|radiograph|echograph|allergi|mg|sympt"
    "|hospitalis|interven|sortie|ordonnance|surveill|controle|tension|temperature|douleur|fievre|prescri|admis|suivi"
    "|evolution|bilan|patient|hypothes"
)
"""Beginnings of words that a clinical note is made of, unaccented."""

_REQUEST: Final = re.compile(
    "redige|resume|reformule|ecris|fais|traduis|corrige|propose|prepare|genere|donne|peux-tu|pouvez-vous|merci|bonjour"
    "|voici|utilise|appelle|reponds|extrais|structure|transforme"
)
"""Beginnings of sentences that speak to the model."""

_MOST_PASSAGES: Final = 5
_MOST_OF_A_LABEL: Final = 6
_SHORTEST, _LONGEST = 12, 2000


def folded(text: str) -> str:
    """Return `text` in lower case, without accents."""
    decomposed = unicodedata.normalize("NFKD", text)
    return "".join(character for character in decomposed if not unicodedata.combining(character)).lower()


@dataclass(frozen=True)
class Note:
    """A masked text, and what can be picked from it."""

    text: str

    @cached_property
    def placeholders(self) -> dict[str, list[str]]:
        """Return the distinct placeholders by label, in order of first appearance."""
        found: dict[str, list[str]] = {}
        for match in _PLACEHOLDER.finditer(self.text):
            known = found.setdefault(match[1], [])
            if match[0] not in known:
                known.append(match[0])
        return found

    @cached_property
    def persons(self) -> list[str]:
        """Return how each person is first written, names side by side kept together."""
        return list(dict.fromkeys(match[0] for match in _PERSON.finditer(self.text)))

    def first(self, *labels: str) -> str | None:
        """Return the first placeholder of the first label that has one."""
        return next((self.placeholders[label][0] for label in labels if label in self.placeholders), None)

    @cached_property
    def passages(self) -> list[str]:
        """Return the sentences that look most clinical, in the order of the text; requests to the model come last."""
        pieces = (_BULLET.sub("", piece).strip() for piece in _SENTENCE_END.split(self.text))
        sentences = [piece for piece in pieces if _SHORTEST <= len(piece) <= _LONGEST]
        best = sorted(range(len(sentences)), key=lambda place: (-_weight(sentences[place]), place))
        return [sentences[place] for place in sorted(best[:_MOST_PASSAGES])]


def draft(note: Note, variant: int = 0) -> str:
    """Return the answer: what it is, who and what the text speaks of, and passages of it, word for word."""
    lines = [WARNING if variant == 0 else f"{WARNING} Variante {variant + 1}.", ""]
    if note.persons:
        lines.append(f"Patient (première personne citée) : {note.persons[0]}")
    for label, title in _TITLES.items():
        if found := note.placeholders.get(label):
            lines.append(f"{title} : {', '.join(found[:_MOST_OF_A_LABEL])}")
    if len(note.persons) > 1:
        lines.append(f"Autres personnes citées : {', '.join(note.persons[1 : _MOST_OF_A_LABEL + 1])}")
    if lines[-1]:
        lines.append("")
    kept = note.passages[: max(1, _MOST_PASSAGES - variant)]
    if kept:
        lines += ["Passages retenus :", *(f"- {passage}" for passage in kept)]
    else:
        lines.append("Le texte ne contient aucun passage à recopier.")
    return "\n".join(lines)


def _weight(sentence: str) -> int:
    plain = folded(sentence)
    weight = 2 * len(set(_CLINICAL.findall(plain))) + bool(re.search(r"\d", plain)) + ("[" in sentence)
    return weight - 10 if _REQUEST.match(plain) else weight
