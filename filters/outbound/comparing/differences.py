"""What changes from one compiled policy to another, told to who has to decide on it. Pure."""

import datetime as dt
import zoneinfo
from collections.abc import Collection, Iterator, Mapping, Sequence

from filters.outbound.decision import Mode, Status
from filters.outbound.policy import Day
from filters.outbound.snapshot import Content, Entry, Leave, Rule, Snapshot

Piece = tuple[str, str, object]
"""A rule or an exception: its id, what it says, and what cannot be told of it."""

STATUSES: Mapping[Status, str] = {
    Status.PENDING: "à instruire",
    Status.OBSERVE: "observé",
    Status.COACH: "averti",
    Status.BLOCK: "bloqué",
    Status.ALLOW: "autorisé",
}
MODES: Mapping[Mode, str] = {
    Mode.OBSERVE: "observation",
    Mode.SIMULATE: "simulation",
    Mode.COACH: "avertissement",
    Mode.BLOCK: "blocage",
}
_SHOWN = 5
"""Names told one by one; the others are counted."""


def differences(old: Snapshot, new: Snapshot) -> tuple[str, ...]:
    """Return every change from `old` to `new` in French sentences; empty where they do the same."""
    before, after = old.content, new.content
    rules = ([_rule(one, rule) for rule in one.rules] for one in (before, after))
    leaves = ([_leave(one, leave) for leave in one.leaves] for one in (before, after))
    return (
        *_head(before, after),
        *_entries(old, new),
        *_names(old, new),
        *_scopes(before, after),
        *_pieces("La règle", "règles", *rules),
        *_pieces("L’exception", "exceptions", *leaves),
    )


def _head(before: Content, after: Content) -> Iterator[str]:
    if before.name != after.name:
        yield f"Version : « {before.name} » devient « {after.name} »."
    if before.mode is not after.mode:
        yield f"Mode : {MODES[before.mode]} ({before.mode}) devient {MODES[after.mode]} ({after.mode})."
    for label, old, new in (
        ("Page montrée aux personnes arrêtées", before.page, after.page),
        ("Outil approuvé", before.approved, after.approved),
        ("Fuseau horaire", before.timezone, after.timezone),
        ("Adresses sans nom", STATUSES[before.without_name], STATUSES[after.without_name]),
        ("Adresses de la passerelle, jamais filtrées", _listed(before.gateway), _listed(after.gateway)),
    ):
        if old != new:
            yield f"{label} : « {old or 'rien'} » devient « {new or 'rien'} »."
    for name in sorted({*before.departments, *after.departments}):
        old_nets, new_nets = before.departments.get(name, ()), after.departments.get(name, ())
        if old_nets != new_nets:
            yield f"Réseaux de « {name} » : « {_listed(old_nets)} » devient « {_listed(new_nets)} »."


def _entries(old: Snapshot, new: Snapshot) -> Iterator[str]:
    before, after = old.services, new.services
    for id_ in after:
        if id_ not in before:
            yield f"Nouveau : {_called(after[id_])}, {STATUSES[after[id_].status]}."
    for id_ in before:
        if id_ not in after:
            yield f"Retiré : {_called(before[id_])}, qui était {STATUSES[before[id_].status]}."
        elif before[id_].status is not after[id_].status:
            yield f"{_called(after[id_])} : {STATUSES[before[id_].status]}, devient {STATUSES[after[id_].status]}."


def _names(old: Snapshot, new: Snapshot) -> Iterator[str]:
    """Tell the names that moved; of feeds, whose names may be hashed, how many they are."""
    feeds = {feed.id for feed in (*old.content.feeds, *new.content.feeds)}
    before, after = _by_service(old, feeds), _by_service(new, feeds)
    for id_ in sorted(before.keys() & after.keys()):
        for gone, word in ((after[id_] - before[id_], "s’y ajoute"), (before[id_] - after[id_], "en sort")):
            if gone:
                yield f"{_called(new.services[id_])} : {_some(gone)} {word}{'nt' if len(gone) > 1 else ''}."
    never_before, never_after = set(old.never_blocked()), set(new.never_blocked())
    if added := never_after - never_before:
        yield f"Jamais refusés désormais : {_some(added)}."
    if removed := never_before - never_after:
        yield f"Peuvent de nouveau être refusés : {_some(removed)}."
    counts = {feed.id: feed for feed in old.content.feeds}
    for feed in new.content.feeds:
        known = counts.get(feed.id)
        if known and known.kept != feed.kept:
            yield f"Liste « {feed.name} » : {known.kept} noms, devient {feed.kept}."


