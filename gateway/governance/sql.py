"""Approvals in the database, each sealed with the journal's key: whoever can only write to the database forges none."""

import datetime as dt
import hashlib
import hmac
from typing import Final

from pydantic import ValidationError
from sqlalchemy import Column, String, Table, Text, delete, insert, select

from gateway.database import UNAVAILABLE, Database, metadata, ordered
from gateway.governance.approvals import Active, Approval, ApprovalsUnavailableError
from policies.rule import CharterText

approvals: Final = Table(
    "charter_approvals",
    metadata,
    Column("digest", String(64), primary_key=True),
    Column("person", String(40), primary_key=True),
    Column("role", String(40), nullable=False),
    Column("at", String(40), nullable=False),
    Column("seal", String(64), nullable=False),
)
activations: Final = Table(
    "charter_activations",
    metadata,
    Column("at", ordered(40), primary_key=True),
    Column("digest", String(64), nullable=False),
    Column("text", Text, nullable=False),
    Column("seal", String(64), nullable=False),
)
"""Every charter that was active under the two-person rule, whole: the file of the old one is gone when it changes."""


class SqlApprovals:
    """`Approvals` in the journal's database."""

    def __init__(self, database: Database, key: bytes) -> None:
        """`key` is the one of the journal's hashes."""
        self._database, self._key = database, key

    async def of(self, digest: str) -> tuple[Approval, ...]:
        """Return the approvals of these files whose seal is right."""
        try:
            async with self._database.engine.connect() as connection:
                rows = (await connection.execute(select(approvals).where(approvals.c.digest == digest))).all()
        except UNAVAILABLE:
            raise ApprovalsUnavailableError from None
        found = [
            Approval(row.digest, row.person, row.role, dt.datetime.fromisoformat(row.at))
            for row in rows
            if hmac.compare_digest(row.seal, self._seal("approval", row.digest, row.person, row.role, row.at))
        ]
        return tuple(sorted(found, key=lambda one: one.at))

    async def approve(self, approval: Approval) -> None:
        """Keep an approval, in the place of an older one."""
        fields = (approval.digest, approval.person, approval.role, approval.at.isoformat())
        values = dict(zip(("digest", "person", "role", "at"), fields, strict=True))
        older = delete(approvals).where(approvals.c.digest == approval.digest, approvals.c.person == approval.person)
        try:
            async with self._database.engine.begin() as connection:
                await connection.execute(older)
                await connection.execute(insert(approvals).values(**values, seal=self._seal("approval", *fields)))
        except UNAVAILABLE:
            raise ApprovalsUnavailableError from None

    async def active(self) -> Active | None:
        """Return the last activated charter; raises where it was altered, since no other can stand for it."""
        try:
            async with self._database.engine.connect() as connection:
                row = (await connection.execute(select(activations).order_by(activations.c.at.desc()).limit(1))).first()
        except UNAVAILABLE:
            raise ApprovalsUnavailableError from None
        if row is None:
            return None
        if not hmac.compare_digest(row.seal, self._seal("activation", row.at, row.digest, row.text)):
            raise ApprovalsUnavailableError("the active charter was altered")
        try:
            text = CharterText.model_validate_json(row.text)
        except ValidationError:
            raise ApprovalsUnavailableError("the active charter is of another version of Écluse") from None
        return Active(row.digest, text, dt.datetime.fromisoformat(row.at))

    async def activate(self, active: Active) -> None:
        """Keep the charter that is now active."""
        fields = (
            # In the one form that sorts as text.
            active.at.astimezone(dt.UTC).isoformat(timespec="microseconds"),
            active.digest,
            active.text.model_dump_json(),
        )
        values = dict(zip(("at", "digest", "text"), fields, strict=True))
        try:
            async with self._database.engine.begin() as connection:
                await connection.execute(insert(activations).values(**values, seal=self._seal("activation", *fields)))
        except UNAVAILABLE:
            raise ApprovalsUnavailableError from None

    def _seal(self, what: str, *fields: str) -> str:
        # Each field is hashed by itself, so that none can run over into the next.
        parts = b"".join(hashlib.sha256(field.encode()).digest() for field in (f"charter {what}", *fields))
        return hmac.new(self._key, parts, hashlib.sha256).hexdigest()
