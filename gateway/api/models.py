"""GET /v1/models: the menu of a caller, which is the catalogue of the uses that the charter opens to it."""

from typing import Any

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from gateway.api.context import Services, TheCaller, TheServices
from gateway.api.documentation import problems
from gateway.api.schemas_models import ModelList, ModelOut
from gateway.errors import NotFoundError
from policies.facts import Caller, Facts, Recognition
from policies.rule import Use

router = APIRouter(tags=["Catalogue"])


def menu(caller: Caller, services: Services) -> list[dict[str, Any]]:
    """Return an entry `USE` for each open use, and `USE@ROUTE` for each route of a use that several may serve.

    The charter itself is asked for each, so that the menu cannot promise what a request would be refused.
    """
    today = services.today()
    entries = []
    for use in services.charter.open_to(caller, today):
        routes = [route.id for route in services.charter.routes_for(use, today)]
        for route in (None, *(routes if len(routes) > 1 else ())):
            decision = services.charter.decide(caller, Facts(use.id, route, today, recognition=Recognition()))
            if decision.allowed and decision.route and decision.duties:
                entries.append(
                    {
                        "id": use.id if route is None else f"{use.id}@{route}",
                        "object": "model",
                        "created": 0,
                        "owned_by": decision.route.system.supplier,
                        "name": use.title if route is None else f"{use.title} ({route})",
                        "ecluse": {
                            "use": use.id,
                            "route": decision.route.id,
                            "title": use.title,
                            "description": use.description,
                            "tier": decision.duties.tier.value,
                            "review": decision.duties.review.value,
                            "notice": _notice(use),
                            "system": {
                                "name": decision.route.system.name,
                                "version": decision.route.system.version,
                            },
                        },
                    }
                )
    return entries


def _notice(use: Use) -> str | None:
    return use.notice.when if use.notice else None


@router.get(
    "/v1/models",
    summary="Les usages ouverts à cette clé, et les modèles qui les servent",
    response_model=ModelList,
    responses=problems(401, 500),
)
async def models(caller: TheCaller, services: TheServices) -> Response:
    """List what `model` may be in a request of this key."""
    return _json({"object": "list", "data": menu(caller, services)})


@router.get(
    "/v1/models/{model}",
    summary="Un de ces usages",
    response_model=ModelOut,
    responses=problems(401, 404, 500),
)
async def model(model: str, caller: TheCaller, services: TheServices) -> Response:
    """Describe one entry of the menu."""
    found = next((entry for entry in menu(caller, services) if entry["id"] == model), None)
    if found is None:
        raise NotFoundError(
            "Aucun usage ouvert à cette clé ne porte ce nom ; `GET /v1/models` en donne la liste.", "modele_inconnu"
        )
    return _json(found)


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"Cache-Control": "no-store"})
