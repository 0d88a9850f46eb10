"""Tables of reports, of what each submission counted, and of who maintains which information."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.monitoring.adapters.metadata import metadata
from shared.messaging.columns import JsonText

reports = Table(
    "reports",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("period", String(8), nullable=False),
    Column("first", Date, nullable=False),
    Column("last", Date, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("submissions", Integer, nullable=False),
    Column("submitted_on", Date),
    Column("locked_on", Date),
    Column("return_reason", String(16), nullable=False),
    Column("return_note", Text, nullable=False),
    Index("reports_of_period", "kind", "period"),
    Index("reports_of_unit", "unit", "state", "due_on"),
)

report_submissions = Table(
    "report_submissions",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("submitted_on", Date, nullable=False),
    Column("submitted_by", String(64), nullable=False),
    Column("note", Text, nullable=False),
)

# What a figure counted when it was handed in: the ids stay, and the number can always be shown to be true.
report_figures = Table(
    "report_figures",
    metadata,
    Column("report_id", ForeignKey("reports.id"), primary_key=True),
    Column("number", Integer, primary_key=True, autoincrement=False),
    Column("code", String(60), primary_key=True),
    Column("value", Integer, nullable=False),
    Column("subjects", JsonText, nullable=False),
)

responsibilities = Table(
    "responsibilities",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("item", String(16), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("person", String(60), nullable=False),
    Column("duties", Text, nullable=False),
    Column("within_days", Integer, nullable=False),
    Column("approved_on", Date),
    Column("approved_by", String(64), nullable=False),
    Column("recorded_on", Date, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Column("until", Date),
    Index("responsibilities_of_area", "area_code", "item", "until"),
)
