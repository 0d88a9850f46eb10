"""Every table of the finance database."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, String, Table, Text

from services.finance.adapters import tables_projects
from services.finance.adapters.metadata import metadata
from shared.audit.tables import audit_tables
from shared.messaging.columns import DecimalText, JsonText
from shared.messaging.idempotency import idempotency_table
from shared.messaging.tables import message_tables

PROCESSES = tables_projects.PROCESSES
__all__ = [
    "PROCESSES",
    "audit_entry",
    "audit_head",
    "household",
    "idempotency",
    "identification",
    "loan",
    "measure",
    "measure_withdrawal",
    "member",
    "messages",
    "metadata",
]
messages = message_tables(metadata)
idempotency = idempotency_table(metadata)
audit_entry, audit_head = audit_tables(metadata)

household = Table(
    "household",
    metadata,
    Column("household_id", String(64), primary_key=True),
    Column("household_no", String(64), nullable=False),
    Column("version", Integer, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("household_type", String(16), nullable=False),
    Column("lifted_out", Boolean, nullable=False),
    Index("ix_household_area", "area_code"),
    Index("ix_household_no", "household_no"),
)

# A person belongs to the household whose newest version names them; older rows are history.
member = Table(
    "member",
    metadata,
    Column("household_id", String(64), primary_key=True),
    Column("person_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_no", String(64), nullable=False),
    Column("relation", String(8), nullable=False),
    Column("sex", String(1), nullable=False),
    Column("born_on", Date, nullable=False),
    Column("has_left", Boolean, nullable=False),
    Index("ix_member_person", "person_id"),
)

# A household that became a monitored one; apart from the household, for it may arrive before it.
identification = Table(
    "identification",
    metadata,
    Column("case_id", String(64), primary_key=True),
    Column("household_id", String(64), nullable=False),
    Column("monitored_class", String(16), nullable=False),
    Column("identified_on", Date, nullable=False),
    Index("ix_identification_household", "household_id"),
)

loan = Table(
    "loan",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("borrower_id", String(64), nullable=False),
    Column("applied_on", Date, nullable=False),
    Column("amount_fen", BigInteger, nullable=False),
    Column("term_months", Integer, nullable=False),
    Column("annual_rate", DecimalText(), nullable=False),
    Column("use_code", String(32), nullable=False),
    Column("rated", Boolean, nullable=False),
    Column("top_up", Boolean, nullable=False),
    Column("eligible", Boolean, nullable=False),
    Column("doubts", JsonText(), nullable=False),
    Column("use_note", Text, nullable=False),
    Column("bank_branch", Text, nullable=False),
    Column("parent_loan_id", String(64)),
    Column("state", String(16), nullable=False),
    Column("override_reason", Text, nullable=False),
    Column("decided_on", Date),
    Column("refusal_reason", String(32)),
    Column("refusal_note", Text, nullable=False),
    Column("disbursed_on", Date),
    Column("due_on", Date),
    Column("balance_fen", BigInteger, nullable=False),
    Column("repayments", JsonText(), nullable=False),
    Column("extensions", Integer, nullable=False),
    Column("overdue_on", Date),
    Column("settled_on", Date),
    Index("ix_loan_household", "household_id"),
    Index("ix_loan_area", "area_code"),
    Index("ix_loan_state_due", "state", "due_on"),
)

measure = Table(
    "measure",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("case_id", String(64), nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("risk", String(16), nullable=False),
    Column("category", String(16), nullable=False),
    Column("code", String(8), nullable=False),
    Column("department", Text, nullable=False),
    Column("requested_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("person_id", String(64)),
    Column("event_id", String(64), nullable=False),
    Column("correlation_id", String(64), nullable=False),
    Column("answer", String(16), nullable=False),
    Column("answered_on", Date),
    Column("delivered_on", Date),
    Column("delivery_kind", String(16), nullable=False),
    Column("delivered_by", Text, nullable=False),
    Column("reason", String(32), nullable=False),
    Column("note", Text, nullable=False),
    Index("ix_measure_area_due", "area_code", "due_on"),
    Index("ix_measure_household", "household_id"),
)

# Apart from the measure, so that it may arrive before the request and never meets an officer's save.
measure_withdrawal = Table(
    "measure_withdrawal",
    metadata,
    Column("event_id", String(64), primary_key=True),
    Column("measure_id", String(64), nullable=False),
    Column("withdrawn_on", Date, nullable=False),
    Index("ix_measure_withdrawal_measure", "measure_id"),
)
