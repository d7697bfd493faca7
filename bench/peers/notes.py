"""Invented French notes whose identifiers are known, no two alike, so that no cache wins by accident."""

import random
from typing import NamedTuple

SURNAMES = [
    "Delcourt", "Vasseur", "Benhaddou", "Kouassi", "Marchetti", "Sabatier", "Lecardinec", "Pruvost", "Tessandier",
    "Ouedraogo", "Bouvard", "Kerguelen", "Ferrandez", "Yildirim", "Castaing", "Malherbe", "Rakotoson", "Dujardin",
    "Wisniewski", "Lamoureux", "Chevreau", "Haddadi", "Perrichon", "Tran", "Guilloteau", "Brochard", "Santoni",
    "Mbarga", "Roussillon", "Quillivic",
]  # fmt: skip
GIVEN = [
    "Élodie", "Moussa", "Jean-Pierre", "Nadia", "Thibault", "Linh", "Solène", "Karim", "Anne-Sophie", "Gérard",
    "Fatoumata", "Yannick", "Odile", "Mehdi", "Françoise", "Bastien", "Aïcha", "Loïc", "Geneviève", "Sofiane",
    "Maëlle", "Raymond", "Ingrid", "Corentin",
]  # fmt: skip
STREETS = ("rue des Tanneurs", "avenue Pasteur", "chemin du Lavoir", "place de la Halle", "boulevard Carnot")
TOWNS = ("Rennes", "Vitré", "Quimperlé", "Montauban", "Angoulême", "Saint-Brieuc", "Villeurbanne", "Roanne")
CLINICAL = (
    "Douleur thoracique rétrosternale constrictive apparue au repos, cédant en vingt minutes.",
    "Troponine à {} ng/L, ECG sans sus-décalage, FEVG à 55 %.",
    "Antécédents : HTA traitée par amlodipine 5 mg, maladie de Basedow, appendicectomie.",
    "Examen abdominal sans particularité, signe de Murphy négatif, score de Glasgow à 15.",
    "Poursuite du paracétamol 1 g trois fois par jour, enoxaparine 0,4 mL sous-cutanée.",
    "Dyspnée stade II de la NYHA, sans orthopnée, saturation à {} % en air ambiant.",
    "TDM thoracique : pas d'embolie pulmonaire, épanchement pleural de faible abondance.",
    "CRP à {} mg/L, créatinine stable, ionogramme sans anomalie.",
    "Kinésithérapie à poursuivre, reprise de la marche avec une canne sur {} mètres.",
)
SHORT, LONG = 200, 2000
HISTORY = 20
"""Messages before the last one in a conversation."""


class Note(NamedTuple):
    """A text, and what in it identifies somebody."""

    text: str
    identifiers: tuple[str, ...]


class Talk(NamedTuple):
    """The messages of one request; what is answered is the last of them."""

    messages: tuple[Note, ...]

    @property
    def last(self) -> str:
        """Return the text that the upstream echoes."""
        return self.messages[-1].text

    @property
    def identifiers(self) -> frozenset[str]:
        """Return what in the whole request identifies somebody."""
        return frozenset(value for note in self.messages for value in note.identifiers)

    def body(self, model: str, *, stream: bool) -> dict[str, object]:
        """Return the request, as a client of OpenAI writes it."""
        roles = ["user", "assistant"] * len(self.messages)
        first = len(self.messages) % 2 == 0  # the last message is always the user's
        messages = [
            {"role": role, "content": note.text} for role, note in zip(roles[first:], self.messages, strict=False)
        ]
        return {"model": model, "stream": stream, "messages": messages}


def note(draw: random.Random, characters: int) -> Note:
    """Return a note of about so many characters; few identifiers where it is short."""
    name, given, doctor = draw.choice(SURNAMES), draw.choice(GIVEN), draw.choice(SURNAMES)
    born = f"{draw.randint(1, 28):02}/{draw.randint(1, 12):02}/{draw.randint(1935, 2005)}"
    ipp = str(draw.randint(10**9, 10**10 - 1))
    text = f"Patient : {name.upper()} {given}, né(e) le {born}, IPP {ipp}, adressé par le Dr {doctor}. "
    found = [name, given, born, ipp, doctor]
    if characters > SHORT:
        phone = "06 " + " ".join(f"{draw.randint(10, 99)}" for _ in range(4))
        number, town, code = draw.randint(1, 180), draw.choice(TOWNS), f"{draw.randint(10, 95)}{draw.randint(1, 9)}00"
        mail = f"{_plain(given)}.{_plain(name)}{draw.randint(1, 99)}@exemple.fr"
        street = f"{number} {draw.choice(STREETS)}"
        text += f"Demeurant {street}, {code} {town}. Téléphone {phone}, courriel {mail}. "
        found += [phone, mail, street, code, town]
    while len(text) < characters - 40:
        text += draw.choice(CLINICAL).format(draw.randint(2, 97)) + " "
    end = f"{given} {name} sera revu(e) par le Dr {doctor}."
    return Note(text + end if characters > SHORT else text.rstrip(), tuple(found))


def talk(draw: random.Random, characters: int, *, before: tuple[Note, ...] = ()) -> Talk:
    """Return a request whose last message is new."""
    return Talk((*before, note(draw, characters)))


def history(draw: random.Random) -> tuple[Note, ...]:
    """Return the messages that came before in a conversation."""
    return tuple(note(draw, SHORT) for _ in range(HISTORY))


def _plain(name: str) -> str:
    return name.lower().translate(str.maketrans("éèëïç-", "eeeic."))
