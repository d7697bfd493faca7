"""`ecluse charter approve` and `status`: the two-person rule at a terminal."""

import datetime as dt
import os
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from config.settings import Settings
from gateway.cli.faults import show
from gateway.cli.stores import Config, directory, journal, run, settings_of, stop
from gateway.database import Database
from gateway.errors import UnknownCallerError
from gateway.governance.approvals import (
    NEEDED,
    Active,
    Approval,
    ApprovalsUnavailableError,
    people,
    record_approval,
)
from gateway.governance.draft import Draft, read_draft
from gateway.governance.sql import SqlApprovals
from gateway.secrets import hmac_key
from policies import terms
from policies.facts import Caller

UNAVAILABLE = (
    "Les approbations ne peuvent pas être lues ou écrites, ou ce qui en est gardé a été modifié : vérifiez "
    "`journal.database_url`, la clé du journal et vos sauvegardes."
)


def approve(
    file: Annotated[Path, typer.Argument(metavar="CHARTE", exists=True, dir_okay=False, help="Fichier de la charte.")],
    by: Annotated[str, typer.Option("--by", help="Nom de la clé d’accès, tel que `ecluse key list` le montre.")],
    config: Config = None,
) -> None:
    """Approuve une charte avec sa propre clé. À deux personnes différentes, la charte devient active.

    La clé entière est demandée sans être affichée ; elle peut aussi être donnée par la variable ECLUSE_APPROVAL_KEY.
    """
    settings = settings_of(config)
    draft = _draft(settings, file)
    credential = _credential()
    caller = run(_caller(settings, credential))
    if caller is None or caller.key_id != by:
        stop("Cette clé n’est pas celle que `--by` nomme, ou elle n’est plus valable.")
    if caller.person is None:
        stop("Cette clé n’est à personne du registre : une charte s’approuve avec une clé personnelle.")
    if caller.role not in settings.charter.approvers:
        allowed = ", ".join(settings.charter.approvers)
        stop(f"Le rôle « {caller.role} » n’approuve pas de charte ; `charter.approvers` : {allowed}.")
    approval = Approval(draft.digest, caller.key_id, caller.person, caller.role, dt.datetime.now(dt.UTC))
    given = run(_approve(settings, approval, draft))
    version = draft.text.version if draft.text else ""
    console = Console(highlight=False)
    console.print(f"Charte {version} : {given} approbation{'s' if given > 1 else ''} sur {NEEDED}.")
    if not settings.charter.two_person:
        console.print("La règle des deux personnes n’est pas en service (`charter: two_person: true`).")
    elif given >= NEEDED:
        console.print("La passerelle l’applique dès qu’elle relit ce fichier, en quelques secondes.")


def status(config: Config = None) -> None:
    """Dit quelle charte est active, et si un fichier modifié attend des approbations."""
    settings = settings_of(config)
    draft = read_draft(settings.charter.file, [route.id for route in settings.routes])
    console = Console(highlight=False, soft_wrap=True)
    version = draft.text.version if draft.text else f"en défaut ({len(draft.faults)})"
    console.print(f"Fichier : {settings.charter.file}, version {version}, empreinte {draft.digest[:16]}…", markup=False)
    if not settings.charter.two_person:
        console.print("Une modification sans défaut s’applique aussitôt (`two_person: false`).")
        return
    active, approvals = run(_state(settings, draft.digest))
    for approval in approvals:
        day = terms.day(approval.at.astimezone().date())
        console.print(f"Approuvée par la clé {approval.key} ({approval.role}), le {day}.", markup=False)
    if active is None:
        console.print("Aucune charte n’a encore été active : la passerelle commencera par ce fichier.")
    elif active.digest == draft.digest:
        console.print(f"Ce fichier est la charte active, version {active.text.version}.", markup=False)
    else:
        given = people(approvals)
        console.print(f"La charte active est encore la version {active.text.version}.", markup=False)
        console.print(f"Ce fichier a {given} approbation{'s' if given > 1 else ''} sur {NEEDED}.")


def _draft(settings: Settings, file: Path) -> Draft:
    draft = read_draft(file, [route.id for route in settings.routes])
    if draft.text is None:
        show(draft.faults)
        raise typer.Exit(1)
    return draft


def _credential() -> str:
    given = os.environ.get("ECLUSE_APPROVAL_KEY")
    typed: str = given or typer.prompt("Clé d’accès", hide_input=True, err=True)
    return typed.strip()


async def _caller(settings: Settings, credential: str) -> Caller | None:
    async with directory(settings) as keys:
        try:
            return await keys.caller(credential)
        except UnknownCallerError:
            return None


@asynccontextmanager
async def _approvals(settings: Settings) -> AsyncIterator[SqlApprovals]:
    database = Database(settings.database_url)
    try:
        await database.start()
        yield SqlApprovals(database, hmac_key(settings.journal_key_file))
    except ApprovalsUnavailableError:
        stop(UNAVAILABLE)
    finally:
        await database.close()


async def _approve(settings: Settings, approval: Approval, draft: Draft) -> int:
    """Record an approval, then keep it; return how many people have approved by now."""
    async with _approvals(settings) as kept:
        if approval.person not in {one.person for one in await kept.of(approval.digest)} and draft.text is not None:
            async with journal(settings) as trail:
                await record_approval(trail, approval, draft.text.version)
            await kept.approve(approval)
        return people(await kept.of(approval.digest))


async def _state(settings: Settings, digest: str) -> tuple[Active | None, tuple[Approval, ...]]:
    async with _approvals(settings) as kept:
        return await kept.active(), await kept.of(digest)
