"""One table: what went wrong, in the words of the house → HTTP. The default says nothing of what happened.

Messages are French sentences for the person who asked: what was not sent, and what to do. They never hold the text of
an exception, which could hold a patient's.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gateway import errors
from policies.decision import Alternative, RefusedError
from policies.rule import Code

NAMED = 5
"""Uses that a message names; the error's own list holds them all."""

NOTHING_SENT = "Rien n’a été envoyé au modèle."
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="ecluse"'}


@dataclass(frozen=True, slots=True)
class Problem:
    """An error as the caller receives it."""

    status: int
    type: str
    """OpenAI's word for this kind of error; its clients choose their exception by the status."""
    code: str
    """Stable, for programs."""
    message: str
    param: str | None = None
    headers: Mapping[str, str] = field(default_factory=dict)
    article: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    contact: str | None = None

    def body(self) -> bytes:
        """Return the JSON text of this error, in OpenAI's shape."""
        ecluse = {
            "article": self.article,
            "alternatives": [{"use": other.use, "title": other.title} for other in self.alternatives],
            "contact": self.contact,
        }
        return orjson.dumps(
            {
                "error": {
                    "message": self.message,
                    "type": self.type,
                    "code": self.code,
                    "param": self.param,
                    "ecluse": ecluse,
                }
            }
        )

    def response(self) -> Response:
        """Return this error as an HTTP answer."""
        return Response(self.body(), self.status, dict(self.headers), "application/json")

    def with_contact(self, contact: str) -> "Problem":
        """Return this error with somebody to turn to, unless it names somebody already."""
        return self if self.contact else replace(self, contact=contact)


INTERNAL = Problem(
    500,
    "server_error",
    "erreur_interne",
    "Une erreur interne a interrompu la demande. Aucune réponse n’a été délivrée. Réessayez ; "
    "si cela se répète, prévenez la direction des systèmes d’information.",
)

FIXED: Mapping[type[Exception], Problem] = {
    errors.UnknownCallerError: Problem(
        401,
        "authentication_error",
        "cle_inconnue",
        f"Clé d’accès absente, inconnue, expirée ou révoquée. {NOTHING_SENT} "
        "Envoyez l’en-tête `Authorization: Bearer VOTRE_CLÉ`, ou demandez une clé à la direction des systèmes "
        "d’information.",
        headers=CHALLENGE,
    ),
    RequestValidationError: Problem(
        400,
        "invalid_request_error",
        "requete_invalide",
        f"Un paramètre de l’adresse n’a pas la forme attendue. {NOTHING_SENT} La documentation est sous `/docs`.",
    ),
    errors.QuotaUnavailableError: Problem(
        503,
        "server_error",
        "quota_indisponible",
        f"Le compteur des quotas ne répond pas. {NOTHING_SENT} Réessayez dans quelques instants.",
        headers={"Retry-After": "5"},
    ),
    errors.MaskingUnavailableError: Problem(
        503,
        "server_error",
        "masquage_indisponible",
        "Le masquage des données de patients ne fonctionne pas en ce moment ; sans lui, rien ne sort. "
        f"{NOTHING_SENT} Réessayez, ou prévenez la direction des systèmes d’information.",
        headers={"Retry-After": "10"},
    ),
    errors.AuditUnavailableError: Problem(
        503,
        "server_error",
        "journal_indisponible",
        "Le journal ne peut pas être écrit ; sans lui, aucune réponse n’est délivrée. Réessayez, ou prévenez la "
        "direction des systèmes d’information.",
        headers={"Retry-After": "10"},
    ),
    errors.ProvenanceUnavailableError: Problem(
        503,
        "server_error",
        "marquage_indisponible",
        "La réponse n’a pas pu être marquée comme produite par une IA ; elle n’est donc pas délivrée. Réessayez, ou "
        "prévenez la direction des systèmes d’information.",
        headers={"Retry-After": "10"},
    ),
    errors.UpstreamTimeoutError: Problem(
        504,
        "server_error",
        "modele_trop_lent",
        "Le modèle n’a pas répondu à temps. Il n’a reçu que du texte masqué selon la charte. Réessayez, avec un texte "
        "plus court s’il est long.",
    ),
    errors.UpstreamRefusedError: Problem(
        502,
        "server_error",
        "modele_en_erreur",
        "Le serveur du modèle a refusé la demande ou a donné une réponse inutilisable. Il n’a reçu que du texte masqué "
        "selon la charte. Réessayez, ou choisissez un autre modèle dans la liste des modèles autorisés.",
    ),
    errors.UpstreamError: Problem(
        502,
        "server_error",
        "modele_en_erreur",
        "Le modèle n’a pas donné de réponse utilisable. Il n’a reçu que du texte masqué selon la charte. Réessayez, ou "
        "choisissez un autre modèle dans la liste des modèles autorisés.",
    ),
}
"""Errors whose answer is always the same; looked up along the class's ancestors."""

