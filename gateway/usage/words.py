"""What the report says in French, the same in every format."""

from collections.abc import Mapping
from typing import Final

from gateway.usage.counts import NO_VALUE
from gateway.usage.disclosure import THRESHOLD, Cell
from gateway.usage.names import Names
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
    ("use", NO_VALUE): "aucun usage reconnu",
    ("route", NO_VALUE): "aucune (rien n’a été envoyé)",
    ("refusal", "usage_requis"): "usage non déclaré",
    ("refusal", "usage_inconnu"): "usage absent de la charte",
    ("refusal", "usage_ferme"): "usage fermé",
    ("refusal", "hors_role"): "usage non ouvert au rôle",
    ("refusal", "hors_cle"): "usage non couvert par la clé",
    ("refusal", "route_inconnue"): "modèle inconnu",
    ("refusal", "route_interdite"): "modèle non validé pour l’usage",
    ("refusal", "route_expiree"): "modèle dont la période est passée",
    ("refusal", "palier_insuffisant"): "modèle non autorisé pour ces données",
    ("refusal", "hds_invalide"): "certificat HDS non valide",
    ("refusal", "aucune_route"): "aucun modèle pour l’usage",
}

EXPLANATION: Final = (
    f"Les effectifs de 1 à {THRESHOLD - 1} sont affichés « < {THRESHOLD} ». « masqué » protège un petit "
    "effectif voisin, qui sinon se déduirait du total. Aucune personne, aucun patient et aucun dossier ne "
    "figurent dans ce rapport. "
    "Jours et mois sont comptés en temps universel."
)


def number(count: int) -> str:
    """Return a number as French writes it: thousands apart, on one line."""
    return f"{count:,}".replace(",", "\N{NARROW NO-BREAK SPACE}")


def shown(cell: Cell) -> str:
    """Return a cell as a French reader sees it."""
    return cell.text if cell.count is None else number(cell.count)


def words(table: str, name: str, names: Names) -> str:
    """Return how a row is called: by its title in `names`, in our words, or as the journal writes it."""
    if table == "refusal":
        code, separator, article = name.partition(", article ")
        return f"{_WORDS.get((table, code), code)}{' — ' if separator else ''}{article}"
    return names.get((table, name)) or _WORDS.get((table, name), name)


def summary(report: Report) -> tuple[tuple[str, str], ...]:
    """Return the figures that stand at the top."""
    return (
        ("Demandes", shown(report.requests)),
        ("Demandes du mois précédent", shown(report.requests_before)),
        ("Évolution", _evolution(report)),
        ("Étiquettes non restituées par le modèle", shown(report.placeholders_lost)),
        ("Étiquettes inconnues dans les réponses", shown(report.placeholders_unknown)),
        ("Jetons consommés", "masqué" if report.tokens is None else number(report.tokens)),
    )


def _evolution(report: Report) -> str:
    now, before = report.requests.count, report.requests_before.count
    if now is None or not before:
        return "—"
    return f"{(now - before) / before:+.0%}".replace("%", " %").replace("-", "−")
