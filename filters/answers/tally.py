"""What was found in an answer, as numbers; and the sentence for its reader."""

from collections import Counter
from collections.abc import Mapping
from typing import Final

Tally = Counter[str]
"""How many of each kind."""

KINDS: Final = ("links", "images", "active", "secrets", "new_identifiers")
"""`new_identifiers`: mails, telephones, social security and bank numbers that the request did not hold."""

_NAMES: Final = {
    "links": ("lien vers un site extérieur", "liens vers des sites extérieurs"),
    "images": ("image", "images"),
    "active": ("élément actif", "éléments actifs"),
    "secrets": ("secret", "secrets"),
}


def whole(tally: Mapping[str, int]) -> dict[str, int]:
    """Return every kind with its number, zero included."""
    return {kind: tally.get(kind, 0) for kind in KINDS}


def sentence(defused: Mapping[str, int]) -> str:
    """Return what to tell a person of what was taken out of action; empty where nothing was."""
    told = [f"{defused[kind]} {names[defused[kind] > 1]}" for kind, names in _NAMES.items() if defused.get(kind)]
    if not told:
        return ""
    listed = " et ".join([", ".join(told[:-1]), told[-1]] if len(told) > 1 else told)
    return f"Désactivé par la passerelle dans cette réponse : {listed}."
