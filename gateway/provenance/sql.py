"""Manifests in the database of the house."""

import asyncio
import datetime as dt
import json
from collections.abc import Mapping, Sequence
from typing import Final

from sqlalchemy import Column, String, Table, Text, delete, select

from gateway.database import UNAVAILABLE, Database, metadata, ordered
from gateway.errors import ProvenanceUnavailableError
from gateway.structures import Json

_OUTPUTS: Final = Table(
    "outputs",
    metadata,
    Column("output_id", String(64), primary_key=True),
    Column("issued", ordered(20), nullable=False, index=True),
    Column("manifest", Text, nullable=False),
)
"""`issued` is in UTC, `2026-11-23T12:00:00Z`, so that texts sort as times do."""


class SqlOutputs:
    """Keeps manifests in SQL. Implements `Outputs`.

    Those that come together are written together: the first to hold the lock writes for all who wait behind it, so that
    concurrent answers do not pay one disk synchronisation each.
    """

    def __init__(self, database: Database) -> None:
        self._database = database
        self._lock = asyncio.Lock()
        self._waiting: dict[str, Mapping[str, Json]] = {}
        self._unsure: set[str] = set()

    async def keep(self, manifest: Mapping[str, Json]) -> None:
        """Keep a manifest, durably; raises `ProvenanceUnavailableError` where the database cannot."""
        output_id = str(manifest["output_id"])
        self._waiting[output_id] = manifest
        try:
            async with self._lock:
                if output_id in self._waiting:
                    await self._write()
        except UNAVAILABLE:
            raise ProvenanceUnavailableError("manifest not kept") from None
        finally:
            self._waiting.pop(output_id, None)
            self._unsure.discard(output_id)

    async def find(self, output_id: str) -> dict[str, Json] | None:
        """Return the manifest of an output; None where there is none."""
        if "\0" in output_id:
            return None  # PostgreSQL takes no such text, not even to look for it
        query = select(_OUTPUTS.c.manifest).where(_OUTPUTS.c.output_id == output_id)
        try:
            async with self._database.engine.connect() as connection:
                found = (await connection.execute(query)).scalar_one_or_none()
        except UNAVAILABLE:
            raise ProvenanceUnavailableError("manifests cannot be read") from None
        return json.loads(found) if found is not None else None

    async def purge(self, before: dt.datetime) -> int:
        """Forget the manifests issued before that time, and return how many they were."""
        limit = before.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
        try:
            async with self._database.unhurried.begin() as connection:
                return (await connection.execute(delete(_OUTPUTS).where(_OUTPUTS.c.issued < limit))).rowcount
        except UNAVAILABLE:
            raise ProvenanceUnavailableError("manifests cannot be purged") from None

    async def _write(self) -> None:
        """Write all that waits. Where this is cancelled, the next in line writes what is left, once only each."""
        batch = dict(self._waiting)
        known = self._unsure & batch.keys()
        self._unsure |= batch.keys()
        if known:
            query = select(_OUTPUTS.c.output_id).where(_OUTPUTS.c.output_id.in_(known))
            async with self._database.engine.connect() as connection:
                known = set((await connection.execute(query)).scalars())
        if rows := _rows([manifest for output_id, manifest in batch.items() if output_id not in known]):
            await self._database.insert(_OUTPUTS, rows)
        self._unsure -= batch.keys()
        for output_id in batch:
            self._waiting.pop(output_id, None)


def _rows(manifests: Sequence[Mapping[str, Json]]) -> list[dict[str, str]]:
    return [
        {
            "output_id": str(manifest["output_id"]),
            "issued": str(manifest["issued"]),
            "manifest": json.dumps(manifest, ensure_ascii=False, separators=(",", ":")),
        }
        for manifest in manifests
    ]