def _scopes(before: Content, after: Content) -> Iterator[str]:
    old = {scope.name: scope for scope in before.scopes if scope.name}
    new = {scope.name: scope for scope in after.scopes if scope.name}
    for name in sorted(old.keys() | new.keys()):
        if name not in old or name not in new:
            yield f"Le groupe « {name} » est {'ajouté' if name in new else 'retiré'}."
        elif old[name] != new[name]:
            yield (
                f"Le groupe « {name} » change : {_listed(old[name].subnets)} et {len(old[name].users)} compte(s), "
                f"devient {_listed(new[name].subnets)} et {len(new[name].users)} compte(s)."
            )


def _pieces(what: str, many: str, old: Sequence[Piece], new: Sequence[Piece]) -> Iterator[str]:
    """Tell what became of rules or of exceptions."""
    before = {piece[0]: piece for piece in old}
    after = {piece[0]: piece for piece in new}
    for id_, said, untold in new:
        if id_ not in before:
            yield f"{what} « {id_} » est ajoutée : {said}."
        elif before[id_][1] != said:
            yield f"{what} « {id_} » change : {before[id_][1]} ; elle devient : {said}."
        elif before[id_][2] != untold:
            yield f"{what} « {id_} » change : les comptes concernés ne sont plus les mêmes."
    for id_, said, _ in old:
        if id_ not in after:
            yield f"{what} « {id_} » est retirée : {said}."
    if [id_ for id_ in before if id_ in after] != [id_ for id_ in after if id_ in before]:
        yield f"L’ordre des {many} change, et la première qui convient s’applique."


def _rule(content: Content, rule: Rule) -> Piece:
    who, users = _who(content, rule.scope)
    what = _listed([*rule.services, *(f"catégorie {category}" for category in rule.categories)])
    days = f", {_listed([list(Day)[day] for day in rule.days])}" if rule.days else ""
    hours = f", {_listed([f'{_clock(begins)}-{_clock(ends)}' for begins, ends in rule.hours])}" if rule.hours else ""
    return rule.id, f"{what} {STATUSES[rule.status]} pour {who}{days}{hours}", users


def _leave(content: Content, leave: Leave) -> Piece:
    who, users = _who(content, leave.scope)
    last = dt.datetime.fromtimestamp(leave.until, zoneinfo.ZoneInfo(content.timezone)) - dt.timedelta(days=1)
    return leave.id, f"{_listed(leave.services)} pour {who}, jusqu’au {last:%d/%m/%Y}", users


def _who(content: Content, scope: int) -> tuple[str, object]:
    """Return the words for who is in a scope, and the users that have no words."""
    words: list[str] = []
    users: list[int] = []
    for rank, one in enumerate(content.scopes):
        if not scope & (2 << rank):
            continue
        if one.name:
            words.append(f"le groupe « {one.name} »")
            continue
        words += one.subnets
        users += one.users
    if users:
        words.append(f"{len(users)} compte{'s' if len(users) > 1 else ''}")
    return _listed(words) if scope else "tout le monde", tuple(users)


def _by_service(snapshot: Snapshot, without: Collection[str]) -> dict[str, set[str]]:
    found: dict[str, set[str]] = {id_: set() for id_ in snapshot.services if id_ not in without}
    for name, entry in snapshot.named():
        if entry.id in found:
            found[entry.id].add(name)
    return found


def _called(entry: Entry) -> str:
    return f"{entry.name} ({entry.id})"


def _clock(minute: int) -> str:
    return f"{minute // 60:02}:{minute % 60:02}"


def _listed(parts: Collection[str]) -> str:
    return ", ".join(parts) or "rien"


def _some(names: Collection[str]) -> str:
    first, more = sorted(names)[:_SHOWN], len(names) - _SHOWN
    return ", ".join(first) + (f" et {more} autre{'s' if more > 1 else ''}" if more > 0 else "")
