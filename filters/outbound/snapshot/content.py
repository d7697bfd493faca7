"""What a compiled policy says, apart from its many names: small, and written as JSON."""

import dataclasses
import datetime as dt
import json
from dataclasses import dataclass
from typing import Any

from filters.outbound.decision import Mode, Status
from filters.outbound.service import Category
from filters.outbound.snapshot.people import Scope


@dataclass(frozen=True, slots=True)
class Entry:
    """A service, or a feed, which stands for all that it names."""

    id: str
    name: str
    vendor: str
    country: str
    category: Category
    instead: str
    status: Status
    by: str
    """What its status comes from: `service` or `category`."""


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule of the policy; `scope` are bits as `People` gives them, 0 for everyone."""

    id: str
    status: Status
    scope: int
    services: tuple[str, ...]
    categories: tuple[Category, ...]
    days: tuple[int, ...]
    """0 is Monday; all where empty."""
    hours: tuple[tuple[int, int], ...]
    """Minutes of the day; a second one not above the first is of the next day."""

    def now(self, local: dt.datetime) -> bool:
        """Return whether the rule holds at a local time."""
        day, minute = local.weekday(), local.hour * 60 + local.minute
        if not self.hours:
            return self._on(day)
        for begins, ends in self.hours:
            if begins < ends:
                if begins <= minute < ends and self._on(day):
                    return True
            elif (minute >= begins and self._on(day)) or (minute < ends and self._on((day - 1) % 7)):
                return True
        return False

    def _on(self, day: int) -> bool:
        return not self.days or day in self.days


@dataclass(frozen=True, slots=True)
class Leave:
    """An exception, in force before `until` (seconds since 1970)."""

    id: str
    services: tuple[str, ...]
    scope: int
    until: float


@dataclass(frozen=True, slots=True)
class FeedCount:
    """What became of the names of a feed."""

    id: str
    name: str
    licence: str
    kept: int
    known: int
    """Left out because the catalogue, the hospital or another feed already has them."""
    skipped: int
    """Left out because no list may cut them, or because they are no names."""

    @property
    def told(self) -> str:
        """Return the same in a French sentence."""
        return (
            f"Liste « {self.name} » ({self.licence}) : {self.kept} nom(s) retenu(s), {self.known} déjà connu(s), "
            f"{self.skipped} laissé(s) de côté."
        )


@dataclass(frozen=True, slots=True)
class Content:
    """All but the names."""

    name: str
    """The policy's own version, as its author calls it."""
    mode: Mode
    page: str
    approved: str
    timezone: str
    without_name: Status
    gateway: tuple[str, ...]
    departments: dict[str, tuple[str, ...]]
    scopes: tuple[Scope, ...]
    entries: tuple[Entry, ...]
    rules: tuple[Rule, ...]
    leaves: tuple[Leave, ...]
    feeds: tuple[FeedCount, ...]

    def written(self) -> bytes:
        """Return it as JSON; the same content is always the same bytes."""
        text = json.dumps(dataclasses.asdict(self), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
        return text.encode("utf-8", "surrogatepass")


def read_content(written: bytes) -> Content:
    """Return the content that was written so; raises ValueError, TypeError or KeyError for anything else."""
    data: dict[str, Any] = json.loads(written.decode("utf-8", "surrogatepass"))
    return Content(
        **data
        | {
            "mode": Mode(data["mode"]),
            "without_name": Status(data["without_name"]),
            "gateway": tuple(data["gateway"]),
            "departments": {name: tuple(subnets) for name, subnets in data["departments"].items()},
            "scopes": tuple(Scope(one["name"], tuple(one["subnets"]), tuple(one["users"])) for one in data["scopes"]),
            "entries": tuple(
                Entry(**one | {"category": Category(one["category"]), "status": Status(one["status"])})
                for one in data["entries"]
            ),
            "rules": tuple(_rule(one) for one in data["rules"]),
            "leaves": tuple(Leave(**one | {"services": tuple(one["services"])}) for one in data["leaves"]),
            "feeds": tuple(FeedCount(**one) for one in data["feeds"]),
        }
    )


def _rule(data: dict[str, Any]) -> Rule:
    return Rule(
        **data
        | {
            "status": Status(data["status"]),
            "services": tuple(data["services"]),
            "categories": tuple(map(Category, data["categories"])),
            "days": tuple(data["days"]),
            "hours": tuple((begins, ends) for begins, ends in data["hours"]),
        }
    )
