"""Whose allowances a request draws on: those of its key, of the key's service and of its use. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from policies.facts import Caller


class Holder(StrEnum):
    """Who has an allowance."""

    KEY = "key"
    SERVICE = "service"
    USE = "use"


class Unit(StrEnum):
    """What is counted."""

    TOKENS = "tokens"
    REQUESTS = "requests"
    CONCURRENT = "concurrent"
    """Requests in progress at once."""


@dataclass(frozen=True, slots=True)
class Limit:
    """So many a minute, and so many in progress at once; None is no limit."""

    requests: int | None = None
    tokens: int | None = None
    concurrent: int | None = None


@dataclass(frozen=True, slots=True)
class Purse:
    """One allowance, and what names it."""

    holder: Holder
    name: str
    unit: Unit
    allowance: int
    """A minute's worth, and the most that can be saved up; or the most that may be in progress at once."""


@dataclass(frozen=True, slots=True)
class Allowances:
    """The house's limits. A key may have its own by the minute."""

    key: Limit = Limit()
    services: Mapping[str, Limit] = field(default_factory=dict)
    uses: Mapping[str, Limit] = field(default_factory=dict)

    def purses(self, caller: Caller, use: str | None) -> tuple[Purse, ...]:
        """Return what a request draws on, the key's first, so that a refusal names what its holder can change."""
        own = Limit(
            caller.requests_per_minute if caller.requests_per_minute is not None else self.key.requests,
            caller.tokens_per_minute if caller.tokens_per_minute is not None else self.key.tokens,
        )
        held = (
            (Holder.KEY, caller.key_id, own),
            (Holder.SERVICE, caller.service, self.services.get(caller.service, Limit())),
            (Holder.USE, use or "", self.uses.get(use or "", Limit())),
        )
        return tuple(
            Purse(holder, name, unit, allowance)
            for holder, name, limit in held
            for unit, allowance in ((Unit.TOKENS, limit.tokens), (Unit.REQUESTS, limit.requests))
            if allowance is not None
        )

    @property
    def limits_concurrency(self) -> bool:
        """Return whether any number of requests in progress is limited."""
        limits = (self.key, *self.services.values(), *self.uses.values())
        return any(limit.concurrent is not None for limit in limits)

    def slots(self, caller: Caller, use: str | None) -> tuple[Purse, ...]:
        """Return what a request takes a slot of while it is in progress, the key's first, as for `purses`."""
        held = (
            (Holder.KEY, caller.key_id, self.key),
            (Holder.SERVICE, caller.service, self.services.get(caller.service, Limit())),
            (Holder.USE, use or "", self.uses.get(use or "", Limit())),
        )
        return tuple(
            Purse(holder, name, Unit.CONCURRENT, limit.concurrent)
            for holder, name, limit in held
            if limit.concurrent is not None
        )
