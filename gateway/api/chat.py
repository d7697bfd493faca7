"""POST /v1/chat/completions: the lock's own gate, whole and streamed."""

import time
from functools import partial
from typing import Annotated

import orjson
from fastapi import APIRouter, Depends, Request
from starlette.responses import Response

from gateway.api import bodies, declaration, sizes, translation
from gateway.api.connection import while_connected
from gateway.api.context import Services, TheCaller, TheNote, TheServices
from gateway.api.documentation import documented_body, problems
from gateway.api.event_stream import Encoder, EventStream
from gateway.api.failures import told
from gateway.api.languages import spoken_to
from gateway.api.schemas_answer import ChatAnswer
from gateway.api.schemas_chat import REFUSED_FIELDS, ChatRequest
from gateway.pipeline import Request as Asked

router = APIRouter(tags=["Conversation"])


async def chat_body(request: Request, services: TheServices, _caller: TheCaller) -> ChatRequest:
    """Return the request's body; read for a known caller only."""
    return bodies.parse(ChatRequest, await bodies.read(request, services.body_limit), REFUSED_FIELDS)


def asked(request: Request, body: ChatRequest, services: Services) -> Asked:
    """Return what the pipeline leads through: the prompt, and what was declared of it."""
    prompt = translation.prompt(body)
    sizes.check(prompt, services.limits)
    metadata = body.metadata or {}
    declared = declaration.Declared(
        model=body.model,
        use_headers=request.headers.getlist("Ecluse-Use"),
        case_headers=request.headers.getlist("Ecluse-Case"),
        metadata_use=metadata.get("use"),
        metadata_case=metadata.get("case"),
    )
    menu = declaration.Menu(services.charter.uses, services.routes)
    facts = declaration.facts(declared, menu, has_media=prompt.has_media, today=services.today())
    return Asked(prompt, facts, declaration.case(declared), body.ecluse.known if body.ecluse else None)


@router.post(
    "/v1/chat/completions",
    summary="Converser avec un modèle autorisé",
    response_model=ChatAnswer,
    responses=problems(400, 401, 403, 413, 429, 500, 502, 503, 504),
    openapi_extra=documented_body(ChatRequest),
)
async def chat(
    request: Request,
    caller: TheCaller,
    services: TheServices,
    note: TheNote,
    body: Annotated[ChatRequest, Depends(chat_body)],
) -> Response:
    """Mask what identifies a patient, ask the model that the charter allows, put the identifiers back.

    Who the patient is may be said under `ecluse.patient`: every writing of it is masked then, whatever the text.

    The use is declared by the `Ecluse-Use` header, by `metadata.use`, or by `model` (`USE`, `USE@ROUTE`). With
    `stream: true` the answer comes as server-sent events; its last chunk before `[DONE]` carries `ecluse`.
    """
    question = asked(request, body, services)
    created = int(time.time())
    if body.stream:
        options = body.stream_options
        encoder = Encoder(created, body.model, include_usage=bool(options and options.include_usage))
        events = services.pipeline.stream(caller, question)
        say = partial(told, note=note, services=services, language=spoken_to(request))
        return EventStream(events, encoder, note, say)
    async with while_connected(request.receive):
        answer = await services.pipeline.answer(caller, question)
    note.output_id = answer.opening.output_id
    envelope = translation.Envelope(answer.opening.output_id, created, body.model)
    headers = {**answer.marks.headers, "Cache-Control": "no-store"}
    wire = envelope.answer(answer.reply, answer.marks.body)
    return Response(orjson.dumps(wire), headers=headers, media_type="application/json")
