"""Every table of the first version that had migrations.

Makes what is missing only: databases from before have these tables, or the older of them.
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy import Column

revision = "0001"
down_revision = None


def _ordered(length: int) -> sa.String:
    return sa.String(length).with_variant(sa.String(length, collation="C"), "postgresql")


def upgrade() -> None:
    """Make the tables, those that others refer to first."""
    _journal()
    _access()
    _charter()
    _people()
    _attempts()
    _counts()


def _journal() -> None:
    op.create_table(
        "journal",
        Column("writer", _ordered(32), nullable=False),
        Column("seq", sa.BigInteger(), autoincrement=False, nullable=False),
        Column("at", _ordered(24), nullable=False),
        Column("kind", sa.String(16), nullable=False),
        Column("output_id", sa.String(64)),
        Column("body", sa.Text(), nullable=False),
        Column("hash", sa.String(64), nullable=False),
        Column("signature", sa.String(128)),
        sa.PrimaryKeyConstraint("writer", "seq"),
        if_not_exists=True,
    )
    op.create_index("journal_kind_at", "journal", ["kind", "at"], if_not_exists=True)
    op.create_index("journal_output", "journal", ["output_id"], if_not_exists=True)
    op.create_table(
        "outputs",
        Column("output_id", sa.String(64), nullable=False),
        Column("issued", _ordered(20), nullable=False),
        Column("manifest", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("output_id"),
        if_not_exists=True,
    )
    op.create_index("ix_outputs_issued", "outputs", ["issued"], if_not_exists=True)


def _access() -> None:
    op.create_table(
        "api_keys",
        Column("prefix", _ordered(8), nullable=False),
        Column("digest", sa.String(64), nullable=False),
        Column("role", sa.String(40), nullable=False),
        Column("service", sa.String(40), nullable=False),
        Column("uses", sa.JSON(none_as_null=True)),
        Column("tool", sa.Boolean(), nullable=False),
        Column("requests_per_minute", sa.Integer()),
        Column("tokens_per_minute", sa.Integer()),
        Column("created", sa.DateTime(timezone=True), nullable=False),
        Column("expires", sa.Date()),
        Column("revoked", sa.DateTime(timezone=True)),
        Column("last_used", sa.Date()),
        sa.PrimaryKeyConstraint("prefix"),
        if_not_exists=True,
    )
    op.create_table(
        "key_people",
        Column("prefix", _ordered(8), nullable=False),
        Column("person", sa.String(40), nullable=False),
        sa.ForeignKeyConstraint(["prefix"], ["api_keys.prefix"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("prefix"),
        if_not_exists=True,
    )
    op.create_index("ix_key_people_person", "key_people", ["person"], if_not_exists=True)


def _charter() -> None:
    op.create_table(
        "charter_approvals",
        Column("digest", sa.String(64), nullable=False),
        Column("person", sa.String(40), nullable=False),
        Column("role", sa.String(40), nullable=False),
        Column("at", sa.String(40), nullable=False),
        Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("digest", "person"),
        if_not_exists=True,
    )
    op.create_table(
        "charter_activations",
        Column("at", _ordered(40), nullable=False),
        Column("digest", sa.String(64), nullable=False),
        Column("text", sa.Text(), nullable=False),
        Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("at"),
        if_not_exists=True,
    )
    op.create_table(
        "system_states",
        Column("target", sa.String(80), nullable=False),
        Column("rank", _ordered(40), nullable=False),
        Column("state", sa.Text(), nullable=False),
        Column("seal", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("target"),
        if_not_exists=True,
    )


def _people() -> None:
    op.create_table(
        "people",
        Column("id", _ordered(40), nullable=False),
        Column("kind", sa.String(16), nullable=False),
        Column("role", sa.String(40), nullable=False),
        Column("service", sa.String(40), nullable=False),
        Column("name", sa.String(100)),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_table(
        "people_trainings",
        Column("person", _ordered(40), nullable=False),
        Column("code", sa.String(40), nullable=False),
        Column("obtained", sa.Date(), nullable=False),
        Column("expires", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "code", "obtained"),
        if_not_exists=True,
    )
    op.create_table(
        "people_signatures",
        Column("person", _ordered(40), nullable=False),
        Column("version", sa.String(300), nullable=False),
        Column("signed", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "version"),
        if_not_exists=True,
    )
    op.create_table(
        "people_habilitations",
        Column("person", _ordered(40), nullable=False),
        Column("subject", sa.String(500), nullable=False),
        Column("issued", sa.Date(), nullable=False),
        Column("expires", sa.Date(), nullable=False),
        Column("issuer", sa.String(100), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["people.id"], ondelete="CASCADE"),
        sa.PrimaryKeyConstraint("person", "subject", "issued"),
        if_not_exists=True,
    )


def _attempts() -> None:
    op.create_table(
        "outbound_events",
        Column("id", sa.BigInteger().with_variant(sa.Integer(), "sqlite"), nullable=False),
        Column("at", sa.BigInteger(), nullable=False),
        Column("day", sa.Date(), nullable=False),
        Column("pseudonym", sa.String(32), nullable=False),
        Column("service", sa.String(64), nullable=False),
        Column("department", sa.String(64), nullable=False),
        Column("verdict", sa.String(16), nullable=False),
        Column("planned", sa.String(16), nullable=False),
        Column("engine", sa.String(16), nullable=False),
        Column("version", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
    op.create_index("outbound_events_day", "outbound_events", ["day"], if_not_exists=True)
    op.create_table(
        "outbound_automatic",
        Column("day", sa.Date(), nullable=False),
        Column("pseudonym", sa.String(32), nullable=False),
        Column("service", sa.String(64), nullable=False),
        sa.PrimaryKeyConstraint("day", "pseudonym", "service"),
        if_not_exists=True,
    )
    op.create_table(
        "outbound_batches",
        Column("batch", sa.String(64), nullable=False),
        Column("taken", sa.BigInteger(), nullable=False),
        Column("last_day", sa.Date()),
        sa.PrimaryKeyConstraint("batch"),
        if_not_exists=True,
    )
    op.create_table(
        "outbound_requests",
        Column("id", _ordered(16), nullable=False),
        Column("received", _ordered(40), nullable=False),
        Column("purpose", sa.String(48), nullable=False),
        Column("department", sa.String(64), nullable=False),
        Column("service", sa.String(64), nullable=False),
        Column("tool", sa.String(80), nullable=False),
        Column("address", sa.String(253), nullable=False),
        Column("text", sa.Text(), nullable=False),
        Column("contact", sa.String(254), nullable=False),
        Column("status", sa.String(16), nullable=False),
        Column("changed", _ordered(40)),
        Column("note", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )


def _counts() -> None:
    op.create_table(
        "outbound_days",
        Column("day", sa.Date(), nullable=False),
        Column("revision", sa.Integer(), nullable=False),
        Column("counted", sa.Integer(), nullable=False),
        Column("agents", sa.Integer(), nullable=False),
        Column("level", sa.String(8), nullable=False),
        sa.PrimaryKeyConstraint("day"),
        if_not_exists=True,
    )
    op.create_table(
        "outbound_daily",
        Column("day", sa.Date(), nullable=False),
        Column("service", sa.String(64), nullable=False),
        Column("department", sa.String(64), nullable=False),
        Column("verdict", sa.String(16), nullable=False),
        Column("planned", sa.String(16), nullable=False),
        Column("engine", sa.String(16), nullable=False),
        Column("automatic", sa.Boolean(), nullable=False),
        Column("attempts", sa.Integer(), nullable=False),
        Column("sessions", sa.Integer(), nullable=False),
        Column("agents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("day", "service", "department", "verdict", "planned", "engine", "automatic"),
        if_not_exists=True,
    )
    op.create_table(
        "outbound_people",
        Column("grain", sa.String(8), nullable=False),
        Column("start", sa.Date(), nullable=False),
        Column("by", sa.String(16), nullable=False),
        Column("name", sa.String(64), nullable=False),
        Column("agents", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("grain", "start", "by", "name"),
        if_not_exists=True,
    )
    op.create_table(
        "outbound_months",
        Column("month", sa.Date(), nullable=False),
        Column("settled", sa.Date(), nullable=False),
        Column("counted", sa.Integer(), nullable=False),
        Column("partial", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("month"),
        if_not_exists=True,
    )
    op.create_table(
        "outbound_changes",
        Column("day", sa.Date(), nullable=False),
        Column("mode", sa.String(16), nullable=False),
        sa.PrimaryKeyConstraint("day", "mode"),
        if_not_exists=True,
    )
    op.create_table(
        "outbound_horizon",
        Column("id", sa.Integer(), nullable=False),
        Column("kept_from", sa.Date(), nullable=False),
        sa.PrimaryKeyConstraint("id"),
        if_not_exists=True,
    )
