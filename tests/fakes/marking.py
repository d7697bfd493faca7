"""Answers marked in tests: a key, an allowing decision, and manifests kept in memory."""

import datetime as dt
from collections.abc import Mapping
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from gateway.conversation import Choice
from gateway.errors import ProvenanceUnavailableError
from gateway.provenance.marks import Ended, Opening
from gateway.provenance.signed import SignedProvenance
from policies.decision import Allowed, Duties, Review
from policies.facts import AiSystem, Route, Tier

KEY = Ed25519PrivateKey.from_private_bytes(bytes(32))
NOTICE = "Projet préparé avec une IA ({nom}, {version}) ; à relire."
NOW = dt.datetime(2026, 11, 23, 12, tzinfo=dt.UTC)


class Kept:
    """Manifests in memory; fails where told so."""

    def __init__(self, *, failing: bool = False) -> None:
        self.manifests: list[Any] = []
        self.failing = failing

    async def keep(self, manifest: Mapping[str, Any]) -> None:
        """Keep, or fail."""
        if self.failing:
            raise ProvenanceUnavailableError
        self.manifests.append(manifest)

    async def find(self, output_id: str) -> Any:
        """Return what was kept."""
        return next((one for one in self.manifests if one["output_id"] == output_id), None)


def allowed(notice: str | None = NOTICE) -> Allowed:
    """Return a decision with two routes, `a` and `b`."""
    routes = tuple(Route(name, Tier.D1, "FR", AiSystem(f"Modèle {name}", "2", "Ecluse")) for name in ("a", "b"))
    return Allowed("compte_rendu", routes, Duties(Tier.D1, frozenset({"NOM"}), Review.R2, notice), "2026-11-23")


def provenance(kept: Kept) -> SignedProvenance:
    """Return what marks with `KEY`, at `NOW`."""
    return SignedProvenance(KEY, kept, "CH Exemple", clock=lambda: NOW)


def ended(*choices: Choice, route: str = "b") -> Ended:
    """Return an answer of these choices."""
    return Ended(Opening("out_1", allowed()), route, choices, {"NOM": 2}, 1, 0)
