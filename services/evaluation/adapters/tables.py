"""Every table of the evaluation database."""

from sqlalchemy import Column, Date, Index, String, Table, Text

from services.evaluation.adapters.metadata import idempotency, messages, metadata
from services.evaluation.adapters.tables_assessment import appeal, assessment, assessment_version, mark
from services.evaluation.adapters.tables_dispatch import (
    demonstration_sites,
    meeting_duties,
    progress_reports,
    quarterly_meetings,
    undertakings,
)
from services.evaluation.adapters.tables_field_work import (
    cadres,
    class_attendance,
    point_accounts,
    point_entries,
    training_classes,
    work_entries,
)
from services.evaluation.adapters.tables_ledger import problem_lists, problems
from services.evaluation.adapters.tables_reporting import (
    report_file,
    report_sample,
    report_submission,
    reporting_task,
)
from services.evaluation.adapters.tables_supervision import (
    accountability_trigger,
    inspection,
    inspection_sample,
    inspection_sample_household,
    interview,
    order_reply,
    supervision_order,
)
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

notice = Table(
    "notice",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("unit", String(64), nullable=False),
    Column("level", String(16), nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("reason", Text, nullable=False),
    Column("document_no", String(64), nullable=False, server_default=""),
    Column("about_kind", String(16), nullable=False, server_default=""),
    Column("about_id", String(64), nullable=False, server_default=""),
)

__all__ = [
    "accountability_trigger",
    "appeal",
    "assessment",
    "assessment_version",
    "cadres",
    "class_attendance",
    "demonstration_sites",
    "household_card",
    "idempotency",
    "inspection",
    "inspection_sample",
    "inspection_sample_household",
    "interview",
    "journal",
    "mark",
    "meeting_duties",
    "messages",
    "metadata",
    "notice",
    "order_reply",
    "point_accounts",
    "point_entries",
    "problem_lists",
    "problems",
    "progress_reports",
    "quarterly_meetings",
    "report_file",
    "report_sample",
    "report_submission",
    "reporting_task",
    "supervision_order",
    "training_classes",
    "undertakings",
    "work_entries",
]
