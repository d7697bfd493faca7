"""What a hospital's policy of outgoing connections is made of; also its file format."""

import datetime as dt
from enum import StrEnum
from typing import Annotated

from pydantic import Field

from config.section import ConfiguredPath, Line, Section
from filters.outbound.catalogue import Entry
from filters.outbound.decision import Mode, Status
from filters.outbound.feeds import Form
from filters.outbound.policy.values import Day, Hours, HttpsUrl, Id, Name, Subnet, TimeZone
from filters.outbound.service import Category


class NoName(StrEnum):
    """What becomes of a connection to an address, of which no name is known."""

    ALLOW = "autoriser"
    OBSERVE = "observer"
    BLOCK = "bloquer"


class Step(Section):
    """One step of the policy, as it was decided."""

    mode: Mode
    begins: dt.date
    decided_by: Line
    seen_by: Line
    """By the DPO: another person than who decides."""
    in_haste: Line | None = None
    """Why people are warned or refused before a fortnight was watched."""


class Group(Section):
    """People or machines that rules and exceptions may name."""

    subnets: tuple[Subnet, ...] = ()
    users_file: ConfiguredPath | None = None
    """One user per line, as the proxy knows them; `#` begins a comment."""


class Rule(Section):
    """What differs from the general status of services, for some, at times."""

    id: Id
    status: Status
    services: tuple[str, ...] = ()
    categories: tuple[Category, ...] = ()
    groups: tuple[str, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    days: tuple[Day, ...] = ()
    hours: tuple[Hours, ...] = ()


class Leave(Section):
    """An exception: services let through, for a reason and until a day."""

    id: Id
    services: Annotated[tuple[str, ...], Field(min_length=1)]
    groups: tuple[str, ...] = ()
    subnets: tuple[Subnet, ...] = ()
    users: tuple[Line, ...] = ()
    reason: Line
    author: Line
    expires: dt.date
    """Its last day."""


class Feed(Section):
    """A list that somebody else keeps, taken from a file."""

    id: Id
    name: Line
    licence: Line
    file: ConfiguredPath
    format: Form
    category: Category
    status: Status | None = None
    """That of its category where None."""


class Policy(Section):
    """A whole policy."""

    version: Line
    mode: Mode = Mode.OBSERVE
    steps: tuple[Step, ...] = ()
    page: HttpsUrl | None = None
    approved: HttpsUrl | None = None
    timezone: TimeZone = "Europe/Paris"
    without_name: NoName = NoName.ALLOW
    gateway: tuple[Subnet, ...] = ()
    departments: dict[Line, tuple[Subnet, ...]] = Field(default_factory=dict)
    groups: dict[Id, Group] = Field(default_factory=dict)
    categories: dict[Category, Status] = Field(default_factory=dict)
    """A category that is not written is pending."""
    services: dict[str, Status] = Field(default_factory=dict)
    rules: tuple[Rule, ...] = ()
    exceptions: tuple[Leave, ...] = ()
    never_block: tuple[Name, ...] = ()
    own_services: tuple[Entry, ...] = ()
    feeds: tuple[Feed, ...] = ()
