"""Tables of month-end dispatch, meetings, demonstration sites and undertakings."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text

from services.evaluation.adapters.metadata import metadata
from shared.messaging.columns import JsonText

progress_reports = Table(
    "progress_reports",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("scope", String(8), nullable=False),
    Column("action", String(16), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("month", String(6), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("state", String(10), nullable=False),
    Column("filings", Integer, nullable=False),
    Column("filed_on", Date),
    Column("filed_by", String(64), nullable=False),
    Column("tasks_due", Integer, nullable=False),
    Column("tasks_done", Integer, nullable=False),
    Column("money_fen", BigInteger, nullable=False),
    Column("problems", JsonText, nullable=False),
    Column("next_month", Text, nullable=False),
    Column("help_asked", Text, nullable=False),
    Column("return_reason", Text, nullable=False),
    Index("progress_reports_of_month", "month", "scope"),
    Index("progress_reports_of_unit", "unit", "state", "due_on"),
)

meeting_duties = Table(
    "meeting_duties",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("quarter", String(6), nullable=False),
    Column("action", String(16), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("meeting_id", String(36), nullable=False),
    Column("held_on", Date),
    Index("meeting_duties_of_quarter", "quarter", "action"),
)

quarterly_meetings = Table(
    "quarterly_meetings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("quarter", String(6), nullable=False),
    Column("held_on", Date, nullable=False),
    Column("actions", JsonText, nullable=False),
    Column("attended", Text, nullable=False),
    Column("minutes", Text, nullable=False),
    Column("recorded_by", String(64), nullable=False),
    Index("quarterly_meetings_of_quarter", "quarter"),
)

demonstration_sites = Table(
    "demonstration_sites",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("action", String(16), nullable=False),
    Column("lead", String(40), nullable=False),
    Column("level", String(8), nullable=False),
    Column("town", String(9), nullable=False),
    Column("state", String(10), nullable=False),
    Column("number", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("standard", Text, nullable=False),
    Column("responsible", String(80), nullable=False),
    Column("rule", Text, nullable=False),
    Column("finish_on", Date),
    Column("changes", Integer, nullable=False),
    Column("chosen_on", Date),
    Column("withdraw_reason", Text, nullable=False),
    Index("demonstration_sites_of_year", "year", "level", "action", "town"),
    Index("demonstration_sites_of_town", "town", "state"),
)

undertakings = Table(
    "undertakings",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(12), nullable=False),
    Column("text", Text, nullable=False),
    Column("unit", String(40), nullable=False),
    Column("lead", String(40), nullable=False),
    Column("source_id", String(36), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("made_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(8), nullable=False),
    Column("ended_on", Date),
    Column("result", Text, nullable=False),
    Column("order_id", String(36), nullable=False),
    Index("undertakings_of_kind", "kind", "state", "due_on"),
    Index("undertakings_of_unit", "unit", "state", "due_on"),
    Index("undertakings_of_source", "source_id"),
)
