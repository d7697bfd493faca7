"""`ecluse outbound export`: the names that the policy refuses, in the format of another filter."""

import dataclasses
import datetime as dt
import re
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from types import MappingProxyType
from typing import Final
from urllib.parse import urlsplit

import typer

from config.settings import Settings
from filters.outbound import files
from filters.outbound.decision import Mode, Verdict
from filters.outbound.errors import BadNameError
from filters.outbound.exports import browsers, fortigate, hosts, pac, paloalto, rpz, squid
from filters.outbound.exports.listing import Listing, Stamp, entries, listing
from filters.outbound.exports.text import Export, TooManyNamesError
from filters.outbound.snapshot import Snapshot
from gateway.cli.outbound_policy import required
from gateway.cli.stores import stop

SHOWN: Final = 5
"""Names told of each kind; the rest is a number."""

_DATE: Final = re.compile(r"^(?:#|;|//) date: (\d{4}-\d\d-\d\d)$", re.MULTILINE)


class Target(StrEnum):
    """What the names are written for."""

    FORTIGATE = "fortigate"
    PALOALTO = "paloalto"
    SQUID = "squid"
    RPZ = "rpz"
    PAC = "pac"
    CHROME = "chrome"
    EDGE = "edge"
    FIREFOX = "firefox"
    HOSTS = "hosts"


COACHING: Final = frozenset({Target.FORTIGATE, Target.PALOALTO})
"""Targets that can warn and let go on: the names to warn of are a list of their own there."""


@dataclass(frozen=True, slots=True)
class Choices:
    """What some formats need to be told. `redirect` is for `rpz`, `refused` and `others` are for `pac`."""

    redirect: str = ""
    refused: str = pac.NOWHERE
    others: str = "DIRECT"


_PLAIN: Final[Mapping[Target, Callable[[Listing, Stamp], Export]]] = MappingProxyType(
    {
        Target.FORTIGATE: fortigate.write,
        Target.PALOALTO: paloalto.write,
        Target.SQUID: squid.write,
        Target.CHROME: browsers.chromium,
        Target.EDGE: browsers.chromium,
        Target.FIREFOX: browsers.firefox,
        Target.HOSTS: hosts.write,
    }
)


def export(
    settings: Settings,
    target: Target,
    output: Path | None = None,
    *,
    warned: bool = False,
    sanctioned: Collection[str] = (),
    choices: Choices | None = None,
    now: dt.datetime | None = None,
) -> None:
    """Write the refused names for a target, to a file or to the standard output; what is wrong ends the command with 2.

    `warned`: those to warn of instead, where the target can. `sanctioned` are the hosts of the gateway's own routes,
    which a list cannot open to the gateway alone. A file whose names are the same is left as it is, date and all.
    """
    if warned and target not in COACHING:
        stop(f"« {target} » ne sait que refuser : les noms à avertir s’exportent vers {' ou '.join(sorted(COACHING))}.")
    snapshot, moment = required(settings), now or dt.datetime.now(dt.UTC)
    verdict = Verdict.COACH if warned else Verdict.BLOCK
    found = listing(entries(snapshot, moment), _kept(snapshot, sanctioned), verdict)
    stamp = Stamp(snapshot.version, moment.date(), verdict)
    try:
        previous = output.read_text("utf-8") if output is not None and output.exists() else ""
        made = written(target, found, stamp, choices or Choices(), now=moment, previous=previous)
        if output is None:
            typer.echo(made.text, nl=False)
        elif made.text != previous:
            files.replace(output, [made.text.encode("utf-8")], 0o644)
    except TooManyNamesError as error:
        stop(
            f"« {target} » ne lit pas plus de {error.limit} entrées, et il en faudrait {error.count} : rien n’est "
            "écrit, car la fin serait ignorée sans un mot. Réduisez les listes de la politique, ou employez un proxy."
        )
    except BadNameError:
        stop("La redirection doit être un nom d’hôte : par exemple `ia.hopital.example`.")
    except pac.BadWayError:
        stop("Un chemin de PAC s’écrit `DIRECT` ou `PROXY hôte:port`, séparés par des points-virgules.")
    except (OSError, UnicodeDecodeError) as error:
        stop(f"« {output} » ne peut pas être écrit : {getattr(error, 'strerror', None) or 'ce n’est pas un texte'}.")
    for line in _notes(target, snapshot, found, made):
        typer.echo(line, err=True)


def written(
    target: Target, found: Listing, stamp: Stamp, choices: Choices, *, now: dt.datetime, previous: str = ""
) -> Export:
    """Return the export; the text of `previous`, date and serial included, where nothing else has changed."""
    dated = _DATE.search(previous)
    if dated:
        same = dataclasses.replace(stamp, made=dt.date.fromisoformat(dated[1]))
        made = _made(target, found, same, choices, rpz.serial_of(previous))
        if made.text == previous:
            return made
    return _made(target, found, stamp, choices, rpz.next_serial(previous, now))


def _made(target: Target, found: Listing, stamp: Stamp, choices: Choices, serial: int) -> Export:
    if target is Target.RPZ:
        return rpz.write(found, stamp, serial, choices.redirect)
    if target is Target.PAC:
        return pac.write(found, stamp, choices.refused, choices.others)
    return _PLAIN[target](found, stamp)


def _kept(snapshot: Snapshot, sanctioned: Collection[str]) -> set[str]:
    """Return what no list may cut."""
    pages = (urlsplit(url).hostname or "" for url in (snapshot.page, snapshot.approved))
    return {*snapshot.never_blocked(), *sanctioned, *pages} - {""}


def _notes(target: Target, snapshot: Snapshot, found: Listing, made: Export) -> list[str]:
    """Return what the file does not say of itself, in French."""
    notes = [f"{made.count} nom(s) pour « {target} », politique {snapshot.version}."]
    if snapshot.mode is not Mode.BLOCK:
        notes.append(
            f"La politique n’est qu’en mode « {snapshot.mode} » : cette liste est ce qu’elle refusera en mode "
            "« block »."
        )
    for reason in sorted({one.reason for one in (*found.left_out, *made.left_out)}):
        names = [one.domain for one in (*found.left_out, *made.left_out) if one.reason == reason]
        notes.append(f"{len(names)} nom(s) non écrit(s) ({some(names)}) : {reason}.")
    if made.partly:
        notes.append(
            f"{len(made.partly)} nom(s) refusé(s) seul(s), sans ceux qui en dépendent ({some(made.partly)}) : l’un de "
            "ceux-ci doit rester ouvert."
        )
    if hashed := len(snapshot.table.hashes):
        notes.append(f"{hashed} nom(s) de listes trop longues ne sont gardés qu’en empreintes, et ne sont pas écrits.")
    return notes


def some(names: Collection[str]) -> str:
    """Return the first of some names, in order."""
    shown = ", ".join(sorted(names)[:SHOWN])
    return shown if len(names) <= SHOWN else f"{shown}…"
