"""What an identifier is: its label, and where it stands in a text."""

from dataclasses import dataclass
from enum import StrEnum


class Label(StrEnum):
    """The kinds of identifier: EDS-Pseudo's labels, the French clinical standard, extended."""

    NOM = "NOM"
    PRENOM = "PRENOM"
    PERSONNE = "PERSONNE"
    """A person where first and last name cannot be told apart."""
    DATE = "DATE"
    DATE_NAISSANCE = "DATE_NAISSANCE"
    AGE_SUP_89 = "AGE_SUP_89"
    ADRESSE = "ADRESSE"
    ZIP = "ZIP"
    VILLE = "VILLE"
    TEL = "TEL"
    MAIL = "MAIL"
    SECU = "SECU"
    """NIR, NIA, INS and old INS-C."""
    IPP = "IPP"
    NDA = "NDA"
    RPPS = "RPPS"
    ADELI = "ADELI"
    FINESS = "FINESS"
    HOPITAL = "HOPITAL"
    ORGANISATION = "ORGANISATION"
    IBAN = "IBAN"
    ID = "ID"
    """Any other identifying number: card, plate, passport, licence, accession, serial."""


ALL_LABELS = frozenset(Label)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive, Python string indices) of a text, and what they are.

    `score` is in 0..1; `detector` names who found it, and `evidence` by what, for explanations. A span never holds the
    text itself, so that spans can be cached and counted without keeping anything identifying.
    """

    start: int
    end: int
    label: Label
    score: float = 1.0
    detector: str = ""
    evidence: str = ""

    def overlaps(self, other: "Span") -> bool:
        """Return whether the two spans share at least one character."""
        return self.start < other.end and other.start < self.end
