"""Tables of cadres, training classes, point accounts and the register of work."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, String, Table, Text

from services.evaluation.adapters.metadata import metadata
from shared.messaging.columns import DecimalText, JsonText

cadres = Table(
    "cadres",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("number", String(32), nullable=False),
    Column("kind", String(8), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("how", String(8), nullable=False),
    Column("since", Date, nullable=False),
    Column("train_by", Date),
    Column("limit_confirmed", Boolean, nullable=False),
    Column("left_on", Date),
    Index("cadres_of_unit", "unit", "kind", "left_on"),
    Index("cadres_by_number", "number"),
)
"""No names: *number* is what the unit calls a post-holder by."""

training_classes = Table(
    "training_classes",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("name", String(80), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("level", String(8), nullable=False),
    Column("method", String(12), nullable=False),
    Column("due_on", Date, nullable=False),
    Column("state", String(10), nullable=False),
    Column("held_on", Date),
    Column("attended", Integer, nullable=False),
    Column("tested", Integer, nullable=False),
    Column("passed", Integer, nullable=False),
    Index("training_classes_by_day", "state", "due_on"),
)

class_attendance = Table(
    "class_attendance",
    metadata,
    Column("class_id", ForeignKey("training_classes.id"), primary_key=True),
    Column("cadre_id", ForeignKey("cadres.id"), primary_key=True),
    Column("passed", Boolean),
    Index("class_attendance_of_cadre", "cadre_id"),
)

point_accounts = Table(
    "point_accounts",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("year", Integer, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("opening", DecimalText, nullable=False),
    Column("balance", DecimalText, nullable=False),
    Column("entries", Integer, nullable=False),
    Column("reached", JsonText, nullable=False),
    Index("point_accounts_of_area", "year", "area_code"),
)

point_entries = Table(
    "point_entries",
    metadata,
    Column("account_id", ForeignKey("point_accounts.id"), primary_key=True),
    Column("sequence", Integer, primary_key=True, autoincrement=False),
    Column("entered_on", Date, nullable=False),
    Column("reason", String(12), nullable=False),
    Column("points", DecimalText, nullable=False),
    Column("balance", DecimalText, nullable=False),
    Column("note", Text, nullable=False),
)

work_entries = Table(
    "work_entries",
    metadata,
    Column("id", String(36), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("kind", String(20), nullable=False),
    Column("unit", String(40), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("done_on", Date, nullable=False),
    Column("about", String(36), nullable=False),
    Column("level", String(8), nullable=False),
    Column("field", String(16), nullable=False),
    Column("month", String(6), nullable=False),
    Column("quantity", Integer, nullable=False),
    Column("passed", Boolean),
    Column("text", Text, nullable=False),
    Column("withdrawn_on", Date),
    Index("work_entries_of_kind", "kind", "done_on"),
    Index("work_entries_of_unit", "unit", "kind", "done_on"),
    Index("work_entries_about", "about", "month"),
)
