"""The kill switch over HTTP."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from gateway.api import bodies
from gateway.api.context import Services, TheCaller, TheServices
from gateway.api.documentation import documented_body, problems
from gateway.api.schemas_systems import StopIn, SwitchedOut, SystemsOut
from gateway.errors import ForbiddenError, NotFoundError
from gateway.systems.control import Done, Person
from gateway.systems.state import Reason, State, Target
from policies.facts import Caller

router = APIRouter(tags=["Arrêts"])


def operator(caller: TheCaller, services: TheServices) -> Caller:
    """Return the caller, whose role may stop systems; nothing of the body has been read by then."""
    if caller.role not in services.systems.operators:
        roles = ", ".join(f"`{role}`" for role in sorted(services.systems.operators))
        raise ForbiddenError(f"Les arrêts ne sont ouverts qu’aux clés de rôle {roles}.", "role_requis")
    return caller


TheOperator = Annotated[Caller, Depends(operator)]
TargetId = Annotated[
    str,
    Path(
        max_length=80,
        description="`all` (tout), `system:…`, `route:…` ou `use:…`, comme `GET /v1/systems` les donne.",
    ),
]


async def stop_body(request: Request, services: TheServices, _caller: TheOperator) -> StopIn:
    """Return the request's body; read for an operator only."""
    return bodies.parse(StopIn, await bodies.read(request, services.body_limit))


@router.get(
    "/v1/systems",
    summary="Ce qui peut être arrêté, et ce qui l’est",
    response_model=SystemsOut,
    responses=problems(401, 403, 500, 503),
)
async def systems(_caller: TheOperator, services: TheServices) -> Response:
    """List everything, each AI system, route and use, for the roles of `systems.operators`."""
    board = services.systems
    found = [_wire(target, board.holding(target.id)) for target in board.targets(services.charter).values()]
    return _json({"systems": found})


@router.post(
    "/v1/systems/{target}/stop",
    summary="Arrêter un système, une route, un usage ou tout",
    response_model=SwitchedOut,
    responses=problems(400, 401, 403, 404, 409, 413, 500, 503),
    openapi_extra=documented_body(StopIn),
)
async def stop(
    target: TargetId, caller: TheOperator, services: TheServices, body: Annotated[StopIn, Depends(stop_body)]
) -> Response:
    """Refuse new requests (503 `systeme_arrete`) and cut answers in progress, on every gateway within a second.

    Recorded in the journal. A drill notes and counts what would have been refused (`Ecluse-Drill`).
    """
    found, who = _target(target, services), Person(caller.key_id, caller.role)
    done = await services.systems.control.stop(
        found.id, Reason(body.reason), who, minutes=body.minutes, drill=body.drill
    )
    return _switched(found, done, services)


@router.post(
    "/v1/systems/{target}/resume",
    summary="Remettre en service",
    response_model=SwitchedOut,
    responses=problems(401, 403, 404, 500, 503),
)
async def resume(target: TargetId, caller: TheOperator, services: TheServices) -> Response:
    """Let requests go on again; what is not stopped stays as it is. Recorded in the journal."""
    found, who = _target(target, services), Person(caller.key_id, caller.role)
    return _switched(found, await services.systems.control.resume(found.id, who), services)


def reach(*, shared: bool) -> dict[str, str]:
    """Return what the log says at the start of how far a stop goes."""
    if shared:
        return {"reach": "redis"}
    warning = "Sans Redis (`shared`), un arrêt ne vaut que pour les passerelles qui ont cette base de données."
    return {"reach": "database", "warning": warning}


def _target(id_: str, services: Services) -> Target:
    found = services.systems.targets(services.charter).get(id_)
    if found is None:
        raise NotFoundError(
            "Rien ne peut être arrêté sous cet identifiant : `GET /v1/systems` les donne tous.", "systeme_inconnu"
        )
    return found


def _switched(target: Target, done: Done, services: Services) -> Response:
    return _json(_wire(target, services.systems.holding(target.id)) | {"told": done.told})


def _wire(target: Target, stop: State | None) -> dict[str, Any]:
    return {
        "id": target.id,
        "title": target.title,
        "state": "running" if stop is None else "drill" if stop.drill else "stopped",
        "reason": stop and stop.reason,
        "since": stop and stop.since.isoformat(timespec="seconds"),
        "until": stop.until.isoformat(timespec="seconds") if stop and stop.until else None,
        "role": stop and stop.role,
        "by": stop and stop.by,
    }


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"Cache-Control": "no-store"})
