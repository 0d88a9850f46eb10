"""The evaluation database as it first was: guarded journal, cards, assessments, notices, messages."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import JsonText, UtcDateTime

revision = "0001"
down_revision = None

_REFUSAL = "the journal is append-only"


def upgrade() -> None:
    _messages()
    _journal()
    _guard_journal()
    _projections()
    _results()


def _messages() -> None:
    position = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "outbox",
        sa.Column("position", position, primary_key=True, autoincrement=True),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("subject", sa.String(96), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("created_at", UtcDateTime(), nullable=False),
        sa.Column("published_at", UtcDateTime()),
        sa.Column("settled_at", UtcDateTime()),
    )
    waiting = sa.text("published_at IS NULL")
    op.create_index("outbox_waiting", "outbox", ["position"], postgresql_where=waiting, sqlite_where=waiting)
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
    )
    op.create_table(
        "set_aside",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("subject", sa.String(96), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("resolved_at", UtcDateTime()),
    )
    op.create_table(
        "idempotency",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("location", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("attempt", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_idempotency_at", "idempotency", ["at"])


def _journal() -> None:
    op.create_table(
        "journal",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("fact", sa.String(96), nullable=False),
        sa.Column("household_id", sa.String(64), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("town", sa.String(9), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("recorded_at", UtcDateTime(), nullable=False),
        sa.Column("causationid", sa.String(64), nullable=False),
        sa.Column("correlationid", sa.String(64), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
    )
    op.create_index("ix_journal_household", "journal", ["household_id", "occurred_on"])
    op.create_index("ix_journal_type", "journal", ["type", "occurred_on"])
    op.create_index("ix_journal_causation", "journal", ["causationid"])
    op.create_index("ix_journal_correlation", "journal", ["correlationid"])


def _guard_journal() -> None:
    if op.get_bind().dialect.name == "postgresql":
        op.execute(
            "CREATE FUNCTION journal_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(
            "CREATE TRIGGER journal_append_only BEFORE UPDATE OR DELETE ON journal "
            "FOR EACH ROW EXECUTE FUNCTION journal_refuse()"
        )
        op.execute(
            "CREATE TRIGGER journal_never_emptied BEFORE TRUNCATE ON journal "
            "FOR EACH STATEMENT EXECUTE FUNCTION journal_refuse()"
        )
        return
    for change in ("UPDATE", "DELETE"):
        op.execute(
            f"CREATE TRIGGER journal_no_{change.lower()} BEFORE {change} ON journal "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END"
        )


def _projections() -> None:
    op.create_table(
        "household_card",
        sa.Column("household_id", sa.String(64), primary_key=True),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", JsonText(), nullable=False),
    )
    op.create_index("ix_household_card_area", "household_card", ["area_code"])


def _results() -> None:
    op.create_table(
        "assessment",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("as_of", sa.Date(), nullable=False),
        sa.Column("known_at", sa.Date(), nullable=False),
        sa.Column("drafted_on", sa.Date(), nullable=False),
        sa.Column("published_on", sa.Date()),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("board", JsonText(), nullable=False),
        sa.Column("lines", JsonText(), nullable=False),
        sa.Column("rules", JsonText(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
    )
    op.create_table(
        "notice",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("unit", sa.String(64), nullable=False),
        sa.Column("level", sa.String(16), nullable=False),
        sa.Column("issued_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
    )


def downgrade() -> None:
    for table in (
        "notice",
        "assessment",
        "household_card",
        "journal",
        "idempotency",
        "set_aside",
        "inbox",
        "outbox",
    ):
        op.drop_table(table)
    if op.get_bind().dialect.name == "postgresql":
        op.execute("DROP FUNCTION journal_refuse()")
