"""Invented patients, whose identifiers must not leave."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Patient:
    """What identifies somebody who does not exist."""

    first: str
    last: str
    birth: str
    nir: str
    phone: str
    mail: str
    town: str

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Return every text that must not leave."""
        return (self.first, self.last, self.birth, self.nir, self.phone, self.mail, self.town)

    def note(self) -> str:
        """Return a clinical note about this patient, with characters that JSON has to escape."""
        return (
            f"Mme {self.first} {self.last}, née le {self.birth}, NIR {self.nir}, demeurant à {self.town}.\n"
            f'Téléphone : {self.phone}, courriel : {self.mail}. "Dyspnée" d\'effort, fièvre à 38,5 °C.\n'
            f"Mme {self.last} est connue pour une BPCO ; traitement par ceftriaxone 2 g."
        )


SOLENE = Patient(
    first="Solène",
    last="Kerbrat",
    birth="14/03/1951",
    nir="2 51 03 29 019 042 31",
    phone="06 39 98 12 34",
    mail="solene.kerbrat@courriel.example",
    town="Quimperlé",
)
MARGOT = Patient(
    first="Margot",
    last="Lestrade",
    birth="02/11/1948",
    nir="2 48 11 75 114 117 19",
    phone="07 65 43 98 76",
    mail="margot.lestrade@courriel.example",
    town="Sarlat",
)
