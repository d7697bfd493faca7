"""By what numbers attempts are counted, kept and shown."""

from dataclasses import dataclass, fields
from typing import Self

from config.outbound import Outbound


@dataclass(frozen=True, slots=True)
class Rules:
    """The hospital's choices, as section `outbound` of the configuration explains them."""

    raw_days: int = 30
    aggregate_months: int = 24
    smallest_cell: int = 5
    session_minutes: int = 30
    noisy_per_hour: int = 60
    noisy_hours: int = 8

    @classmethod
    def chosen(cls, section: Outbound) -> Self:
        """Return what the configuration says."""
        return cls(**{rule.name: getattr(section, rule.name) for rule in fields(cls)})

    @property
    def session_seconds(self) -> int:
        """Return the longest pause inside a session."""
        return self.session_minutes * 60
