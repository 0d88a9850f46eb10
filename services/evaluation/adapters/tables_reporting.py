"""Tables of what units report: tasks, submissions, evidence files by content, sampled checks."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, LargeBinary, String, Table, Text

from services.evaluation.adapters.metadata import metadata
from shared.messaging.columns import DecimalText, JsonText

reporting_task = Table(
    "reporting_task",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("indicator", String(16), nullable=False),
    Column("reporter", String(64), nullable=False),
    Column("about", JsonText, nullable=False),
    Column("period", String(8), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("opened_on", Date, nullable=False),
    Column("shape", String(16), nullable=False),
    Column("evidence", Boolean, nullable=False),
    Column("state", String(16), nullable=False),
    Column("submissions", Integer, nullable=False),
    Column("submitted_on", Date),
    Column("decided_on", Date),
    Column("overdue_on", Date),
    Column("return_reason", Text, nullable=False),
    Column("figures", JsonText, nullable=False),
    Column("files", JsonText, nullable=False),
    Column("drawn_by", String(80), nullable=False),
    Column("checked_on", Date),
    Column("found", JsonText, nullable=False),
    Index("ix_reporting_task_owed", "indicator", "reporter", "period", unique=True),
    Index("ix_reporting_task_unit", "reporter", "state", "due_on"),
    Index("ix_reporting_task_state", "state", "due_on"),
    Index("ix_reporting_task_drawn", "drawn_by"),
)

report_submission = Table(
    "report_submission",
    metadata,
    Column("task_id", ForeignKey("reporting_task.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("submitted_on", Date, nullable=False),
    Column("submitted_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
    Column("figures", JsonText, nullable=False),
    Column("files", JsonText, nullable=False),
)
"""What was handed in each time, as it was: a later submission changes none of them."""

report_file = Table(
    "report_file",
    metadata,
    Column("sha256", String(64), primary_key=True),
    Column("media_type", String(120), nullable=False),
    Column("size", Integer, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
"""Each content once, named by its SHA-256, however many reports it belongs to."""

report_sample = Table(
    "report_sample",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("title", String(120), nullable=False),
    Column("frozen_on", Date, nullable=False),
    Column("share", DecimalText, nullable=False),
    Column("least", Integer, nullable=False),
    Column("confirmed", Boolean, nullable=False),
    Column("listed", JsonText, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("seed", String(64), nullable=False),
    Column("drawn_on", Date),
    Column("drawn", JsonText, nullable=False),
)
