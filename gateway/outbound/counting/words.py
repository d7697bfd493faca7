"""What the report says in French, the same in every format. Pure."""

import datetime as dt
from typing import Final

from gateway.outbound.counting.disclosure import Shown
from gateway.outbound.counting.periods import Grain
from gateway.outbound.counting.report import Report

TITLES: Final = {
    "service": "Par service d’IA",
    "department": "Par service de l’établissement",
    "verdict": "Par suite donnée",
    "planned": "Par suite prévue une fois le blocage en vigueur",
    "engine": "Par filtre",
}

GRAINS: Final = {Grain.DAY: "jour", Grain.WEEK: "semaine", Grain.MONTH: "mois"}

_NAMES: Final = {
    ("verdict", "allow"): "autorisée",
    ("verdict", "observe"): "observée",
    ("verdict", "coach"): "avertie",
    ("verdict", "block"): "bloquée",
    ("service", ""): "service inconnu du catalogue",
    ("department", ""): "non rattaché",
    ("engine", "other"): "autre",
}

MODES: Final = {"observe": "observation", "simulate": "simulation", "coach": "avertissement", "block": "blocage"}

UNDERCOUNT: Final = (
    "Ces nombres sont un minimum. Ne sont pas vus : les téléphones sur réseau mobile, le télétravail sans VPN, les "
    "appareils personnels, l’IA incluse dans un logiciel dont elle a l’adresse, et ce qui passe dans un tunnel déjà "
    "ouvert vers une adresse autorisée."
)
MEANING: Final = (
    "Une tentative est une connexion : une page en ouvre souvent plusieurs. Une session réunit les tentatives d’un "
    "agent vers un service séparées par de courtes pauses. Un agent est un pseudonyme, qui change chaque mois ; un "
    "poste partagé en est un seul. Les automates sont comptés à part. Aucune personne ne figure dans ce rapport."
)


def rule(report: Report) -> str:
    """Return what is not shown, and why."""
    return (
        f"Ce qui vient de moins de {report.smallest} agents n’est pas montré (« < {report.smallest} ») ; « masqué » "
        "protège un petit effectif voisin, qui sinon se déduirait du total. Un jour de moins de "
        f"{report.smallest} agents ne compte que réuni à d’autres, dans sa semaine ou son mois. Les tableaux et les "
        "agents d’un mois paraissent quand il est fini ; sur plusieurs mois, « agents » est le mois le plus haut, et "
        "« ≥ » dit qu’un mois n’est pas montré."
    )


def notes(report: Report) -> tuple[str, ...]:
    """Return what a reader has to know."""
    found = [MEANING, UNDERCOUNT, rule(report)]
    if report.partial:
        found.append(
            "Des tentatives sont arrivées trop tard pour que les agents de leur mois soient recomptés : ce nombre est "
            "un minimum."
        )
    return tuple(found)


def shown(count: int | None, cell: Shown, smallest: int) -> str:
    """Return one of the three numbers as a French reader sees it."""
    if count is not None:
        return f"≥ {number(count)}" if cell.partial else number(count)
    if not cell.hidden:
        return "—"
    return f"< {smallest}" if cell.small else "masqué"


def number(count: int) -> str:
    """Return a number as French writes it: thousands apart, on one line."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def percent(share: float) -> str:
    """Return a part as French writes it."""
    return f"{share:.0%}".replace("%", "\N{NARROW NO-BREAK SPACE}%")


def name(table: str, row: str) -> str:
    """Return how a row is called."""
    return _NAMES.get(("verdict" if table == "planned" else table, row), row)


def period(start: dt.date, grain: Grain) -> str:
    """Return how a period is called."""
    return f"{start:%m/%Y}" if grain is Grain.MONTH else f"{start:%d/%m/%Y}"
