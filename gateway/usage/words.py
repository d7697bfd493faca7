"""What the report says in French, the same in every format."""

from collections.abc import Mapping
from typing import Final

from gateway.usage.counts import NO_VALUE, OPEN
from gateway.usage.disclosure import THRESHOLD, Cell
from gateway.usage.names import Names
from gateway.usage.report import Report, Table

_WORDS: Final[Mapping[tuple[str, str], str]] = {
    ("decision", "allow"): "permis",
    ("decision", "refuse"): "refusé",
    ("decision", "ask_use"): "usage à préciser",
    ("ending", "answered"): "réponse rendue",
    ("ending", "refused"): "refusée par la charte",
    ("ending", "limited"): "quota dépassé",
    ("ending", "stopped"): "arrêtée (système arrêté)",
    ("ending", "failed"): "échec technique",
    ("ending", "cancelled"): "annulée par l’appelant",
    ("ending", "interrupted"): "interrompue (arrêt du service)",
    ("use", NO_VALUE): "aucun usage reconnu",
    ("route", NO_VALUE): "aucune (rien n’a été envoyé)",
    ("refusal", "usage_requis"): "usage non déclaré",
    ("refusal", "usage_inconnu"): "usage absent de la charte",
    ("refusal", "usage_ferme"): "usage fermé",
    ("refusal", "hors_role"): "usage non ouvert au rôle",
    ("refusal", "hors_service"): "usage non ouvert au service",
    ("refusal", "hors_cle"): "usage non couvert par la clé",
    ("refusal", "route_inconnue"): "modèle inconnu",
    ("refusal", "route_interdite"): "modèle non validé pour l’usage",
    ("refusal", "route_expiree"): "modèle dont la période est passée",
    ("refusal", "palier_insuffisant"): "modèle non autorisé pour ces données",
    ("refusal", "hds_invalide"): "certificat HDS non valide",
    ("refusal", "aucune_route"): "aucun modèle pour l’usage",
    ("refusal", "hors_usage"): "demande d’un autre usage que celui déclaré",
    ("refusal", "a_preciser"): "demande à préciser",
    ("refusal", "lecture_indisponible"): "vérification indisponible",
    ("refusal", "personne_inconnue"): "clé rattachée à personne",
    ("refusal", "formation_requise"): "formation manquante",
    ("refusal", "charte_non_signee"): "charte non signée",
    ("refusal", "habilitation_requise"): "habilitation manquante",
    ("settled", OPEN): "à examiner",
    ("settled", "upheld"): "refus maintenu",
    ("settled", "wrong"): "refus à tort",
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
    if table in {"refusal", "contest"}:
        code, separator, article = name.partition(", article ")
        title = names.get(("refusal", code)) or _WORDS.get(("refusal", code), code)
        return f"{title}{' — ' if separator else ''}{article}"
    return names.get((table, name)) or _WORDS.get((table, name), name)


def label(table: Table, name: str, names: Names) -> str:
    """Return how a row is shown: what it is called, and which part of the refusals it is."""
    share = f" ({percent(table.shares[name])} des refus)" if name in table.shares else ""
    return f"{words(table.id, name, names)}{share}"


def percent(share: float) -> str:
    """Return a part as French writes it."""
    return f"{share:.0%}".replace("%", "\N{NARROW NO-BREAK SPACE}%")


def summary(report: Report) -> tuple[tuple[str, str], ...]:
    """Return the figures that stand at the top."""
    return (
        ("Demandes", shown(report.requests)),
        ("Demandes du mois précédent", shown(report.requests_before)),
        ("Évolution", _evolution(report)),
        ("Refus de la charte", shown(report.refusals)),
        ("Refus contestés", _contests(report)),
        ("Étiquettes non restituées par le modèle", shown(report.placeholders_lost)),
        ("Étiquettes inconnues dans les réponses", shown(report.placeholders_unknown)),
        ("Jetons consommés", "masqué" if report.tokens is None else number(report.tokens)),
    )


def _contests(report: Report) -> str:
    contests, refusals = report.contests.count, report.refusals.count
    return shown(report.contests) + (f" ({percent(contests / refusals)})" if contests and refusals else "")


def _evolution(report: Report) -> str:
    now, before = report.requests.count, report.requests_before.count
    if now is None or not before:
        return "—"
    return f"{(now - before) / before:+.0%}".replace("%", " %").replace("-", "−")
