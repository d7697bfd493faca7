"""`ecluse charter approve` and `status`: the two-person rule at a terminal."""

import datetime as dt
import os
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from config.settings import Settings
from gateway.cli.faults import show
from gateway.cli.stores import Config, approvals, directory, journal, run, settings_of, stop
from gateway.errors import UnknownCallerError
from gateway.governance.approvals import NEEDED, Active, Approval, approver, counting, people, record_approval
from gateway.governance.draft import read_draft
from policies import terms
from policies.facts import Caller
from policies.rule import CharterText


def approve(
    file: Annotated[Path, typer.Argument(metavar="CHARTE", exists=True, dir_okay=False, help="Fichier de la charte.")],
    by: Annotated[str, typer.Option("--by", help="Nom de la clé d’accès, tel que `ecluse key list` le montre.")],
    config: Config = None,
) -> None:
    """Approuve une charte avec sa propre clé. À deux personnes différentes, la charte devient active.

    La clé entière est demandée sans être affichée ; elle peut aussi être donnée par la variable ECLUSE_APPROVAL_KEY.
    """
    settings = settings_of(config)
    digest, text = _read(settings, file)
    credential = _credential()
    caller = run(_caller(settings, credential))
    if caller is None or caller.key_id != by:
        stop("Cette clé n’est pas celle que `--by` nomme, ou elle n’est plus valable.")
    if caller.person is None:
        stop("Cette clé n’est à personne du registre : une charte s’approuve avec une clé personnelle.")
    if caller.role not in settings.charter.approvers:
        allowed = ", ".join(settings.charter.approvers)
        stop(f"Le rôle « {caller.role} » n’approuve pas de charte ; `charter.approvers` : {allowed}.")
    given = run(_approve(settings, caller.person, caller.role, digest, text.version))
    console = Console(highlight=False)
    console.print(f"Charte {text.version} : {given} approbation{'s' if given > 1 else ''} sur {NEEDED}.")
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
    active, given = run(_state(settings, draft.digest))
    for approval in given:
        day = terms.day(approval.at.astimezone().date())
        console.print(f"Approuvée par une personne de rôle {approval.role}, le {day}.", markup=False)
    if active is None:
        console.print("Aucune charte n’a encore été active : la passerelle commencera par ce fichier.")
    elif active.digest == draft.digest:
        console.print(f"Ce fichier est la charte active, version {active.text.version}.", markup=False)
    else:
        count = people(given)
        console.print(f"La charte active est encore la version {active.text.version}.", markup=False)
        console.print(f"Ce fichier a {count} approbation{'s' if count > 1 else ''} sur {NEEDED}.")


def _read(settings: Settings, file: Path) -> tuple[str, CharterText]:
    """Return the digest and the text of a charter, or show every fault and end the command."""
    draft = read_draft(file, [route.id for route in settings.routes])
    if draft.text is None:
        show(draft.faults)
        raise typer.Exit(1)
    return draft.digest, draft.text


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


async def _approve(settings: Settings, person: str, role: str, digest: str, version: str) -> int:
    """Record an approval, then keep it; return how many people have approved by now."""
    async with approvals(settings) as kept:
        async with journal(settings) as trail:
            approval = Approval(digest, approver(trail, person), role, dt.datetime.now(dt.UTC))
            await record_approval(trail, approval, version)
        await kept.approve(approval)
        return people(counting(await kept.of(digest), await kept.active()))


async def _state(settings: Settings, digest: str) -> tuple[Active | None, tuple[Approval, ...]]:
    """Return the active charter, and the approvals of a file: all where it is the active one, else those that count."""
    async with approvals(settings) as kept:
        active, given = await kept.active(), await kept.of(digest)
    return active, given if active is not None and active.digest == digest else counting(given, active)
