"""POST /v1/mask: what would leave, without anything leaving."""

from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from filters.identifiers.entity import Span
from filters.identifiers.text import Text
from gateway.api import bodies, sizes
from gateway.api.connection import while_connected
from gateway.api.context import TheCaller, TheServices
from gateway.api.documentation import documented_body, problems
from gateway.api.schemas_masking import MaskAnswer, MaskRequest

router = APIRouter(tags=["Masquage"])


async def mask_body(request: Request, services: TheServices, _caller: TheCaller) -> MaskRequest:
    """Return the request's body; read for a known caller only."""
    return bodies.parse(MaskRequest, await bodies.read(request, services.body_limit))


@router.post(
    "/v1/mask",
    summary="Voir ce qui partirait",
    response_model=MaskAnswer,
    responses=problems(400, 401, 413, 429, 500, 503),
    openapi_extra=documented_body(MaskRequest),
)
async def mask(
    request: Request,
    caller: TheCaller,
    services: TheServices,
    body: Annotated[MaskRequest, Depends(mask_body)],
) -> Response:
    """Mask `text`, or each of `texts`, as a request at tier D1 would be; nothing is sent, nothing is kept."""
    texts = body.texts if body.texts is not None else (body.text or "",)
    sizes.check_texts(texts, services.limits)
    await services.pipeline.quota.spend(caller)
    known = body.ecluse.known if body.ecluse else None
    async with while_connected(request.receive):
        masked = await services.masking.mask([Text(text) for text in texts], services.charter.must_mask, known)
    found = [_text(*pair) for pair in zip(masked.texts, masked.spans, strict=True)]
    common = {"counts": dict(masked.counts), "system_line": masked.system_line}
    wire = {"texts": found, **common} if body.texts is not None else {**found[0], **common}
    return Response(orjson.dumps(wire), media_type="application/json", headers={"Cache-Control": "no-store"})


def _text(masked: str, spans: tuple[Span, ...]) -> dict[str, Any]:
    return {
        "masked": masked,
        "spans": [{"start": span.start, "end": span.end, "label": span.label.value} for span in spans],
    }
