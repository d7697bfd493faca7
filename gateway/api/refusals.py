"""POST /v1/refusals/{refusal}/contest: saying that a refusal of the charter was wrong."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from gateway.api import bodies
from gateway.api.context import TheCaller, TheServices
from gateway.api.documentation import documented_body, problems
from gateway.api.schemas_refusals import ContestIn, ContestOut
from gateway.audit.contest import Reason

router = APIRouter(tags=["Conversation"])


async def contest_body(request: Request, services: TheServices, _caller: TheCaller) -> ContestIn:
    """Return the request's body; read for a known caller only."""
    return bodies.parse(ContestIn, await bodies.read(request, services.body_limit))


@router.post(
    "/v1/refusals/{refusal}/contest",
    summary="Contester un refus de la charte",
    status_code=201,
    response_model=ContestOut,
    responses=problems(400, 401, 404, 409, 413, 500, 503),
    openapi_extra=documented_body(ContestIn),
)
async def contest(
    refusal: Annotated[str, Path(max_length=64, description="`ecluse.refusal` d’une erreur, ou `Ecluse-Output`.")],
    caller: TheCaller,
    services: TheServices,
    body: Annotated[ContestIn, Depends(contest_body)],
) -> Response:
    """Record that this key's refusal is held to be wrong: once, within 30 days, for one reason of a closed list.

    A refusal of another key, one too old and one that never was are answered alike.
    """
    made = await services.contests.contest(caller, refusal, Reason(body.reason))
    services.metrics.count_contest(made.code, made.reason)
    wire = {
        "refusal": made.refusal,
        "code": made.code,
        "reason": made.reason.value,
        "contact": services.charter.contact,
    }
    return Response(
        orjson.dumps(wire), status_code=201, media_type="application/json", headers={"Cache-Control": "no-store"}
    )
