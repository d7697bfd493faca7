"""Outbound filtering for programs and for those who answer for it: decisions, requests for tools, the report."""

import asyncio
import datetime as dt
from dataclasses import replace
from enum import StrEnum
from typing import Annotated, Any

import orjson
from fastapi import APIRouter, Depends, Path, Query, Request
from starlette.responses import Response

from filters.identifiers.text import Text
from filters.outbound.decision import Decision, Verdict
from filters.outbound.decision import Query as Asked
from filters.outbound.errors import BadNameError
from filters.outbound.names import canonical
from filters.outbound.snapshot import Snapshot
from gateway.api import bodies
from gateway.api.context import Services, TheCaller, TheServices
from gateway.api.documentation import documented_body, problems
from gateway.api.schemas_outbound import (
    AnswerIn,
    DecideIn,
    DecideOut,
    ReceivedOut,
    StatusWord,
    ToolRequestIn,
    ToolRequestOut,
    ToolRequestsOut,
)
from gateway.errors import ForbiddenError, InvalidPromptError, NotFoundError
from gateway.outbound.counting import data, text
from gateway.outbound.counting.periods import Grain, Span, month, month_of, shifted
from gateway.outbound.desk.asking import LONGEST_TOOL, FormError, Lists, read
from gateway.outbound.desk.request import Status, ToolRequest
from policies.facts import Caller

router = APIRouter(tags=["Filtrage"])

NAVIGATION = frozenset({"GET", "HEAD", "CONNECT"})
"""Methods of what a person opens: a program that sends data would follow a redirection and read a page as success."""
MOST_MONTHS = 36
"""Of one report: the longest time for which counts are kept."""
PRODUCT_WORDS = 2
"""A tool's name of no more words, with no more than one kind of name in it, is a product's own."""
NO_STORE = {"Cache-Control": "no-store"}


class Form(StrEnum):
    """How the report is written."""

    JSON = "json"
    CSV = "csv"
    TEXT = "text"


def reader(caller: TheCaller, services: TheServices) -> Caller:
    """Return the caller, whose role answers for the filtering; nothing of the body has been read by then."""
    if caller.role not in services.outbound.readers:
        roles = ", ".join(f"`{role}`" for role in sorted(services.outbound.readers))
        raise ForbiddenError(f"Le filtrage n’est ouvert qu’aux clés de rôle {roles}.", "role_requis")
    return caller


TheReader = Annotated[Caller, Depends(reader)]


@router.post(
    "/v1/outbound/decide",
    summary="Ce que le filtrage répondrait à une connexion",
    response_model=DecideOut,
    responses=problems(400, 401, 403, 404, 413, 500),
    openapi_extra=documented_body(DecideIn),
)
async def decide(request: Request, _caller: TheReader, services: TheServices) -> Response:
    """Decide on a connection as Squid's helper does, passes aside. Nothing of it is kept, counted or logged."""
    body = bodies.parse(DecideIn, await bodies.read(request, services.body_limit))
    desk = services.outbound
    policy = desk.policy()
    if body.at is not None and body.at.tzinfo is None:
        raise InvalidPromptError("le champ `at` porte un décalage horaire : `2026-11-26T10:00:00+01:00`.", "at")
    host = _host(body.host, "host")
    sni = _host(body.sni, "sni") if body.sni else ""
    asked = Asked(host, sni, body.source or "", body.user or "", body.at or desk.now())
    return _json(_decision(desk.decide(asked), policy, navigates=(body.method or "GET").upper() in NAVIGATION))


@router.post(
    "/v1/outbound/requests",
    summary="Demander un outil d’IA, ou signaler un site refusé par erreur",
    status_code=201,
    response_model=ReceivedOut,
    responses=problems(400, 401, 404, 413, 429, 500, 503),
    openapi_extra=documented_body(ToolRequestIn),
)
async def ask(request: Request, caller: TheCaller, services: TheServices) -> Response:
    """Send a request to the hospital's single entry point; whose key it is, is not kept."""
    body = bodies.parse(ToolRequestIn, await bodies.read(request, services.body_limit))
    services.outbound.policy()
    try:
        made = read(body.model_dump(exclude_none=True), lists(services), services.outbound.now())
    except FormError as error:
        name, sentence = next(iter(error.faults.items()))
        raise InvalidPromptError(f"{sentence[0].lower()}{sentence[1:]}", name, "champ_invalide") from None
    services.outbound.pace.spend(f"key {caller.key_id}")
    kept = await keep(made, services)
    return _json({"id": kept.id, "status": kept.status, "contact": services.charter.contact}, 201)


@router.get(
    "/v1/outbound/requests",
    summary="Les demandes d’outils",
    response_model=ToolRequestsOut,
    responses=problems(400, 401, 403, 404, 500, 503),
)
async def listed(
    _caller: TheReader,
    services: TheServices,
    status: Annotated[StatusWord | None, Query(description="Seulement celles de ce statut.")] = None,
) -> Response:
    """List the newest requests, for a role that answers them."""
    services.outbound.policy()
    found = await services.outbound.requests.listed(Status(status) if status else None)
    return _json({"data": [_request(one) for one in found]})


