"""The audit trail's tables and their guards as the first migrations made them; never edited again."""

import sqlalchemy as sa
from alembic import op

from shared.messaging.columns import JsonText, UtcDateTime

_REFUSAL = "an entry of the audit trail stays as it is"
_HEAD_REFUSAL = "the head of the audit trail only moves on by one"
_FORWARD = "NEW.id = OLD.id AND NEW.seq = OLD.seq + 1"


def create_audit() -> None:
    """Create both tables, the head at zero, and guards against change, removal and wrong numbers.

    What is there already stays: on a developer's machine the accounts may lie in a service's database.
    """
    number = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
    op.create_table(
        "audit_entry",
        sa.Column("seq", number, primary_key=True, autoincrement=False),
        sa.Column("at", UtcDateTime(), nullable=False),
        sa.Column("account_id", sa.String(64), nullable=False),
        sa.Column("role", sa.String(16), nullable=False),
        sa.Column("unit", sa.String(100), nullable=False),
        sa.Column("action", sa.String(96), nullable=False),
        sa.Column("object_kind", sa.String(64), nullable=False),
        sa.Column("object_id", sa.String(96), nullable=False),
        sa.Column("outcome", sa.String(16), nullable=False),
        sa.Column("request_id", sa.String(64), nullable=False),
        sa.Column("origin", sa.String(16), nullable=False),
        sa.Column("details", JsonText(), nullable=False),
        sa.Column("previous", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        if_not_exists=True,
    )
    for name, column in (("ix_audit_entry_account", "account_id"), ("ix_audit_entry_object", "object_id")):
        op.create_index(name, "audit_entry", [column, "seq"], if_not_exists=True)
    op.create_table(
        "audit_head",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("seq", number, nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        if_not_exists=True,
    )
    op.execute(f"INSERT INTO audit_head VALUES (1, 0, '{'0' * 64}') ON CONFLICT DO NOTHING")  # noqa: S608
    if op.get_context().dialect.name == "postgresql":
        _guard_postgresql()
    else:
        _guard_sqlite()


def drop_audit() -> None:
    """Drop both; the trail is lost."""
    op.drop_table("audit_head")
    op.drop_table("audit_entry")
    if op.get_context().dialect.name == "postgresql":
        op.execute("DROP FUNCTION audit_entry_refuse()")
        op.execute("DROP FUNCTION audit_head_refuse()")


def _guard_postgresql() -> None:
    for table, refusal in (("audit_entry", _REFUSAL), ("audit_head", _HEAD_REFUSAL)):
        op.execute(
            f"CREATE OR REPLACE FUNCTION {table}_refuse() RETURNS trigger LANGUAGE plpgsql AS "
            f"$$ BEGIN RAISE EXCEPTION '{refusal}' USING ERRCODE = 'restrict_violation'; END $$"
        )
        op.execute(
            f"CREATE OR REPLACE TRIGGER {table}_not_emptied BEFORE TRUNCATE ON {table} "
            f"FOR EACH STATEMENT EXECUTE FUNCTION {table}_refuse()"
        )
    op.execute(
        "CREATE OR REPLACE TRIGGER audit_entry_stays BEFORE UPDATE OR DELETE ON audit_entry "
        "FOR EACH ROW EXECUTE FUNCTION audit_entry_refuse()"
    )
    op.execute(
        "CREATE OR REPLACE TRIGGER audit_head_stays BEFORE DELETE ON audit_head "
        "FOR EACH ROW EXECUTE FUNCTION audit_head_refuse()"
    )
    op.execute(
        "CREATE OR REPLACE TRIGGER audit_head_moves_on BEFORE UPDATE ON audit_head "
        f"FOR EACH ROW WHEN (NOT ({_FORWARD})) EXECUTE FUNCTION audit_head_refuse()"
    )


def _guard_sqlite() -> None:
    for name, event, refusal in (
        ("audit_entry_no_update", "UPDATE ON audit_entry", _REFUSAL),
        ("audit_entry_no_delete", "DELETE ON audit_entry", _REFUSAL),
        ("audit_head_no_delete", "DELETE ON audit_head", _HEAD_REFUSAL),
        ("audit_head_moves_on", f"UPDATE ON audit_head WHEN NOT ({_FORWARD})", _HEAD_REFUSAL),
    ):
        refuse = f"BEGIN SELECT RAISE(ABORT, '{refusal}'); END"
        op.execute(f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {event} {refuse}")
