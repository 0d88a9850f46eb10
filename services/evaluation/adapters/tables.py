"""Every table of the evaluation database."""

from sqlalchemy import Column, Date, Index, Integer, String, Table, Text

from services.evaluation.adapters.metadata import idempotency, messages, metadata
from shared.messaging.columns import JsonText, UtcDateTime

journal = Table(
    "journal",
    metadata,
    Column("event_id", String(64), primary_key=True),
    Column("type", String(96), nullable=False),
    Column("fact", String(96), nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("town", String(9), nullable=False),
    Column("occurred_on", Date, nullable=False),
    Column("recorded_at", UtcDateTime(), nullable=False),
    Column("causationid", String(64), nullable=False),
    Column("correlationid", String(64), nullable=False),
    Column("envelope", Text, nullable=False),
    Index("ix_journal_household", "household_id", "occurred_on"),
    Index("ix_journal_type", "type", "occurred_on"),
    Index("ix_journal_recorded", "recorded_at"),
    Index("ix_journal_causation", "causationid"),
    Index("ix_journal_correlation", "correlationid"),
)
"""Append-only: the migration adds triggers that refuse every update and delete."""

household_card = Table(
    "household_card",
    metadata,
    Column("household_id", String(64), primary_key=True),
    Column("area_code", String(12), nullable=False),
    Column("state", JsonText, nullable=False),
    Index("ix_household_card_area", "area_code"),
)

assessment = Table(
    "assessment",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("year", Integer, nullable=False),
    Column("as_of", Date, nullable=False),
    Column("known_at", Date, nullable=False),
    Column("drafted_on", Date, nullable=False),
    Column("published_on", Date),
    Column("digest", String(64), nullable=False),
    Column("board", JsonText, nullable=False),
    Column("lines", JsonText, nullable=False),
    Column("rules", JsonText, nullable=False),
    Column("version", Integer, nullable=False),
)

notice = Table(
    "notice",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("unit", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
)

__all__ = [
    "assessment",
    "household_card",
    "idempotency",
    "journal",
    "messages",
    "metadata",
    "notice",
]