HTTP: Mapping[int, tuple[str, str]] = {
    404: ("route_inconnue", "Cette adresse n’existe pas sur cette passerelle ; rien n’est relayé vers le modèle."),
    405: ("methode_refusee", "Cette adresse n’accepte pas cette méthode HTTP."),
}


CODES = frozenset(
    {
        *(fixed.code for fixed in (INTERNAL, *FIXED.values())),
        *(code for code, _ in HTTP.values()),
        *(code.value for code in Code),
        *("requete_invalide", "json_invalide", "champ_invalide", "champ_inconnu", "champ_refuse"),
        *("usages_contradictoires", "dossiers_contradictoires", "modele_inconnu", "sortie_inconnue", "role_requis"),
        *("demande_trop_volumineuse", "quota_depasse", "masquage_sature", "modele_sature"),
    }
)
"""Every code that an error may carry, so that metrics and logs hold no other."""


def problem(error: BaseException) -> Problem:
    """Return what to answer to `error`; what is not known is a plain 500, without a word of the exception."""
    match error:
        case RefusedError():
            found = _refused(error)
        case errors.InvalidPromptError():
            found = _invalid(error)
        case errors.PromptTooLargeError():
            found = _too_large(error)
        case errors.NotFoundError():
            found = Problem(404, "invalid_request_error", error.code, error.reason)
        case errors.ForbiddenError():
            found = Problem(403, "permission_error", error.code, error.reason)
        case errors.QuotaExceededError():
            found = _exceeded(error)
        case errors.MaskingOverloadedError() | errors.UpstreamOverloadedError():
            found = _overloaded(error)
        case HTTPException():
            found = _http(error)
        case _:
            found = next((FIXED[kind] for kind in type(error).__mro__ if kind in FIXED), INTERNAL)
    return found


def _refused(error: RefusedError) -> Problem:
    decision = error.decision
    message = decision.message if NOTHING_SENT in decision.message else f"{decision.message} {NOTHING_SENT}"
    if decision.alternatives:
        message += f" Usages possibles : {_choice(decision.alternatives)}."
    return Problem(
        403,
        "permission_error",
        decision.code,
        message,
        article=decision.article,
        alternatives=decision.alternatives,
        contact=decision.contact,
    )


def _choice(alternatives: Sequence[Alternative]) -> str:
    """Return the nearest uses by name: a chat client shows the message, and nothing else of an error."""
    named = [f"« {other.title} » (`{other.use}`)" for other in alternatives[:NAMED]]
    more = len(alternatives) - len(named)
    return ", ".join([*named, *([f"et {more} autre{'s' if more > 1 else ''} au menu des modèles"] if more else [])])


def _invalid(error: errors.InvalidPromptError) -> Problem:
    reason = f"Demande non comprise : {error.reason}"
    message = reason if NOTHING_SENT in reason else f"{reason} {NOTHING_SENT}"
    return Problem(400, "invalid_request_error", error.code, message, error.param)


def _too_large(error: errors.PromptTooLargeError) -> Problem:
    message = f"Demande trop volumineuse : {error.limit}. {NOTHING_SENT} Raccourcissez-la ou découpez-la."
    return Problem(413, "invalid_request_error", "demande_trop_volumineuse", message)


def _exceeded(error: errors.QuotaExceededError) -> Problem:
    what = "de jetons" if error.allowance == "tokens" else "de demandes"
    return Problem(
        429,
        "rate_limit_error",
        "quota_depasse",
        f"Le quota {what} par minute de cette clé est atteint. {NOTHING_SENT} Réessayez dans {error.retry_after} s.",
        headers={"Retry-After": str(error.retry_after)},
    )


def _overloaded(error: errors.MaskingOverloadedError | errors.UpstreamOverloadedError) -> Problem:
    if isinstance(error, errors.MaskingOverloadedError):
        code, what = "masquage_sature", f"Trop de textes attendent d’être masqués. {NOTHING_SENT}"
    else:
        code, what = "modele_sature", "Le serveur du modèle est saturé ou à l’arrêt ; aucune réponse n’a été produite."
    headers = {"Retry-After": str(error.retry_after)}
    return Problem(503, "server_error", code, f"{what} Réessayez dans {error.retry_after} s.", headers=headers)


def _http(error: HTTPException) -> Problem:
    code, message = HTTP.get(error.status_code, ("requete_invalide", "Cette requête n’est pas comprise."))
    return Problem(error.status_code, "invalid_request_error", code, message, headers=error.headers or {})
