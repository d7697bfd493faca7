"""What the report says in French, the same in every format."""

from collections.abc import Mapping
from typing import Final

from gateway.usage.disclosure import THRESHOLD
from gateway.usage.report import Report

_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("decision", "allow"): "permis",
    ("decision", "refuse"): "refusé",
    ("decision", "ask_use"): "usage à préciser",
    ("ending", "answered"): "réponse rendue",
    ("ending", "refused"): "refusée par la charte",
    ("ending", "limited"): "quota dépassé",
    ("ending", "failed"): "échec technique",
    ("ending", "cancelled"): "annulée par l’appelant",
    ("ending", "interrupted"): "interrompue (arrêt du service)",
}

EXPLANATION: Final = (
    f"Les effectifs de 1 à {THRESHOLD - 1} sont affichés « < {THRESHOLD} ». « masqué » protège un petit "
    "effectif voisin, qui sinon se déduirait du total. Aucune personne, aucun patient et aucun dossier ne figurent dans ce rapport. "
    "Jours et mois sont comptés en temps universel."
)


def words(table: str, name: str) -> str:
    """Return how a row is called: identifiers of the charter stay as the charter writes them."""
    return _WORDS.get((table, name), name)


def summary(report: Report) -> tuple[tuple[str, str], ...]:
    """Return the figures that stand at the top."""
    return (
        ("Demandes", report.requests.text),
        ("Demandes du mois précédent", report.requests_before.text),
        ("Évolution", _evolution(report)),
        ("Étiquettes non restituées par le modèle", report.placeholders_lost.text),
        ("Étiquettes inconnues dans les réponses", report.placeholders_unknown.text),
        ("Jetons consommés", "masqué" if report.tokens is None else str(report.tokens)),
    )


def _evolution(report: Report) -> str:
    now, before = report.requests.count, report.requests_before.count
    if now is None or not before:
        return "—"
    return f"{(now - before) / before:+.0%}".replace("%", " %").replace("-", "−")
