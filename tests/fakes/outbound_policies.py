"""Policies of outgoing connections, and the few services that they speak of."""

from pathlib import Path
from typing import Any

from filters.outbound.catalogue import Catalogue
from filters.outbound.policy import Policy
from filters.outbound.service import Category, Service
from filters.outbound.snapshot import Snapshot, compiled

CATALOGUE = Catalogue(
    {
        id_: Service(id_, id_.title(), "Éditeur", "US", category, domains)
        for id_, category, domains in (
            ("bavard", Category.CHAT, ("bavard.example", "bavard-cdn.example")),
            ("bavard_api", Category.API, ("api.bavard.example",)),
            ("scribe", Category.TRANSCRIPTION, ("scribe.example",)),
            ("traducteur", Category.TRANSLATION, ("traducteur.example",)),
        )
    },
    {"entrainement": "Les textes servent à entraîner le modèle."},
)

GATEWAY = "10.20.0.15"


def snapshot(**keys: Any) -> Snapshot:
    """Return the snapshot of a policy in its last mode, with the keys that a test is about."""
    return compiled(policy(**keys), CATALOGUE)


def policy(**keys: Any) -> Policy:
    """Return the policy alone."""
    return Policy.model_validate({"version": "essai", "mode": "block", "gateway": [GATEWAY], **keys})


def list_of(folder: Path, *names: str) -> dict[str, Any]:
    """Return a feed of names, in a file that it writes."""
    file = folder / "liste.txt"
    file.write_text("\n".join(names), encoding="utf-8")
    return {
        "id": "liste",
        "name": "Liste",
        "licence": "CC0",
        "file": file,
        "format": "domains",
        "category": "chat",
        "status": "bloquer",
    }
