"""What staff meet without a key: the page on which a refused connection lands, and its two forms.

The page has to be reached without the proxy: the computer's address is the connection's, or the one that a reverse
proxy trusted by the server (`FORWARDED_ALLOW_IPS`) has passed on.
"""

import asyncio
import ipaddress
from collections.abc import Awaitable, Mapping
from dataclasses import replace
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Query, Request
from starlette.responses import Response

from gateway.api import failures, outbound, outbound_forms
from gateway.api.context import Note, Services, TheNote, TheServices, note
from gateway.api.documentation import problems
from gateway.api.outbound_forms import PROMISE
from gateway.api.outbound_page import View, blocked_page, failed_page, received_page
from gateway.errors import ForbiddenError, GatewayError
from gateway.outbound.desk.asking import FormError, read
from gateway.outbound.desk.desk import Stage
from gateway.outbound.desk.reason import Reason
from gateway.outbound.desk.site import Site
from policies.decision import Language

router = APIRouter(tags=["Filtrage"])

PAGES: Final[Mapping[int, str]] = {
    200: "La page",
    201: "La demande est enregistrée",
    400: "La page, avec ce qui manque au formulaire",
    403: "Le formulaire ne vient pas de cette page, ou le service n’est pas ouvert à ce poste",
    404: "Le filtrage n’est pas en place",
    413: "Le formulaire est trop long",
    429: "Trop d’envois en une heure",
    503: "Rien ne peut être enregistré en ce moment",
}
"""What each status means to whoever reads the page that comes with it."""
EXPIRED: Final = "Cette page a été ouverte il y a trop longtemps : envoyez le formulaire de nouveau."
PASS: Final = "pass"  # noqa: S105 - the name of a form
REQUEST: Final = "request"


def pages(*statuses: int) -> dict[int | str, dict[str, Any]]:
    """Return the documentation of the pages that a route may answer."""
    html = {"text/html": {"schema": {"type": "string"}}}
    return {status: {"content": html, "description": PAGES[status]} for status in statuses} | problems(500)


def form(*names: str) -> dict[str, Any]:
    """Return the documentation of a form's body."""
    schema = {"type": "object", "properties": {name: {"type": "string"} for name in names}}
    return {"requestBody": {"content": {"application/x-www-form-urlencoded": {"schema": schema}}}}


@router.get(
    "/outbound/blocked",
    summary="La page d’un service refusé",
    response_class=Response,
    responses=pages(200, 404),
)
async def blocked(
    request: Request,
    services: TheServices,
    service: Annotated[str, Query(description="Identifiant du catalogue ; sans lui, une page générale.")] = "",
) -> Response:
    """Say why a service is refused, what replaces it and whom to ask. Needs no key; nothing of the visit is kept."""
    return await _as_page(request, services, _blocked(request, services, service))


@router.post(
    "/outbound/pass",
    summary="Passer pour un temps, depuis la page d’un service déconseillé",
    response_class=Response,
    responses=pages(200, 400, 403, 404, 413, 429, 503),
    openapi_extra=form("service", "ticket", "reason", "promise"),
)
async def go_on(request: Request, services: TheServices, noted: TheNote) -> Response:
    """Let this computer go to one service for some hours, for a reason of a closed list, which is counted."""
    return await _as_page(request, services, _go_on(request, services, noted))


@router.post(
    "/outbound/requests",
    summary="Demander un outil d’IA, depuis la page d’un service refusé",
    response_class=Response,
    responses=pages(201, 400, 403, 404, 413, 429, 503),
    status_code=201,
    openapi_extra=form("service", "ticket", "tool", "address", "purpose", "department", "text", "contact"),
)
async def ask(request: Request, services: TheServices, noted: TheNote) -> Response:
    """Keep a request for a tool; the computer's address is not kept."""
    return await _as_page(request, services, _ask(request, services, noted))


async def _blocked(request: Request, services: Services, service: str) -> Response:
    return blocked_page(_view(request, services, services.outbound.site(service)))


