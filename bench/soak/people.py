"""People who do not exist, notes about them, and whether one of them reached the model."""

import itertools
import json
import random
from collections.abc import Sequence
from dataclasses import dataclass

SURNAMES = ["Delcourt", "Vasseur", "Benhaddou", "Kouassi", "Marchetti", "Sabatier", "Quéméneur", "Lestrade"]
GIVEN = ["Élodie", "Moussa", "Thibault", "Nadia", "Solène", "Karim", "Margot", "Bastien"]
CLINICAL = [
    "Douleur thoracique rétrosternale constrictive apparue au repos, cédant en vingt minutes.",
    "Troponine à 18 ng/L, ECG sans sus-décalage, FEVG à 55 %.",
    "Antécédents : HTA traitée par amlodipine 5 mg, maladie de Basedow, appendicectomie.",
    "Examen abdominal sans particularité, signe de Murphy négatif, score de Glasgow à 15.",
    "Poursuite du paracétamol 1 g trois fois par jour, enoxaparine 0,4 mL sous-cutanée.",
]


@dataclass(frozen=True)
class Person:
    """Somebody who does not exist."""

    name: str
    given: str
    nir: str
    phone: str
    mail: str

    @property
    def identifiers(self) -> tuple[str, ...]:
        """Return what must not leave."""
        return (self.name, self.given, self.nir, self.phone, self.mail)


def people(draw: random.Random) -> list[Person]:
    """Return as many as there are surnames and given names."""
    made = []
    for name, given in itertools.product(SURNAMES, GIVEN):
        number = (
            f"2{draw.randrange(30, 99)}{draw.randrange(1, 13):02}29{draw.randrange(1, 400):03}{draw.randrange(999):03}"
        )
        phone = "06 " + " ".join(f"{draw.randrange(100):02}" for _ in range(4))
        mail = f"{given[0].lower()}{draw.randrange(10**6)}@courriel.example".replace("é", "e")
        made.append(Person(name, given, f"{number}{97 - int(number) % 97:02}", phone, mail))
    return made


def note(person: Person, draw: random.Random) -> str:
    """Return a note that no cache has seen."""
    lines = [
        f"Mme {person.given} {person.name}, NIR {person.nir}, téléphone {person.phone}, courriel {person.mail}.",
        *draw.choices(CLINICAL, k=6),
        f"Dossier {draw.randrange(10**9)}. Mme {person.name} sort demain.",
    ]
    return "\n".join(lines)


class Leaks:
    """Hears each request that reaches the model, and counts those that hold an identifier."""

    def __init__(self, persons: Sequence[Person]) -> None:
        self.requests = self.leaking = 0
        self._identifiers = {text for person in persons for text in person.identifiers}

    def __call__(self, body: bytes) -> None:
        """Look at one."""
        said = json.dumps(json.loads(body), ensure_ascii=False)
        self.requests += 1
        self.leaking += any(text in said for text in self._identifiers)
