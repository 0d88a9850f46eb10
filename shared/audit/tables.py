"""The two tables of the audit trail, in each service's own database and in that of the accounts."""

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table

from shared.messaging.columns import JsonText, UtcDateTime

_Number = BigInteger().with_variant(Integer, "sqlite")


def audit_tables(metadata: MetaData) -> tuple[Table, Table]:
    """Return the tables of entries and of their head, declared in *metadata*."""
    return _entries(metadata), _head(metadata)


def _entries(metadata: MetaData) -> Table:
    return Table(
        "audit_entry",
        metadata,
        Column("seq", _Number, primary_key=True, autoincrement=False),
        Column("at", UtcDateTime(), nullable=False),
        Column("account_id", String(64), nullable=False),
        Column("role", String(16), nullable=False),
        Column("unit", String(100), nullable=False),
        Column("action", String(96), nullable=False),
        Column("object_kind", String(64), nullable=False),
        Column("object_id", String(96), nullable=False),
        Column("outcome", String(16), nullable=False),
        Column("request_id", String(64), nullable=False),
        Column("origin", String(16), nullable=False),
        Column("details", JsonText(), nullable=False),
        Column("previous", String(64), nullable=False),
        Column("hash", String(64), nullable=False),
        Index("ix_audit_entry_account", "account_id", "seq"),
        Index("ix_audit_entry_object", "object_id", "seq"),
    )


def _head(metadata: MetaData) -> Table:
    return Table(
        "audit_head",
        metadata,
        Column("id", Integer, primary_key=True, autoincrement=False),
        Column("seq", _Number, nullable=False),
        Column("hash", String(64), nullable=False),
    )


entries, head = audit_tables(MetaData())
"""For statements; which database they go to, the connection says."""