async def _go_on(request: Request, services: Services, noted: Note) -> Response:
    desk, source = services.outbound, _source(request)
    fields = await _fields(request, services)
    site = desk.site(fields.get("service", ""))
    if site is None or desk.stage(site.id, source) is Stage.REFUSED:
        noted.code = "service_refuse"
        return blocked_page(_view(request, services, site), 403)
    faults = {}
    if fields.get("reason") not in set(Reason):
        faults["reason"] = "Choisissez une raison."
    if fields.get("promise") != PROMISE:
        faults["promise"] = "Cochez l’engagement de n’écrire rien qui permette de reconnaître quelqu’un."
    if not desk.tickets.holds(fields.get("ticket", ""), PASS, source, site.id):
        faults[""] = EXPIRED
    if faults:
        noted.code = "formulaire_incomplet"
        return blocked_page(_view(request, services, site, faults, fields), 400)
    # In a large hospital, hundreds of people go on within an hour; each has one pass for a service, however often.
    desk.pace.spend(source, alone=True)
    await asyncio.to_thread(desk.grant, site.id, source, Reason(fields["reason"]))
    return blocked_page(replace(_view(request, services, site), stage=Stage.OPEN))


async def _ask(request: Request, services: Services, noted: Note) -> Response:
    desk, source = services.outbound, _source(request)
    fields = await _fields(request, services)
    site = desk.site(fields.get("service", ""))
    faults = {}
    if not desk.tickets.holds(fields.get("ticket", ""), REQUEST, source, site.id if site else ""):
        faults[""] = EXPIRED
    try:
        made = read({**fields, "service": site.id if site else ""}, outbound.lists(services), desk.now())
    except FormError as error:
        faults |= error.faults
    if faults:
        noted.code = "formulaire_incomplet"
        return blocked_page(replace(_view(request, services, site, faults, fields), asking=True), 400)
    desk.pace.spend(source)
    kept = await outbound.keep(made, services)
    return received_page(kept.id, services.charter.contact)


async def _as_page(request: Request, services: Services, work: Awaitable[Response]) -> Response:
    """Return what `work` makes, or a page that says what went wrong: whoever is here has a browser."""
    try:
        return await work
    except GatewayError as error:
        told = failures.told(error, note(request), services, Language.FRENCH)
        return failed_page(told.message, told.contact or services.charter.contact, told.status, told.headers)


async def _fields(request: Request, services: Services) -> dict[str, str]:
    """Return what a form of ours sent; raises where another site had the browser send it."""
    page = services.outbound.policy().page
    if not _from_here(request, page):
        raise ForbiddenError(
            "Ce formulaire ne s’envoie que depuis la page du filtrage ; rien n’a été enregistré.", "origine_refusee"
        )
    return await outbound_forms.read(request)


def _from_here(request: Request, page: str) -> bool:
    """Return whether the browser says that the form stood on a page of this gateway."""
    site, origin = request.headers.get("sec-fetch-site"), request.headers.get("origin")
    if site not in {None, "same-origin"}:
        return False
    if origin is None:
        return site is not None
    own = {request.headers.get("host", "").lower(), urlsplit(page).netloc.lower()} - {""}
    scheme, _, host = origin.lower().partition("://")
    return scheme in {"http", "https"} and host in own


def _source(request: Request) -> str:
    """Return the computer's address, written as engines write it; empty where it is not known."""
    try:
        address = ipaddress.ip_address((request.client.host if request.client else "").partition("%")[0])
    except ValueError:
        return ""
    return str(getattr(address, "ipv4_mapped", None) or address)


def _view(
    request: Request,
    services: Services,
    site: Site | None,
    faults: Mapping[str, str] | None = None,
    sent: Mapping[str, str] | None = None,
) -> View:
    desk, charter, source, id_ = services.outbound, services.charter, _source(request), site.id if site else ""
    return View(
        contact=charter.contact,
        departments=desk.departments(),
        uses={use.id: use.title for use in charter.uses.values() if use.enabled},
        notice=desk.notice,
        kept_days=desk.kept_days,
        pass_hours=desk.pass_hours,
        approved=desk.policy().approved,
        service=site,
        instead=next((use for use in charter.uses.values() if site and use.id == site.instead and use.enabled), None),
        stage=desk.stage(id_, source) if site else Stage.REFUSED,
        pass_ticket=desk.tickets.issue(PASS, source, id_),
        request_ticket=desk.tickets.issue(REQUEST, source, id_),
        faults=faults or {},
        sent=sent or {},
    )
