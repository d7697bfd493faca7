"""Where the callers' keys are kept."""

from config.section import Line, Section


class Identity(Section):
    """Section `identity`."""

    database_url: Line | None = None
    """None: the database of the journal."""
