"""The visible notice of an answer: the charter's sentence, with the AI system that answered."""

from gateway.errors import ProvenanceUnavailableError
from policies.facts import AiSystem

_BLANK_LINE = "\n\n"


def sentence(template: str | None, system: AiSystem) -> str | None:
    """Return the notice with its `{nom}` and `{version}` filled; None where the use asks for none.

    Raises `ProvenanceUnavailableError` rather than let out a notice with a gap: a name or a version that is empty, a
    placeholder that nobody fills, a brace too many.
    """
    if template is None:
        return None
    filling = {"nom": system.name.strip(), "version": system.version.strip()}
    if not all(filling.values()):
        raise ProvenanceUnavailableError("AI system without a name or a version")
    try:
        filled = template.format_map(filling).strip()
    except (KeyError, IndexError, ValueError, AttributeError):
        raise ProvenanceUnavailableError("notice with a placeholder that nothing fills") from None
    if not filled:
        raise ProvenanceUnavailableError("empty notice")
    return filled


def appended(template: str | None, system: AiSystem) -> str:
    """Return what is appended to a text, blank line included; empty where the use asks for no notice."""
    filled = sentence(template, system)
    return _BLANK_LINE + filled if filled is not None else ""
