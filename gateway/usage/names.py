"""What the charter calls its uses, roles and forbidden practices, for a reader who knows no identifier. Pure."""

from collections.abc import Mapping

from policies.charter import Charter

Names = Mapping[tuple[str, str], str]
"""By table and row."""


def names_of(charter: Charter) -> Names:
    """Return the titles of the charter's uses, roles and forbidden practices."""
    uses = {("use", use.id): use.title for use in charter.uses.values()}
    uses |= {("refusal", practice.id): practice.title for practice in charter.practices.values()}
    return uses | {("role", id_): role.title for id_, role in charter.roles.items()}
