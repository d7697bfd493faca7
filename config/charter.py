"""Which charter applies."""

from pathlib import Path

from config.people import RoleId
from config.section import ConfiguredPath, Section

SHIPPED = Path(__file__).resolve().parent.parent / "policies" / "charters" / "hospital.yaml"
"""The charter that comes with the product."""


class CharterFile(Section):
    """Section `charter`."""

    file: ConfiguredPath = SHIPPED
    two_person: bool = False
    """Whether a changed file becomes active only once two people have approved it."""
    approvers: tuple[RoleId, ...] = ("dpo", "dsi")
    """Roles whose keys may approve."""
