"""What the charter calls its uses and roles, for a reader who knows no identifier. Pure."""

from collections.abc import Mapping

from policies.charter import Charter

Names = Mapping[tuple[str, str], str]
"""By table and row."""


def names_of(charter: Charter) -> Names:
    """Return the titles of the charter's uses and roles."""
    uses = {("use", use.id): use.title for use in charter.uses.values()}
    return uses | {("role", id_): role.title for id_, role in charter.roles.items()}
