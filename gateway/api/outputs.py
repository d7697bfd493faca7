"""What can be known of an answer afterwards: its manifest, and whether a text is that answer."""

from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from gateway.api import bodies, sizes
from gateway.api.context import Services, TheCaller, TheServices
from gateway.api.documentation import documented_body, problems
from gateway.api.schemas_outputs import ManifestOut, VerifyAnswer, VerifyRequest
from gateway.errors import NotFoundError
from gateway.provenance.manifest import verify
from gateway.structures import Json

router = APIRouter(tags=["Preuves"])


async def verify_body(request: Request, services: TheServices, _caller: TheCaller) -> VerifyRequest:
    """Return the request's body; read for a known caller only."""
    return bodies.parse(VerifyRequest, await bodies.read(request, services.body_limit))


@router.get(
    "/v1/outputs/{output_id}/manifest",
    summary="Le manifeste signé d’une réponse",
    response_model=ManifestOut,
    responses=problems(401, 404, 500, 503),
)
async def manifest(
    output_id: Annotated[str, Path(max_length=64, description="L’en-tête `Ecluse-Output` d’une réponse.")],
    services: TheServices,
    _caller: TheCaller,
) -> Response:
    """Give the manifest to any known caller: it holds no text, and whoever reads a document may want to check it."""
    return _json(await _kept(output_id, services))


@router.post(
    "/v1/verify",
    summary="Ce texte est-il sorti d’ici, et l’a-t-on changé depuis ?",
    response_model=VerifyAnswer,
    responses=problems(400, 401, 404, 413, 500, 503),
    openapi_extra=documented_body(VerifyRequest),
)
async def verify_text(
    services: TheServices, _caller: TheCaller, body: Annotated[VerifyRequest, Depends(verify_body)]
) -> Response:
    """Compare a text with a manifest, given or kept here; nothing of the text is kept."""
    sizes.check_texts([body.text], services.limits)
    given: Json = dict(body.manifest) if body.manifest is not None else await _kept(body.output_id or "", services)
    verdict = verify(body.text, given, services.public_key)
    return _json(
        {
            "holds": verdict.holds,
            "authentic": verdict.authentic,
            "match": verdict.match.value if verdict.match else None,
            "choice": verdict.choice,
        }
    )


async def _kept(output_id: str, services: Services) -> dict[str, Json]:
    found = await services.outputs.find(output_id)
    if found is None:
        raise NotFoundError("Aucune réponse n’est connue ici sous cet identifiant.", "sortie_inconnue")
    return found


def _json(value: object) -> Response:
    return Response(orjson.dumps(value), media_type="application/json", headers={"Cache-Control": "no-store"})
