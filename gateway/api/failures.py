"""Every failure of a request passes here: it is told to the caller, counted, and named in the access log."""

from starlette.requests import Request
from starlette.responses import Response

from gateway.api.connection import GONE, CallerGoneError
from gateway.api.context import Note, Services, note, services
from gateway.api.languages import spoken_to
from gateway.api.problems import Problem, problem
from gateway.errors import SystemStoppedError
from policies.decision import Language

GONE_STATUS = 499
"""The status that proxies log for a caller who went away; nobody receives it."""


def told(error: BaseException, note: Note, services: Services, language: Language) -> Problem:
    """Return what to tell the caller of `error`, after counting it."""
    found = problem(error, language).with_contact(services.charter.contact)
    if isinstance(error, SystemStoppedError):
        found = found.with_words(*services.charter.degraded_mode(language))
    note.code = found.code
    note.output_id = found.refusal or note.output_id
    services.metrics.count_problem(found.code)
    return found


async def answer(request: Request, error: Exception) -> Response:
    """Return the HTTP answer to `error`."""
    if isinstance(error, CallerGoneError):
        note(request).code = GONE
        return Response(status_code=GONE_STATUS)
    return told(error, note(request), services(request), spoken_to(request)).response()
