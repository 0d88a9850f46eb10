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
    delayed_event: Table
    reader_pause: Table


def message_tables(metadata: MetaData) -> MessageTables:
    """Return the message tables, declared in *metadata*."""
    return MessageTables(
        _outbox(metadata),
        _inbox(metadata),
        _set_aside(metadata),
        _delayed_event(metadata),
        _reader_pause(metadata),
    )


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
        Column("traceparent", String(55)),
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
        Column("reader", String(32), nullable=False, server_default=""),
        Column("first_at", UtcDateTime()),
        Column("resolution", String(16)),
        Column("resolved_by", String(64)),
        Column("note", Text),
        Column("replaced_by", String(64)),
        Column("corrects", String(64)),
        Column("body_sha256", String(64)),
        Index(
            "set_aside_waiting",
            "at",
            postgresql_where=text("resolved_at IS NULL"),
            sqlite_where=text("resolved_at IS NULL"),
        ),
    )


def _delayed_event(metadata: MetaData) -> Table:
    return Table(
        "delayed_event",
        metadata,
        Column("event_id", String(64), primary_key=True),
        Column("reader", String(32), nullable=False),
        Column("type", String(96), nullable=False),
        Column("subject", String(96), nullable=False),
        Column("body", Text, nullable=False),
        Column("kind", String(16), nullable=False),
        Column("code", String(64), nullable=False),
        Column("reason", Text, nullable=False),
        Column("tries", Integer, nullable=False),
        Column("first_at", UtcDateTime(), nullable=False),
        Column("next_at", UtcDateTime(), nullable=False),
        Index("delayed_event_next", "next_at"),
    )


def _reader_pause(metadata: MetaData) -> Table:
    return Table(
        "reader_pause",
        metadata,
        Column("reader", String(32), primary_key=True),
        Column("since", UtcDateTime(), nullable=False),
        Column("paused_by", String(64), nullable=False),
        Column("reason", Text, nullable=False),
    )
