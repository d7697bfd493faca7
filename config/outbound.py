"""What is counted of outgoing connections to AI services, and for how long it is kept."""

from typing import Annotated
from zoneinfo import ZoneInfo

from pydantic import Field, StringConstraints, field_validator

from config.people import RoleId
from config.section import ConfiguredPath, Line, Section, wrong

SHORTEST_RAW, LONGEST_RAW = 30, 180
"""Days. Shorter, and nobody could say how many people a month had; longer is more than the six months, or so, of the
CNIL's older doctrine on following what staff do. The DPO reads deliberation 2026-022 before this is changed."""


class Outbound(Section):
    """Section `outbound`."""

    folder: ConfiguredPath | None = None
    """None: `outbound` in `data_dir`."""
    keys_folder: ConfiguredPath | None = None
    """None: `pseudonyms` in `folder`."""
    raw_days: int = 30
    aggregate_months: Annotated[int, Field(ge=1, le=36)] = 24
    smallest_cell: Annotated[int, Field(ge=5, le=100)] = 5
    """Fewer people than this are not shown."""
    session_minutes: Annotated[int, Field(ge=1, le=240)] = 30
    noisy_per_hour: Annotated[int, Field(ge=1)] = 60
    noisy_hours: Annotated[int, Field(ge=1, le=23)] = 8
    pass_hours: Annotated[int, Field(ge=1, le=72)] = 8
    """How long somebody goes on who gave a reason; longer is an exception, which the policy has to name."""
    notice_url: Annotated[str, StringConstraints(pattern=r"^https?://[^\s/]\S*$")] | None = None
    """Of the notice to staff, which the block page links to."""
    timezone: Line = "Europe/Paris"
    """Whose days and months are counted."""
    readers: tuple[RoleId, ...] = ("dpo", "dsi")
    """Roles whose keys read the report, and who may ask together whose a pseudonym is."""

    @field_validator("raw_days")
    @classmethod
    def _lawful_days(cls, days: int) -> int:
        if not SHORTEST_RAW <= days <= LONGEST_RAW:
            raise wrong(
                f"Les tentatives ne peuvent pas être gardées une à une {days} jours : la durée doit être comprise "
                f"entre {SHORTEST_RAW} jours (pour compter les agents d’un mois) et {LONGEST_RAW} jours. Écrivez par "
                "exemple `raw_days: 30`."
            )
        return days

    @field_validator("timezone")
    @classmethod
    def _known_zone(cls, name: str) -> str:
        try:
            ZoneInfo(name)
        except (ValueError, OSError, LookupError):
            raise wrong(
                "Ce fuseau horaire n’existe pas : écrivez par exemple `timezone: Europe/Paris` ou `Indian/Reunion`."
            ) from None
        return name
