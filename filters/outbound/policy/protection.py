"""What a policy's own lists may not cut."""

from filters.outbound.guards import Guards, load_guards
from filters.outbound.policy.text import Policy


def guards_of(policy: Policy) -> Guards:
    """Return the guards of this project, and the names that the hospital never blocks."""
    return load_guards().protecting(policy.never_block, "votre politique le protège (`never_block`)")