@router.post(
    "/v1/outbound/requests/{request_id}",
    summary="Répondre à une demande d’outil",
    response_model=ToolRequestOut,
    responses=problems(400, 401, 403, 404, 413, 500, 503),
    openapi_extra=documented_body(AnswerIn),
)
async def answer(
    request_id: Annotated[str, Path(max_length=16, description="Référence de la demande.")],
    request: Request,
    _caller: TheReader,
    services: TheServices,
) -> Response:
    """Note how far a request has come, and what was decided."""
    body = bodies.parse(AnswerIn, await bodies.read(request, services.body_limit))
    desk = services.outbound
    desk.policy()
    note = await masked(body.note or "", services)
    answered = await desk.requests.answer(request_id.upper(), Status(body.status), note, desk.now())
    if answered is None:
        raise NotFoundError("Aucune demande d’outil ne porte cette référence.", "demande_absente")
    return _json(_request(answered))


@router.get(
    "/v1/outbound/report",
    summary="Les tentatives vers des services d’IA non approuvés, sans nom",
    responses={
        200: {
            "description": "Le rapport ; ce que feraient moins de 5 agents y est masqué",
            "content": {
                "application/json": {"schema": {"type": "object"}},
                "text/csv": {"schema": {"type": "string"}},
                "text/plain": {"schema": {"type": "string"}},
            },
        },
        **problems(400, 401, 403, 404, 500, 503),
    },
    response_class=Response,
)
async def report(  # noqa: PLR0917 - parameters of an address, all named
    caller: TheReader,
    services: TheServices,
    since: Annotated[str | None, Query(alias="from", description="Premier mois, `2026-11` ; sans lui, `to`.")] = None,
    until: Annotated[str | None, Query(alias="to", description="Dernier mois ; sans lui, celui-ci.")] = None,
    grain: Annotated[Grain, Query(alias="by", description="`day`, `week` ou `month`.")] = Grain.WEEK,
    form: Annotated[Form, Query(alias="format", description="`json`, `csv` ou `text`.")] = Form.JSON,
) -> Response:
    """Report some months, for a role that answers for the filtering; the reading is written in the journal."""
    desk = services.outbound
    desk.policy()
    span = _span(since, until, desk.calendar.day(int(desk.now().timestamp())))
    found = await desk.report(span, grain, caller.key_id)
    kind, written = {
        Form.JSON: ("application/json", data.render_json),
        Form.CSV: ("text/csv; charset=utf-8", data.render_csv),
        Form.TEXT: ("text/plain; charset=utf-8", text.render),
    }[form]
    return Response(await asyncio.to_thread(written, found), headers=NO_STORE, media_type=kind)


def lists(services: Services) -> Lists:
    """Return the lists that a request chooses from, as the charter and the policy in force have them."""
    desk = services.outbound
    policy = desk.policy()
    return Lists(lambda id_: policy.case(id_) is not None, policy.service_of, services.charter.uses, desk.departments())


async def keep(request: ToolRequest, services: Services) -> ToolRequest:
    """Keep a request, once whatever in its free texts could tell a patient is masked.

    Of a tool's name, one or two words stay as they were typed: nothing tells Claude from somebody called so.
    """
    kept = replace(request, tool=await _masked_tool(request.tool, services), text=await masked(request.text, services))
    await services.outbound.requests.add(kept)
    return kept


async def masked(text: str, services: Services) -> str:
    """Return a free text as a model without any right to identities would receive it; raises where it cannot be."""
    if not text:
        return ""
    return (await services.masking.mask([Text(text)], services.charter.must_mask)).texts[0]


async def _masked_tool(tool: str, services: Services) -> str:
    """Return the name of a tool, masked where it tells of somebody: Claude and Le Chat stay readable."""
    if not tool:
        return ""
    found = await services.masking.mask([Text(tool)], services.charter.must_mask)
    own = len(tool.split()) <= PRODUCT_WORDS and len(found.counts) <= 1
    return tool if own else found.texts[0][:LONGEST_TOOL]


def _span(since: str | None, until: str | None, today: dt.date) -> Span:
    try:
        last = month(until) if until else month_of(today)
        span = Span(month(since) if since else last, last)
    except ValueError:
        raise InvalidPromptError("les mois s’écrivent comme `2026-11`, `from` avant `to`.", "from") from None
    if span.first < shifted(span.last, 1 - MOST_MONTHS):
        raise InvalidPromptError(f"le rapport porte sur {MOST_MONTHS} mois au plus.", "from")
    return span


def _host(typed: str, field: str) -> str:
    try:
        return canonical(typed)
    except BadNameError:
        raise InvalidPromptError(
            f"le champ `{field}` doit être un nom de machine (`chatgpt.com`), avec ou sans port.",
            field,
            "champ_invalide",
        ) from None


def _decision(decision: Decision, policy: Snapshot, *, navigates: bool) -> dict[str, Any]:
    shown = navigates and decision.verdict in {Verdict.COACH, Verdict.BLOCK} and policy.page
    return {
        "decision": decision.verdict,
        "planned": decision.planned,
        "service": decision.service or None,
        "category": decision.category or None,
        "rule": decision.rule,
        "version": decision.version,
        "ttl": decision.seconds,
        "redirect": f"{policy.page}?service={decision.service}" if shown else None,
    }


def _request(one: ToolRequest) -> dict[str, Any]:
    return {
        "id": one.id,
        "received": one.received,
        "status": one.status,
        "changed": one.changed,
        "service": one.service or None,
        "tool": one.tool or None,
        "address": one.address or None,
        "purpose": one.purpose,
        "department": one.department or None,
        "text": one.text or None,
        "contact": one.contact or None,
        "note": one.note or None,
    }


def _json(wire: dict[str, Any], status: int = 200) -> Response:
    return Response(orjson.dumps(wire), status, NO_STORE, "application/json")
