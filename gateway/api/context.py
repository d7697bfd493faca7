"""What the routes need: the long-lived objects, built once by the wiring, and the caller behind a request."""

import datetime as dt
from collections.abc import Awaitable, Callable, Collection
from dataclasses import dataclass, field
from typing import Annotated

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from fastapi import Depends, Request
from fastapi.security import HTTPAuthorizationCredentials, HTTPBearer

from config.limits import Limits
from gateway.api.readiness import Readiness
from gateway.audit.contest import Contests
from gateway.errors import UnknownCallerError
from gateway.governance.approvals import Governance
from gateway.identity.directory import Directory
from gateway.masking.stage import Masking
from gateway.metrics import Metrics
from gateway.outbound.desk.desk import Desk
from gateway.people.office import Office
from gateway.pipeline import Pipeline
from gateway.provenance.outputs import Outputs
from gateway.replicas.redis import Announcements
from gateway.systems.switchboard import Switchboard
from gateway.usage.month import Month
from gateway.usage.names import Names
from gateway.usage.report import Report
from policies.charter import Charter
from policies.facts import Caller


def local_date() -> dt.date:
    """Return today's date where the hospital is, as its machine's clock says."""
    return dt.datetime.now(dt.UTC).astimezone().date()


@dataclass(frozen=True, slots=True)
class Services:
    """Every long-lived object that a route may use."""

    pipeline: Pipeline
    charter: Charter
    directory: Directory
    masking: Masking
    metrics: Metrics
    outputs: Outputs
    public_key: Ed25519PublicKey
    """Verifies what this gateway signs."""
    usage: Callable[[Month, str, Names], Awaitable[Report]]
    """Counts a month of the journal for somebody, whose reading is recorded."""
    people: Office
    contests: Contests
    readiness: Readiness
    routes: Collection[str]
    """Ids of the configured routes."""
    limits: Limits
    body_limit: int
    """Bytes."""
    outbound: Desk
    systems: Switchboard
    governance: Governance = field(default_factory=Governance)
    replicas: Announcements | None = None
    """Where gateways announce what they have in force; None without Redis."""
    today: Callable[[], dt.date] = field(default=local_date)


@dataclass(slots=True)
class Note:
    """What the access log may say of a request besides its HTTP facts; each from a closed list of this house."""

    code: str | None = None
    output_id: str | None = None


def services(request: Request) -> Services:
    """Return the objects that the lifespan has built."""
    built: Services = request.app.state.services
    return built


def note(request: Request) -> Note:
    """Return the note of this request, which the access log reads at its end."""
    found: Note = request.scope.setdefault("ecluse.note", Note())
    return found


# Coroutines, since FastAPI sends plain functions to a thread, which costs more than they do.
async def _services(request: Request) -> Services:
    return services(request)


async def _note(request: Request) -> Note:
    return note(request)


_bearer = HTTPBearer(auto_error=False, description="Clé d’accès délivrée par `ecluse key create`.")


async def caller(
    services: Annotated[Services, Depends(_services)],
    credentials: Annotated[HTTPAuthorizationCredentials | None, Depends(_bearer)],
) -> Caller:
    """Return who asks, or raise `UnknownCallerError`; nothing of the body has been read by then."""
    if credentials is None:
        raise UnknownCallerError
    return await services.directory.caller(credentials.credentials)


TheServices = Annotated[Services, Depends(_services)]
TheCaller = Annotated[Caller, Depends(caller)]
TheNote = Annotated[Note, Depends(_note)]
