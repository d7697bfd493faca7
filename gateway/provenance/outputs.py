"""What provenance asks of a place where manifests are kept."""

from collections.abc import Mapping
from typing import Protocol

from gateway.structures import Json


class Outputs(Protocol):
    """Keeps manifests, which hold no text. Fails closed: what cannot be kept raises `ProvenanceUnavailableError`."""

    async def keep(self, manifest: Mapping[str, Json]) -> None:
        """Keep a manifest, durably, before its answer leaves."""
        ...

    async def find(self, output_id: str) -> dict[str, Json] | None:
        """Return the manifest of an output; None where there is none."""
        ...
