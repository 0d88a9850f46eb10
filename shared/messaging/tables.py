"""The tables every service keeps for its messages, in its own database."""

from dataclasses import dataclass

from sqlalchemy import BigInteger, Column, Index, Integer, MetaData, String, Table, Text, text

from shared.messaging.columns import UtcDateTime

_Position = BigInteger().with_variant(Integer, "sqlite")


@dataclass(frozen=True, slots=True)
class MessageTables:
    """Where one service keeps what it sends, what it has taken in, and what it could not."""

    outbox: Table
    inbox: Table
    set_aside: Table


def message_tables(metadata: MetaData) -> MessageTables:
    """Return the message tables, declared in *metadata*."""
    return MessageTables(_outbox(metadata), _inbox(metadata), _set_aside(metadata))


def _outbox(metadata: MetaData) -> Table:
    return Table(
        "outbox",
        metadata,
        Column("position", _Position, primary_key=True, autoincrement=True),
        Column("id", String(64), nullable=False, unique=True),
        Column("type", String(96), nullable=False),
        Column("subject", String(96), nullable=False),
        Column("envelope", Text, nullable=False),
        Column("created_at", UtcDateTime(), nullable=False),
        Column("published_at", UtcDateTime()),
        Column("settled_at", UtcDateTime()),
        Index(
            "outbox_waiting",
            "position",
            postgresql_where=text("published_at IS NULL"),
            sqlite_where=text("published_at IS NULL"),
        ),
    )


def _inbox(metadata: MetaData) -> Table:
    return Table(
        "inbox",
        metadata,
        Column("event_id", String(64), primary_key=True),
        Column("type", String(96), nullable=False),
        Column("at", UtcDateTime(), nullable=False),
    )


def _set_aside(metadata: MetaData) -> Table:
    return Table(
        "set_aside",
        metadata,
        Column("event_id", String(64), primary_key=True),
        Column("type", String(96), nullable=False),
        Column("subject", String(96), nullable=False),
        Column("body", Text, nullable=False),
        Column("kind", String(16), nullable=False),
        Column("code", String(64), nullable=False),
        Column("reason", Text, nullable=False),
        Column("at", UtcDateTime(), nullable=False),
        Column("times", Integer, nullable=False, server_default="1"),
        Column("resolved_at", UtcDateTime()),
    )
