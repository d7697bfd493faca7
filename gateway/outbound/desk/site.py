"""A service as the block page names it."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Site:
    """What the policy in force and the catalogue say of a service; nothing of it comes from a query."""

    id: str
    name: str
    vendor: str = ""
    """Empty for what a list of others names."""
    instead: str = ""
    """Id of the approved use that replaces it; empty where there is none."""
    domain: str = ""
    """Its main name; empty for what a list of others names."""
