"""One table: errors of the house → HTTP."""

import orjson
import pytest
from starlette.exceptions import HTTPException

from gateway import errors
from gateway.api.problems import INTERNAL, problem
from policies.decision import Alternative, Decision, Outcome, RefusedError

PATIENT = "Jean Exemple, 1850578006048"


def decision(outcome: Outcome, code: str, *alternatives: Alternative) -> Decision:
    return Decision(
        outcome, code, "2026.1", "Votre rôle n’ouvre pas cet usage.", "guide 3.2", "dpo@hopital.example",
        alternatives=alternatives,
    )  # fmt: skip


@pytest.mark.parametrize(
    ("error", "status", "code", "headers"),
    [
        (errors.UnknownCallerError(PATIENT), 401, "cle_inconnue", {"WWW-Authenticate": 'Bearer realm="ecluse"'}),
        (errors.InvalidPromptError("le champ `n` est vide.", "n", "champ_invalide"), 400, "champ_invalide", {}),
        (errors.PromptTooLargeError("plus de 4 messages"), 413, "demande_trop_volumineuse", {}),
        (RefusedError(decision(Outcome.REFUSE, "hors_role")), 403, "hors_role", {}),
        (RefusedError(decision(Outcome.ASK_USE, "usage_requis")), 403, "usage_requis", {}),
        (errors.QuotaExceededError("requests", 12), 429, "quota_depasse", {"Retry-After": "12"}),
        (errors.QuotaUnavailableError(PATIENT), 503, "quota_indisponible", {"Retry-After": "5"}),
        (errors.MaskingUnavailableError(PATIENT), 503, "masquage_indisponible", {"Retry-After": "10"}),
        (errors.MaskingOverloadedError(3), 503, "masquage_sature", {"Retry-After": "3"}),
        (errors.AuditUnavailableError(PATIENT), 503, "journal_indisponible", {"Retry-After": "10"}),
        (errors.ProvenanceUnavailableError(PATIENT), 503, "marquage_indisponible", {"Retry-After": "10"}),
        (errors.UpstreamTimeoutError(PATIENT), 504, "modele_trop_lent", {}),
        (errors.UpstreamRefusedError(PATIENT), 502, "modele_en_erreur", {}),
        (errors.UpstreamError(PATIENT), 502, "modele_en_erreur", {}),
        (errors.UpstreamOverloadedError(9), 503, "modele_sature", {"Retry-After": "9"}),
        (HTTPException(404, PATIENT), 404, "route_inconnue", {}),
        (HTTPException(405, PATIENT, {"Allow": "POST"}), 405, "methode_refusee", {"Allow": "POST"}),
        (ValueError(PATIENT), 500, "erreur_interne", {}),
        (KeyError(PATIENT), 500, "erreur_interne", {}),
    ],
)
def test_every_error_has_its_status(error: Exception, status: int, code: str, headers: dict[str, str]) -> None:
    """Catches the text of an exception, which may hold a patient's, in an answer."""
    found = problem(error)
    assert (found.status, found.code, dict(found.headers)) == (status, code, headers)
    assert "Exemple" not in found.message
    assert "1850578006048" not in found.body().decode()


def test_every_error_of_the_house_is_in_the_table() -> None:
    """Catches an error added without saying what its caller is told."""
    kinds = [kind for kind in vars(errors).values() if isinstance(kind, type) and issubclass(kind, Exception)]
    arguments = {
        errors.InvalidPromptError: ("x",),
        errors.NotFoundError: ("x", "y"),
        errors.ForbiddenError: ("x", "y"),
        errors.PromptTooLargeError: ("x",),
        errors.QuotaExceededError: ("tokens", 1),
        errors.MaskingOverloadedError: (1,),
    }
    found = {kind for kind in kinds if problem(kind(*arguments.get(kind, ()))) is INTERNAL}
    assert found == {errors.GatewayError}


def test_a_refusal_teaches() -> None:
    refused = RefusedError(decision(Outcome.REFUSE, "hors_role", Alternative("traduction", "Traduire un document")))
    assert orjson.loads(problem(refused).body()) == {
        "error": {
            "message": "Votre rôle n’ouvre pas cet usage. Rien n’a été envoyé au modèle. "
            "Usages possibles : « Traduire un document » (`traduction`).",
            "type": "permission_error",
            "code": "hors_role",
            "param": None,
            "ecluse": {
                "article": "guide 3.2",
                "alternatives": [{"use": "traduction", "title": "Traduire un document"}],
                "contact": "dpo@hopital.example",
            },
        }
    }


def test_a_request_without_a_use_is_told_which_ones_it_may_declare() -> None:
    asked = decision(Outcome.ASK_USE, "usage_requis", Alternative("traduction", "T"), Alternative("resume", "R"))
    assert problem(RefusedError(asked)).message.endswith("Usages possibles : « T » (`traduction`), « R » (`resume`).")


def test_a_message_names_the_nearest_uses_only() -> None:
    """Catches a refusal that nobody reads, because it lists the whole charter."""
    many = [Alternative(f"u{number}", f"U{number}") for number in range(7)]
    message = problem(RefusedError(decision(Outcome.REFUSE, "usage_inconnu", *many))).message
    assert message.endswith("« U4 » (`u4`), et 2 autres au menu des modèles.")


def test_somebody_to_turn_to_is_named_once() -> None:
    refused = problem(RefusedError(decision(Outcome.REFUSE, "hors_role")))
    assert refused.with_contact("dsi@hopital.example").contact == "dpo@hopital.example"
    assert INTERNAL.with_contact("dsi@hopital.example").contact == "dsi@hopital.example"
