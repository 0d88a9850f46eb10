"""Every table of the employment database."""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Integer, MetaData, String, Table, Text

from shared.audit.tables import audit_tables
from shared.messaging.columns import JsonText
from shared.messaging.idempotency import idempotency_table
from shared.messaging.tables import message_tables

metadata = MetaData()
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
    Column("relocated", Boolean, nullable=False),
    Index("ix_household_area", "area_code"),
    Index("ix_household_no", "household_no"),
)

# A person belongs to the household whose newest version names them; older rows are history.
labourer = Table(
    "labourer",
    metadata,
    Column("household_id", String(64), primary_key=True),
    Column("person_id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_no", String(64), nullable=False),
    Column("relation", String(8), nullable=False),
    Column("sex", String(1), nullable=False),
    Column("born_on", Date, nullable=False),
    Column("labour_skill", String(8), nullable=False),
    Column("school_status", String(8)),
    Column("has_left", Boolean, nullable=False),
    Index("ix_labourer_person", "person_id"),
)

job = Table(
    "job",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("place_code", String(6), nullable=False),
    Column("channel", String(16)),
    Column("monthly_pay_fen", BigInteger),
    Column("employer", Text, nullable=False),
    Column("industry", Text, nullable=False),
    Column("point_to_point", Boolean),
    Column("abroad", Boolean, nullable=False),
    Column("full_time", Boolean, nullable=False),
    Column("lifted_out", Boolean, nullable=False),
    Column("remarks", JsonText(), nullable=False),
    Column("ended_on", Date),
    Column("end_reason", String(16)),
    Index("ix_job_person", "person_id"),
    Index("ix_job_household", "household_id"),
    Index("ix_job_area", "area_code"),
)

post = Table(
    "post",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("kind", String(3), nullable=False),
    Column("monthly_pay_fen", BigInteger, nullable=False),
    Column("vacancies", Integer, nullable=False),
    Column("funding", Text, nullable=False),
    Column("offered_on", Date, nullable=False),
    Column("remarks", JsonText(), nullable=False),
    Column("closed_on", Date),
    Index("ix_post_area", "area_code"),
)

placement = Table(
    "placement",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("version", Integer, nullable=False),
    Column("post_id", String(64), nullable=False),
    Column("person_id", String(64), nullable=False),
    Column("household_id", String(64), nullable=False),
    Column("area_code", String(12), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("ends_on", Date, nullable=False),
    Column("override_reason", Text, nullable=False),
    Column("remarks", JsonText(), nullable=False),
    Column("attendance", JsonText(), nullable=False),
    Column("ended_on", Date),
    Column("end_reason", String(16)),
    Index("ix_placement_post", "post_id"),
    Index("ix_placement_person", "person_id"),
    Index("ix_placement_household", "household_id"),
    Index("ix_placement_area", "area_code"),
    Index("ix_placement_ending", "ended_on", "ends_on"),
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
