"""GET /v1/charter: the charter for people and for programs."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Header
from starlette.responses import Response

from gateway.api.charter_page import charter_page
from gateway.api.context import TheServices
from gateway.api.documentation import problems
from gateway.api.page import prefers_html
from gateway.api.schemas_charter import CharterOut
from gateway.governance.approvals import Pending
from policies.charter import Charter
from policies.rule import EVERYONE, Use
from policies.standing import needs

router = APIRouter(tags=["Catalogue"])


@router.get(
    "/v1/charter",
    summary="La charte de l’établissement",
    response_model=CharterOut,
    responses={200: {"content": {"text/html": {}}, "description": "La charte"}, **problems(500)},
)
async def charter(services: TheServices, accept: Annotated[str, Header()] = "") -> Response:
    """Give the charter as JSON, or as a page to whoever prefers `text/html`. Needs no key: everybody may read it."""
    if prefers_html(accept):
        return charter_page(services.charter)
    return Response(orjson.dumps(_wire(services.charter, services.governance.pending)), media_type="application/json")


def _wire(charter: Charter, pending: Pending | None) -> dict[str, Any]:
    return {
        "version": charter.version,
        "title": charter.title,
        "referential": charter.referential,
        "contact": charter.contact,
        "roles": {name: role.title for name, role in charter.roles.items()},
        "uses": [_use(use, charter) for use in charter.uses.values()],
        "practices": [
            {
                "id": practice.id,
                "title": practice.title,
                "description": practice.description,
                "basis": practice.basis,
                "reason": practice.reason,
                "instead": practice.instead,
                "uses": list(practice.uses),
            }
            for practice in charter.practices.values()
        ],
        "pending": pending and {"version": pending.version, "approvals": pending.approvals, "needed": pending.needed},
    }


def _use(use: Use, charter: Charter) -> dict[str, Any]:
    asked = needs(charter.people.rule, use)
    return {
        "id": use.id,
        "title": use.title,
        "description": use.description,
        "roles": _roles(use, charter),
        "tier": use.tier.value,
        "review": use.review.value,
        "reviewer": use.reviewer,
        "notice": use.notice.when if use.notice else None,
        "referent": use.referent or charter.contact,
        "article": use.article,
        "enabled": use.enabled,
        "trainings": list(asked.trainings),
        "signature": asked.signature,
        "habilitation": asked.habilitation,
    }


def _roles(use: Use, charter: Charter) -> list[str]:
    return sorted(charter.roles) if EVERYONE in use.roles else sorted(use.roles)
