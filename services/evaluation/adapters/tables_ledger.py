"""Tables of the rectification ledger: problems, and lists that were sent in."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, String, Table, Text, UniqueConstraint

from services.evaluation.adapters.metadata import metadata
from shared.messaging.columns import JsonText

problems = Table(
    "problem",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("number", String(16), nullable=False),
    Column("unit", String(64), nullable=False),
    Column("lead_unit", String(64), nullable=False),
    Column("supervising_unit", String(64), nullable=False),
    Column("source", String(16), nullable=False),
    Column("category", String(32), nullable=False),
    Column("cause", String(32), nullable=False),
    Column("state", String(16), nullable=False),
    Column("level", String(8), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("systemic", Boolean, nullable=False),
    Column("found_on", Date, nullable=False),
    Column("registered_on", Date, nullable=False),
    Column("handed_over_on", Date),
    Column("due_on", Date),
    Column("moved_on", Date),
    Column("next_node_on", Date),
    Column("due_stage", String(16), nullable=False),
    Column("closed_on", Date),
    Column("looked_back_on", Date),
    Column("recurred", Integer, nullable=False),
    Column("consequence", String(8), nullable=False),
    Column("text", Text, nullable=False),
    Column("document_no", String(100), nullable=False),
    Column("particulars", JsonText, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("number", name="uq_problem_number"),
    Index("ix_problem_unit", "unit", "category", "cause"),
    Index("ix_problem_lead_unit", "lead_unit"),
    Index("ix_problem_supervising_unit", "supervising_unit"),
    Index("ix_problem_state", "state", "due_on"),
    Index("ix_problem_area", "area_code"),
)
"""What pages filter by stands in columns; the rest of the object in *particulars*."""

problem_lists = Table(
    "problem_list",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("name", String(200), nullable=False),
    Column("sha256", String(64), nullable=False),
    Column("source", String(16), nullable=False),
    Column("document_no", String(100), nullable=False),
    Column("found_on", Date, nullable=False),
    Column("sent_on", Date, nullable=False),
    Column("sent_by", String(64), nullable=False),
    Column("state", String(16), nullable=False),
    Column("imported", Integer, nullable=False),
    Column("lines", JsonText, nullable=False),
    Column("version", Integer, nullable=False),
)
