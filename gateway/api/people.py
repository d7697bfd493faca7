"""The register of people: what each may know of themselves, and what those who keep it may write."""

from collections.abc import Callable
from dataclasses import asdict, replace
from typing import Annotated, Any, TypeVar

import orjson
from fastapi import APIRouter, Depends, Path, Request
from starlette.responses import Response

from gateway.api import bodies
from gateway.api.context import Services, TheCaller, TheServices
from gateway.api.documentation import documented_body, problems
from gateway.api.schemas import Wire
from gateway.api.schemas_people import DossierOut, HabilitationIn, MySignatureIn, PersonIn, SignatureIn, TrainingIn
from gateway.errors import ForbiddenError, InvalidPromptError, NotFoundError
from gateway.people.desk import Desk, InvalidEntryError, person_id
from gateway.people.person import Dossier, Entry
from gateway.people.register import UnknownPeopleError
from gateway.people.sheet import openings, trainings_of
from policies.facts import Caller
from policies.standing import state

router = APIRouter(tags=["Personnes"])

SELF = problems(401, 404, 500, 503)
READING = problems(401, 403, 404, 500, 503)
WRITING = problems(400, 401, 403, 404, 413, 500, 503)


def administrator(caller: TheCaller, services: TheServices) -> Caller:
    """Return the caller, whose role keeps the register; nothing of the body has been read by then."""
    if caller.role not in services.people.administrators:
        roles = ", ".join(f"`{role}`" for role in sorted(services.people.administrators))
        raise ForbiddenError(f"Le registre des personnes n’est ouvert qu’aux clés de rôle {roles}.", "role_requis")
    return caller


TheAdministrator = Annotated[Caller, Depends(administrator)]
PersonId = Annotated[str, Path(max_length=64, description="Identifiant interne de la personne.")]


@router.get("/v1/people/me", summary="Ce que le registre sait de moi", response_model=DossierOut, responses=SELF)
async def me(caller: TheCaller, services: TheServices) -> Response:
    """Say what the person of this key has, what is missing and until when it holds; `ending` warns a month ahead."""
    return await _mine(caller, services)


@router.post(
    "/v1/people/me/signature",
    summary="Signer la charte en vigueur",
    response_model=DossierOut,
    responses=problems(400, 401, 404, 413, 500, 503),
    openapi_extra=documented_body(MySignatureIn),
)
async def sign(request: Request, caller: TheCaller, services: TheServices) -> Response:
    """Sign the version in force, and no other, for the person of this key; a second signature changes nothing."""
    body = bodies.parse(MySignatureIn, await bodies.read(request, services.body_limit))
    dossier = await _own(caller, services)
    if body.version != services.charter.version:
        raise InvalidPromptError(
            "seule la version en vigueur de la charte se signe ; `GET /v1/charter` la donne à lire, avec son numéro.",
            "version",
            "charte_perimee",
        )
    if body.version not in dossier.standing.signed:
        await services.people.register.record([services.people.desk.signature(dossier.person.id)])
    return await _mine(caller, services)


@router.get(
    "/v1/people/{person}",
    summary="Ce que le registre sait d’une personne",
    response_model=DossierOut,
    responses=READING,
)
async def read(person: PersonId, _caller: TheAdministrator, services: TheServices) -> Response:
    """Give what is kept of a person, for a role that keeps the register (`people.administrators`)."""
    return await _theirs(person, services)


@router.put(
    "/v1/people/{person}",
    summary="Inscrire une personne, ou changer ce qui la décrit",
    response_model=DossierOut,
    responses=WRITING,
    openapi_extra=documented_body(PersonIn),
)
async def put(person: PersonId, request: Request, _caller: TheAdministrator, services: TheServices) -> Response:
    """Describe a person; their records stay. A changed role does not change the keys that they hold."""
    body = await _body(PersonIn, request, services)
    return await _write(person, services, lambda desk, id_: desk.person(id_, **body.model_dump()))


@router.post(
    "/v1/people/{person}/trainings",
    summary="Inscrire une formation suivie",
    response_model=DossierOut,
    responses=WRITING,
    openapi_extra=documented_body(TrainingIn),
)
async def train(person: PersonId, request: Request, _caller: TheAdministrator, services: TheServices) -> Response:
    """Record a training; one of the same code and day is replaced."""
    body = await _body(TrainingIn, request, services)
    return await _write(person, services, lambda desk, id_: desk.training(id_, **body.model_dump()))


