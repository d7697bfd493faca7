"""What a compiled policy may not cut, tried before it is put in force. Pure."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from filters.outbound.deciding import strictest
from filters.outbound.decision import Decision, Verdict
from filters.outbound.guards import load_guards
from filters.outbound.snapshot import Snapshot

STOPPED = frozenset({Verdict.COACH, Verdict.BLOCK})


@dataclass(frozen=True, slots=True)
class Safety:
    """French sentences."""

    faults: tuple[str, ...]
    """Why the policy must not be put in force."""
    notes: tuple[str, ...]
    """What is as the hospital may well want it, and should know."""


def safety(snapshot: Snapshot, sanctioned: Mapping[str, Collection[str]]) -> Safety:
    """Return what a policy would cut in its last mode, for anyone at any time; `sanctioned` are route ids with hosts.

    Staff may be refused the host of a route where the gateway's own calls are not filtered. A route without hosts could
    not be tried, and that is told.
    """
    faults, notes = [], []
    for route, hosts in sanctioned.items():
        if not hosts:
            notes.append(
                f"La route « {route} » n’a pas pu être essayée : Écluse ne sait pas quel nom elle appelle. Donnez-lui "
                "`base_url`, ou vérifiez que la politique ne le refuse pas."
            )
            continue
        host = max(hosts, key=lambda one: strictest(snapshot, one).planned.severity)
        decision = strictest(snapshot, host)
        if decision.planned not in STOPPED:
            continue
        what = f"La route « {route} » passe par « {host} », que la politique refuse ({_why(decision)})"
        if snapshot.content.gateway:
            notes.append(
                f"{what} : le personnel ne l’atteindra qu’à travers la passerelle, dont l’adresse est exempte."
            )
        else:
            faults.append(f"{what} : donnez l’adresse de la passerelle sous `gateway`, sinon la route sera coupée.")
    for what, url in (("La page de blocage", snapshot.page), ("L’outil approuvé", snapshot.approved)):
        host = urlsplit(url).hostname or ""
        decision = strictest(snapshot, host)
        if url and decision.planned in STOPPED:
            faults.append(
                f"{what}, « {host} », ne pourrait pas être atteint ({_why(decision)}) : ajoutez ce nom sous "
                "`never_block`."
            )
    for name in sorted({*load_guards().never, *snapshot.never_blocked()}):
        decision = strictest(snapshot, name)
        if decision.planned in STOPPED:
            faults.append(f"« {name} » ne doit jamais être refusé, et le serait ({_why(decision)}).")
    return Safety(tuple(faults), tuple(notes))


def _why(decision: Decision) -> str:
    return f"service « {decision.service} », {decision.rule}" if decision.service else decision.rule
