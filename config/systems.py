"""Who may stop AI systems."""

from config.people import RoleId
from config.section import Section


class Systems(Section):
    """Section `systems`."""

    operators: tuple[RoleId, ...] = ("dsi", "dpo")
    """Roles whose keys may stop a system, a route, a use or everything, and let them go on again."""
