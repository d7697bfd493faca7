"""One table: errors of the house → HTTP."""

from dataclasses import replace

import orjson
import pytest
from starlette.exceptions import HTTPException

from gateway import errors
from gateway.api.problems import FIXED, INTERNAL, Problem, problem
from policies.decision import Alternative, Decision, Language, Outcome, RefusedError

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
        (errors.QuotaExceededError("concurrent", 5), 429, "demandes_simultanees", {"Retry-After": "5"}),
        (errors.PeopleUnavailableError(PATIENT), 503, "registre_indisponible", {"Retry-After": "10"}),
        (errors.ReadingUnavailableError(PATIENT), 503, "lecture_indisponible", {"Retry-After": "10"}),
        (errors.RefusalAbsentError(PATIENT), 404, "refus_inconnu", {}),
        (errors.ContestedAlreadyError(PATIENT), 409, "refus_deja_conteste", {}),
        (errors.SystemStoppedError("route:demo"), 503, "systeme_arrete", {"x-should-retry": "false"}),
        (errors.AlreadyStoppedError(PATIENT), 409, "systeme_deja_arrete", {}),
        (errors.SystemsUnavailableError(PATIENT), 503, "arret_non_inscrit", {"Retry-After": "10"}),
        (errors.QuotaUnavailableError(PATIENT), 503, "quota_indisponible", {"Retry-After": "5"}),
        (errors.MaskingUnavailableError(PATIENT), 503, "masquage_indisponible", {"Retry-After": "10"}),
        (errors.MaskingOverloadedError(3), 503, "masquage_sature", {"Retry-After": "3"}),
        (errors.OutboundPaceError(60), 429, "trop_d_envois", {"Retry-After": "60"}),
        (errors.OutboundUnavailableError(PATIENT), 503, "filtrage_indisponible", {"Retry-After": "10"}),
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
        errors.OutboundPaceError: (1,),
    }
    found = {kind for kind in kinds if problem(kind(*arguments.get(kind, ()))).code == INTERNAL.code}
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
                "refusal": None,
                "article": "guide 3.2",
                "reason": None,
                "instead": None,
                "alternatives": [{"use": "traduction", "title": "Traduire un document"}],
                "contact": "dpo@hopital.example",
                "contest": None,
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
    assert problem(ValueError()).with_contact("dsi@hopital.example").contact == "dsi@hopital.example"


def forbidden() -> RefusedError:
    """Refuse a practice, in both languages, as record `out-9`."""
    french = replace(
        decision(Outcome.REFUSE, "tri_patients", Alternative("formation", "Formation")),
        message="La charte interdit le tri.",
        reason="Un classement faux retarde des soins",
        instead="Un exercice fictif.",
    )
    english = replace(
        french,
        language=Language.ENGLISH,
        message="The charter forbids triage.",
        reason="A wrong ranking delays care",
        instead="A fictitious exercise.",
        alternatives=(Alternative("formation", "Training"),),
    )
    return RefusedError(replace(french, translations={Language.ENGLISH: english}), "out-9")


def test_a_refusal_says_how_to_contest_it() -> None:
    """Catches a refusal that nobody can report, for want of its reference."""
    found = problem(forbidden())
    assert found.message == (
        "La charte interdit le tri. Rien n’a été envoyé au modèle. Usages possibles : « Formation » (`formation`). La "
        "règle : `/v1/charter#tri_patients`. Ce refus est une erreur ? Contestez-le dans votre outil sous 30 jours, ou "
        "donnez au contact sa référence : out-9."
    )
    assert found.headers == {"Ecluse-Output": "out-9"}
    assert orjson.loads(found.body())["error"]["ecluse"] == {
        "refusal": "out-9",
        "article": "guide 3.2",
        "reason": "Un classement faux retarde des soins",
        "instead": "Un exercice fictif.",
        "alternatives": [{"use": "formation", "title": "Formation"}],
        "contact": "dpo@hopital.example",
        "contest": "/v1/refusals/out-9/contest",
    }


def test_a_refusal_in_english_is_english_throughout() -> None:
    found = problem(forbidden(), Language.ENGLISH)
    assert found.message == (
        "The charter forbids triage. Nothing was sent to the model. Possible uses: “Training” (`formation`). The rule: "
        "`/v1/charter#tri_patients`. Is this refusal wrong? Contest it in your tool within 30 days, or give the "
        "contact its reference: out-9."
    )
    assert (found.reason, found.instead) == ("A wrong ranking delays care", "A fictitious exercise.")
    assert (found.code, found.article, found.refusal) == ("tri_patients", "guide 3.2", "out-9")


def test_what_no_charter_says_in_english_is_said_in_french() -> None:
    """Catches half a message in each language."""
    found = problem(RefusedError(decision(Outcome.REFUSE, "hors_role"), "out-9"), Language.ENGLISH)
    assert found.language is Language.FRENCH
    assert "Nothing" not in found.message


def header(found: Problem, name: str) -> str | None:
    return found.response().headers.get(name)


@pytest.mark.parametrize("kind", [*FIXED, ValueError])
def test_every_fixed_error_is_said_in_both_languages(kind: type[Exception]) -> None:
    error = kind([]) if kind.__name__ == "RequestValidationError" else kind()
    french, english = problem(error), problem(error, Language.ENGLISH)
    assert (french.status, french.code, french.headers) == (english.status, english.code, english.headers)
    assert french.message != english.message
    assert not set("{}") & set(french.message + english.message)
    assert (header(french, "content-language"), header(english, "content-language")) == ("fr", "en")
    assert header(english, "vary") == "Accept-Language"


def test_an_answer_that_is_stopped_is_to_be_discarded() -> None:
    """Catches a stream's reader who is told that nothing has come, and runs what has."""
    assert "ce qui en est déjà arrivé est à jeter" in problem(errors.UnsafeAnswerError()).message
    assert "is to be discarded unused" in problem(errors.UnsafeAnswerError(), Language.ENGLISH).message


@pytest.mark.parametrize(
    "error",
    [
        errors.QuotaExceededError("tokens", 7),
        errors.QuotaExceededError("requests", 7),
        errors.QuotaExceededError("requests", 7, "service"),
        errors.QuotaExceededError("tokens", 7, "use"),
        errors.QuotaExceededError("concurrent", 7),
        errors.QuotaExceededError("concurrent", 7, "service"),
        errors.QuotaExceededError("concurrent", 7, "use"),
        errors.MaskingOverloadedError(7),
        errors.UpstreamOverloadedError(7),
    ],
)
def test_how_long_to_wait_is_said_in_both_languages(error: Exception) -> None:
    assert problem(error).message.endswith("Réessayez dans 7 s.")
    assert problem(error, Language.ENGLISH).message.endswith("Try again in 7 s.")


def test_whose_requests_are_too_many_is_said() -> None:
    found = problem(errors.QuotaExceededError("concurrent", 7, "service"))
    assert found.message == (
        "Trop de demandes de votre service attendent déjà une réponse. Rien n’a été envoyé au modèle. Réessayez dans 7 "
        "s."
    )


def test_what_is_wrong_with_a_request_is_in_french_and_says_so() -> None:
    found = problem(errors.InvalidPromptError("le champ `n` est vide.", "n"), Language.ENGLISH)
    assert header(found, "content-language") == "fr"
