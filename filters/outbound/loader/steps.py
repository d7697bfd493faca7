"""From watching to refusing, a step at a time: each decided by someone, seen by another, and none too early."""

import datetime as dt
from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Final

from config.positions import Location
from config.reading import Reading
from filters.outbound.decision import Mode
from filters.outbound.policy import Policy, Step

WATCHED: Final = dt.timedelta(days=14)
"""How long people are watched over before any is warned or refused: two weeks show what a hospital really uses."""

STOPPING: Final = frozenset({Mode.COACH, Mode.BLOCK})


def check(reading: Reading[Policy], today: dt.date) -> None:
    """Add the faults of the steps, and of a mode that they do not carry."""
    entries = list(reading.entries("steps", Step))
    for (_, before), (index, after) in pairwise(entries):
        if after.begins < before.begins:
            reading.add(
                ("steps", index, "begins"),
                f"Cette étape commence le {after.begins:%d/%m/%Y}, avant celle qui la précède "
                f"({before.begins:%d/%m/%Y}) : écrivez les étapes dans l’ordre des dates.",
            )
    for index, step in entries:
        if step.decided_by.casefold() == step.seen_by.casefold():
            reading.add(
                ("steps", index, "seen_by"),
                "La même personne décide l’étape et en prend connaissance : nommez le DPO, ou qui le remplace.",
            )
    for location, message, excused in early(entries):
        if not excused:
            reading.add(location, message)
    if reading.value is not None and len(entries) == len(reading.value.steps):
        _mode(reading, reading.value, today)


def early(entries: Sequence[tuple[int, Step]]) -> Iterator[tuple[Location, str, str]]:
    """Yield each step that stops people before a fortnight was watched: its place, the sentence, the reason given."""
    watched = [step.begins for _, step in entries if step.mode is Mode.OBSERVE]
    for index, step in entries:
        if step.mode not in STOPPING:
            continue
        since = min((day for day in watched if day <= step.begins), default=None)
        if since is None or step.begins - since < WATCHED:
            days = (step.begins - since).days if since else 0
            message = (
                f"L’étape « {step.mode} » commence après {days} jour{'s' if days > 1 else ''} d’observation : il en "
                f"faut {WATCHED.days}. Repoussez-la, ou écrivez sous `in_haste` pourquoi elle ne peut pas attendre."
            )
            yield ("steps", index, "begins"), message, step.in_haste or ""


def begun(steps: Sequence[Step], today: dt.date) -> Step | None:
    """Return the last step that has begun."""
    return next((step for step in reversed(steps) if step.begins <= today), None)


def _mode(reading: Reading[Policy], policy: Policy, today: dt.date) -> None:
    step = begun(policy.steps, today)
    if step is None and policy.mode is not Mode.OBSERVE:
        reading.add(
            ("mode",),
            f"Aucune étape commencée ne porte le mode « {policy.mode} » : ajoutez-la sous `steps`, avec sa date et qui "
            "l’a décidée, ou écrivez `mode: observe`.",
        )
    elif step is not None and policy.mode is not step.mode:
        reading.add(
            ("mode",),
            f"La dernière étape commencée, le {step.begins:%d/%m/%Y}, porte le mode « {step.mode} » : écrivez "
            f"`mode: {step.mode}`, ou ajoutez l’étape qui porte « {policy.mode} ».",
        )
