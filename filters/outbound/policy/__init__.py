"""The policy of a hospital for outgoing connections, as it is written."""

from filters.outbound.policy.protection import guards_of
from filters.outbound.policy.schema import policy_schema, written_schema
from filters.outbound.policy.text import (
    Feed,
    Group,
    Leave,
    NoName,
    Policy,
    Rule,
    Step,
)
from filters.outbound.policy.users import users_of
from filters.outbound.policy.values import Day, minutes

__all__ = [
    "Day",
    "Feed",
    "Group",
    "Leave",
    "NoName",
    "Policy",
    "Rule",
    "Step",
    "guards_of",
    "minutes",
    "policy_schema",
    "users_of",
    "written_schema",
]
