"""Invented notes of about 2 000 characters, no two alike, so that no cache wins by accident."""

import random

SURNAMES = ["Delcourt", "Vasseur", "Benhaddou", "Le Guennec", "Kouassi", "Marchetti", "Nguyen-Roux", "Sabatier"]
GIVEN = ["Élodie", "Moussa", "Jean-Pierre", "Nadia", "Thibault", "Linh", "Solène", "Karim"]
STREETS = ["12 rue des Tanneurs", "4 bis avenue Pasteur", "87 chemin du Lavoir", "3 place de la Halle"]
CLINICAL = [
    "Douleur thoracique rétrosternale constrictive apparue au repos, cédant en vingt minutes.",
    "Troponine à 18 ng/L, ECG sans sus-décalage, FEVG à 55 %.",
    "Antécédents : HTA traitée par amlodipine 5 mg, maladie de Basedow, appendicectomie.",
    "Examen abdominal sans particularité, signe de Murphy négatif, score de Glasgow à 15.",
    "Poursuite du paracétamol 1 g trois fois par jour, enoxaparine 0,4 mL sous-cutanée.",
    "Le patient rapporte une dyspnée stade II de la NYHA, sans orthopnée.",
    "TDM thoracique : pas d'embolie pulmonaire, épanchement pleural de faible abondance.",
]


def notes(count: int, *, characters: int = 2000, seed: int = 7) -> list[str]:
    """Return `count` different notes; the same seed gives the same notes."""
    draw = random.Random(seed)
    return [_note(draw, characters) for _ in range(count)]


def _note(draw: random.Random, characters: int) -> str:
    name, given, doctor = draw.choice(SURNAMES), draw.choice(GIVEN), draw.choice(SURNAMES)
    day = f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/2026"
    text = (
        f"Compte rendu de consultation du {day}. Patient : {name.upper()} {given}, né le "
        f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{draw.randint(1935, 2005)}, "
        f"IPP {draw.randint(10**9, 10**10 - 1)}, demeurant {draw.choice(STREETS)}, 35{draw.randint(0, 999):03} Rennes. "
        f"Téléphone 06 {draw.randint(10, 99)} {draw.randint(10, 99)} {draw.randint(10, 99)} {draw.randint(10, 99)}. "
        f"Adressé par le Dr {doctor}. "
    )
    while len(text) < characters:
        text += draw.choice(CLINICAL) + f" Valeur {draw.randint(1, 400)}. "
    return text[:characters] + f" Mme {name} sera revue par le Dr {doctor}."
