"""One table: what went wrong, in the words of the house → HTTP. The default says nothing of what happened.

Messages are sentences for the person who asked, in French or English: what was not sent, and what to do. They never
hold the text of an exception, which could hold a patient's.
"""

import datetime as dt
import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import orjson
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from gateway import errors
from gateway.api import problem_words as words
from gateway.api.problem_words import Words
from gateway.audit.contest import CONTEST_DAYS
from gateway.quota.allowances import Unit
from policies.decision import Alternative, Decision, Language, RefusedError
from policies.rule import Code

NAMED = 5
"""Uses that a message names; the error's own list holds them all."""

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
    language: Language = Language.FRENCH
    """Of the message."""
    refusal: str | None = None
    """The output id under which a refusal of the charter was recorded."""
    article: str | None = None
    reason: str | None = None
    instead: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    contact: str | None = None

    def body(self) -> bytes:
        """Return the JSON text of this error, in OpenAI's shape."""
        ecluse = {
            "refusal": self.refusal,
            "article": self.article,
            "reason": self.reason,
            "instead": self.instead,
            "alternatives": [{"use": other.use, "title": other.title} for other in self.alternatives],
            "contact": self.contact,
            "contest": f"/v1/refusals/{self.refusal}/contest" if self.refusal else None,
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
        spoken = {"Content-Language": self.language.value, "Vary": "Accept-Language"}
        return Response(self.body(), self.status, {**self.headers, **spoken}, "application/json")

    def with_words(self, message: str, language: Language) -> "Problem":
        """Return this error with another message."""
        return replace(self, message=message, language=language)

    def with_contact(self, contact: str) -> "Problem":
        """Return this error with somebody to turn to, unless it names somebody already."""
        return self if self.contact else replace(self, contact=contact)


@dataclass(frozen=True, slots=True)
class Fixed:
    """An error whose answer is always the same."""

    status: int
    type: str
    code: str
    words: Words
    headers: Mapping[str, str] = field(default_factory=dict)

    def spoken(self, language: Language, **names: object) -> Problem:
        """Return it in that language, with the names of its sentence filled."""
        message = self.words.spoken(language).format(**names)
        return Problem(self.status, self.type, self.code, message, headers=self.headers, language=language)


def _down(code: str, sentence: Words, seconds: int = 10) -> Fixed:
    return Fixed(503, "server_error", code, sentence, {"Retry-After": str(seconds)})


INTERNAL = Fixed(500, "server_error", "erreur_interne", words.INTERNAL)
NO_REFUSAL = Words(*(sentence.format(days=CONTEST_DAYS) for sentence in words.NO_REFUSAL))

FIXED: Mapping[type[Exception], Fixed] = {
    errors.UnknownCallerError: Fixed(
        401, "authentication_error", "cle_inconnue", words.UNKNOWN_CALLER, headers=CHALLENGE
    ),
    RequestValidationError: Fixed(400, "invalid_request_error", "requete_invalide", words.ADDRESS),
    errors.RefusalAbsentError: Fixed(404, "invalid_request_error", "refus_inconnu", NO_REFUSAL),
    errors.AlreadyStoppedError: Fixed(409, "invalid_request_error", "systeme_deja_arrete", words.STOPPED_ALREADY),
    errors.SystemsUnavailableError: _down("arret_non_inscrit", words.SYSTEMS),
    errors.ContestedAlreadyError: Fixed(409, "invalid_request_error", "refus_deja_conteste", words.CONTESTED),
    errors.PeopleUnavailableError: _down("registre_indisponible", words.PEOPLE),
    errors.GatewayLeavingError: _down("passerelle_en_arret", words.LEAVING, 5),
    errors.ReadingUnavailableError: _down(Code.UNREAD.value, words.READING),
    errors.QuotaUnavailableError: _down("quota_indisponible", words.QUOTA, 5),
    errors.MaskingUnavailableError: _down("masquage_indisponible", words.MASKING),
    errors.AuditUnavailableError: _down("journal_indisponible", words.AUDIT),
    errors.ProvenanceUnavailableError: _down("marquage_indisponible", words.PROVENANCE),
    errors.OutboundUnavailableError: _down("filtrage_indisponible", words.OUTBOUND),
    errors.UpstreamTimeoutError: Fixed(504, "server_error", "modele_trop_lent", words.TIMEOUT),
    errors.UpstreamRefusedError: Fixed(502, "server_error", "modele_en_erreur", words.REFUSED_UPSTREAM),
    errors.UnsafeAnswerError: Fixed(502, "server_error", "reponse_dangereuse", words.UNSAFE),
    errors.UpstreamError: Fixed(502, "server_error", "modele_en_erreur", words.UPSTREAM),
}
"""Errors whose answer is always the same; looked up along the class's ancestors."""

HTTP: Mapping[int, tuple[str, Words]] = {
    404: ("route_inconnue", words.NO_ADDRESS),
    405: ("methode_refusee", words.NO_METHOD),
}


CODES = frozenset(
    {
        *(fixed.code for fixed in (INTERNAL, *FIXED.values())),
        *(code for code, _ in HTTP.values()),
        *(code.value for code in Code),
        *("requete_invalide", "json_invalide", "champ_invalide", "champ_inconnu", "champ_refuse"),
        *("usages_contradictoires", "dossiers_contradictoires", "modele_inconnu", "sortie_inconnue", "role_requis"),
        *("personne_absente", "charte_perimee"),
        *("filtrage_absent", "demande_absente", "origine_refusee", "trop_d_envois"),
        *("systeme_arrete", "systeme_inconnu"),
        *("demande_trop_volumineuse", "quota_depasse", "demandes_simultanees", "masquage_sature", "modele_sature"),
    }
)
"""Every code that an error may carry, but for the practices that a charter forbids: metrics learn those from it."""


def problem(error: BaseException, language: Language = Language.FRENCH) -> Problem:
    """Return what to answer to `error`; what is not known is a plain 500, without a word of the exception.

    What a request's shape has wrong is said in French in any case, and its `language` says so.
    """
    match error:
        case RefusedError():
            found = _refused(error, language)
        case errors.InvalidPromptError():
            found = _invalid(error)
        case errors.PromptTooLargeError():
            found = _too_large(error)
        case errors.NotFoundError() | errors.ForbiddenError():
            absent = isinstance(error, errors.NotFoundError)
            status, kind = (404, "invalid_request_error") if absent else (403, "permission_error")
            found = Problem(status, kind, error.code, error.reason)
        case errors.QuotaExceededError():
            found = _exceeded(error, language)
        case errors.SystemStoppedError():
            found = _stopped(error, language)
        case errors.MaskingOverloadedError() | errors.UpstreamOverloadedError():
            found = _overloaded(error, language)
        case errors.OutboundPaceError():
            headers = {"Retry-After": str(error.retry_after)}
            fixed = Fixed(429, "rate_limit_error", "trop_d_envois", words.OUTBOUND_PACE, headers)
            found = fixed.spoken(language, seconds=error.retry_after)
        case HTTPException():
            found = _http(error, language)
        case _:
            fixed = next((FIXED[kind] for kind in type(error).__mro__ if kind in FIXED), INTERNAL)
            found = fixed.spoken(language)
    return found


def _refused(error: RefusedError, wanted: Language) -> Problem:
    decision = error.decision.spoken(wanted)
    return Problem(
        403,
        "permission_error",
        decision.code,
        " ".join(_sentences(decision, error.output_id)),
        headers={"Ecluse-Output": error.output_id} if error.output_id else {},
        language=decision.language,
        refusal=error.output_id,
        article=decision.article,
        reason=decision.reason,
        instead=decision.instead,
        alternatives=decision.alternatives,
        contact=decision.contact,
    )


def _sentences(decision: Decision, output_id: str | None) -> list[str]:
    """Return all that a refusal says: a chat client shows the message, and nothing else of an error."""
    language, said = decision.language, [decision.message]
    if (nothing := words.NOTHING_SENT.spoken(language)) not in decision.message:
        said.append(nothing)
    if decision.alternatives:
        said.append(f"{words.USES.spoken(language)} {_choice(decision.alternatives, language)}.")
    if decision.instead:
        said.append(words.RULE.spoken(language).format(path=f"/v1/charter#{decision.code}"))
    if output_id:
        said.append(words.CONTEST.spoken(language).format(days=CONTEST_DAYS, id=output_id))
    return said


def _choice(alternatives: Sequence[Alternative], language: Language) -> str:
    """Return the nearest uses by name."""
    title = words.TITLE.spoken(language)
    named = [title.format(title=other.title, use=other.use) for other in alternatives[:NAMED]]
    if more := len(alternatives) - len(named):
        named.append((words.MORE if more > 1 else words.ONE_MORE).spoken(language).format(more=more))
    return ", ".join(named)


def _invalid(error: errors.InvalidPromptError) -> Problem:
    reason, nothing = f"Demande non comprise : {error.reason}", words.NOTHING_SENT.french
    message = reason if nothing in reason else f"{reason} {nothing}"
    return Problem(400, "invalid_request_error", error.code, message, error.param)


def _too_large(error: errors.PromptTooLargeError) -> Problem:
    message = f"Demande trop volumineuse : {error.limit}. {words.NOTHING_SENT.french} Raccourcissez-la ou découpez-la."
    return Problem(413, "invalid_request_error", "demande_trop_volumineuse", message)


def _exceeded(error: errors.QuotaExceededError, language: Language) -> Problem:
    sentence = words.SPENT[error.allowance, error.holder]
    headers = {"Retry-After": str(error.retry_after)}
    # A code of its own: whoever has too much in progress waits for their answers, and need not ask less often.
    code = "demandes_simultanees" if error.allowance == Unit.CONCURRENT else "quota_depasse"
    return Fixed(429, "rate_limit_error", code, sentence, headers).spoken(language, seconds=error.retry_after)


def _stopped(error: errors.SystemStoppedError, language: Language) -> Problem:
    """Say that something is stopped; what to do meanwhile is the charter's to say: see `with_words`."""
    headers = {"x-should-retry": "false"}  # OpenAI's clients would try again at once
    reason = words.WHAT_STOPPED.spoken(language).format(target=error.target)
    if error.until is not None:
        headers["Retry-After"] = str(max(1, math.ceil((error.until - dt.datetime.now(dt.UTC)).total_seconds())))
        reason += words.UNTIL.spoken(language).format(until=f"{error.until.astimezone():%d/%m/%Y %H:%M}")
    found = Fixed(503, "server_error", "systeme_arrete", words.STOPPED, headers).spoken(language)
    return replace(found, reason=reason)


def _overloaded(error: errors.MaskingOverloadedError | errors.UpstreamOverloadedError, language: Language) -> Problem:
    masking = isinstance(error, errors.MaskingOverloadedError)
    code, sentence = ("masquage_sature", words.MASKING_FULL) if masking else ("modele_sature", words.UPSTREAM_FULL)
    return _down(code, sentence, error.retry_after).spoken(language, seconds=error.retry_after)


def _http(error: HTTPException, language: Language) -> Problem:
    code, sentence = HTTP.get(error.status_code, ("requete_invalide", words.NOT_UNDERSTOOD))
    return Fixed(error.status_code, "invalid_request_error", code, sentence, error.headers or {}).spoken(language)
