"""Whether the gateway lives, whether it can do its work, and what it has counted."""

import orjson
from fastapi import APIRouter
from starlette.responses import Response

from gateway.api.context import TheServices
from gateway.api.schemas_health import Alive, Ready

router = APIRouter(tags=["Exploitation"])


@router.get("/healthz", summary="Le processus vit", response_model=Alive)
async def healthz() -> Response:
    """Answer; asks nothing of anybody."""
    return _json(200, {"status": "ok"})


@router.get(
    "/readyz", summary="La passerelle peut faire son travail", response_model=Ready, responses={503: {"model": Ready}}
)
async def readyz(services: TheServices) -> Response:
    """Mask a fixed, invented note and write to the journal's database; 503 where either fails.

    `degraded`, with 200, is what the gateway can do without for a while: Redis, and news of what is stopped.
    `leaving`, with 503, is a gateway that still answers and is about to end: send what is new elsewhere.
    """
    if services.readiness.leaving:
        return _json(503, {"status": "leaving", "checks": {}})
    verdict, hindered = await services.readiness.verdict(), await services.readiness.hindered()
    ready = all(verdict.values())
    checks = {name: "ok" if passes else "failed" for name, passes in verdict.items()}
    checks |= {name: "degraded" if missing else "ok" for name, missing in hindered.items()}
    status = "failed" if not ready else "degraded" if any(hindered.values()) else "ok"
    return _json(200 if ready else 503, {"status": status, "checks": checks})


@router.get(
    "/metrics",
    summary="Mesures, au format de Prometheus",
    response_class=Response,
    responses={200: {"content": {"text/plain": {"schema": {"type": "string"}}}, "description": "Mesures"}},
)
async def metrics(services: TheServices) -> Response:
    """Give counts; none of their labels comes from a request's text."""
    return Response(services.metrics.render(), media_type="text/plain; version=0.0.4; charset=utf-8")


def _json(status: int, value: object) -> Response:
    headers = {"Cache-Control": "no-store"}
    return Response(orjson.dumps(value), status, media_type="application/json", headers=headers)