@router.post(
    "/v1/people/{person}/signatures",
    summary="Inscrire une signature de la charte donnée sur papier",
    response_model=DossierOut,
    responses=WRITING,
    openapi_extra=documented_body(SignatureIn),
)
async def witness(person: PersonId, request: Request, _caller: TheAdministrator, services: TheServices) -> Response:
    """Record a signature; one of the same version is replaced."""
    body = await _body(SignatureIn, request, services)
    return await _write(person, services, lambda desk, id_: desk.signature(id_, **body.model_dump()))


@router.post(
    "/v1/people/{person}/habilitations",
    summary="Inscrire une habilitation",
    response_model=DossierOut,
    responses=WRITING,
    openapi_extra=documented_body(HabilitationIn),
)
async def habilitate(person: PersonId, request: Request, _caller: TheAdministrator, services: TheServices) -> Response:
    """Record a habilitation for a use, or for an AI system by its name; one of the same day is replaced."""
    body = await _body(HabilitationIn, request, services)
    return await _write(person, services, lambda desk, id_: desk.habilitation(id_, **body.model_dump()))


B = TypeVar("B", bound=Wire)


async def _body(model: type[B], request: Request, services: Services) -> B:
    return bodies.parse(model, await bodies.read(request, services.body_limit))


async def _write(typed: str, services: Services, make: Callable[[Desk, str], Entry]) -> Response:
    try:
        id_ = person_id(typed)
        entry = make(services.people.desk, id_)
    except InvalidEntryError as error:
        raise InvalidPromptError(" ".join(error.faults), code="champ_invalide") from None
    try:
        await services.people.register.record([entry])
    except UnknownPeopleError:
        raise _absent() from None
    return await _theirs(id_, services)


async def _own(caller: Caller, services: Services) -> Dossier:
    found = await services.people.register.dossier(caller.person) if caller.person is not None else None
    if found is None:
        raise NotFoundError(
            "Cette clé n’est rattachée à aucune personne du registre ; demandez une clé à votre nom à la direction des "
            "systèmes d’information.",
            "personne_inconnue",
        )
    return found


async def _mine(caller: Caller, services: Services) -> Response:
    dossier = await _own(caller, services)
    return _json(dossier, replace(caller, standing=dossier.standing), services)


async def _theirs(typed: str, services: Services) -> Response:
    try:
        dossier = await services.people.register.dossier(person_id(typed))
    except InvalidEntryError:
        dossier = None
    if dossier is None:
        raise _absent()
    return _json(dossier, dossier.caller, services)


def _absent() -> NotFoundError:
    return NotFoundError("Personne n’est inscrit au registre sous cet identifiant.", "personne_absente")


def _json(dossier: Dossier, caller: Caller, services: Services) -> Response:
    wire = _wire(dossier, caller, services)
    return Response(orjson.dumps(wire), media_type="application/json", headers={"Cache-Control": "no-store"})


def _wire(dossier: Dossier, caller: Caller, services: Services) -> dict[str, Any]:
    charter, today, standing = services.charter, services.today(), dossier.standing
    learnt = dossier.current_trainings
    asked = trainings_of(charter, dossier, caller.role, today)
    return {
        "person": asdict(dossier.person),
        "required": charter.people.rule.required.value,
        "charter": {"version": charter.version, "signed": standing.signed.get(charter.version)},
        "trainings": [
            {
                "code": code,
                "obtained": learnt[code].obtained if code in learnt else None,
                "expires": until,
                "state": state(until, today).value,
            }
            for code, until in asked.items()
        ],
        "signatures": [{"version": one.version, "signed": one.signed} for one in dossier.signatures],
        "habilitations": [
            {
                "subject": one.subject,
                "issued": one.issued,
                "expires": one.expires,
                "issuer": one.issuer,
                "state": state(one.expires, today).value,
            }
            for one in dossier.current_habilitations.values()
        ],
        "uses": [
            {
                "use": opening.use.id,
                "title": opening.use.title,
                "open": opening.lack is None,
                "code": opening.lack.code.value if opening.lack else None,
                "missing": opening.lack.told or None if opening.lack else None,
            }
            for opening in openings(charter, caller, today)
        ],
    }
