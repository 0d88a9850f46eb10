"""The finance database as it first was: households, loans, measures, messages."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _household()
    _idempotency()
    _identification()
    _inbox()
    _loan()
    _measure()
    _measure_withdrawal()
    _member()
    _outbox()
    _set_aside()


def downgrade() -> None:
    op.drop_table("set_aside")
    op.drop_table("outbox")
    op.drop_table("member")
    op.drop_table("measure_withdrawal")
    op.drop_table("measure")
    op.drop_table("loan")
    op.drop_table("inbox")
    op.drop_table("identification")
    op.drop_table("idempotency")
    op.drop_table("household")


def _household() -> None:
    op.create_table(
        "household",
        sa.Column("household_id", sa.String(64), primary_key=True),
        sa.Column("household_no", sa.String(64), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("household_type", sa.String(16), nullable=False),
        sa.Column("lifted_out", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_household_area", "household", ["area_code"])
    op.create_index("ix_household_no", "household", ["household_no"])


def _idempotency() -> None:
    op.create_table(
        "idempotency",
        sa.Column("key", sa.String(200), primary_key=True),
        sa.Column("fingerprint", sa.String(64), nullable=False),
        sa.Column("status", sa.Integer()),
        sa.Column("location", sa.Text()),
        sa.Column("body", sa.Text()),
        sa.Column("attempt", sa.String(36), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_idempotency_at", "idempotency", ["at"])


def _identification() -> None:
    op.create_table(
        "identification",
        sa.Column("case_id", sa.String(64), primary_key=True),
        sa.Column("household_id", sa.String(64), nullable=False),
        sa.Column("monitored_class", sa.String(16), nullable=False),
        sa.Column("identified_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_identification_household", "identification", ["household_id"])


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _loan() -> None:
    op.create_table(
        "loan",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(64), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("borrower_id", sa.String(64), nullable=False),
        sa.Column("applied_on", sa.Date(), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("term_months", sa.Integer(), nullable=False),
        sa.Column("annual_rate", sa.Text(), nullable=False),
        sa.Column("use_code", sa.String(32), nullable=False),
        sa.Column("rated", sa.Boolean(), nullable=False),
        sa.Column("top_up", sa.Boolean(), nullable=False),
        sa.Column("eligible", sa.Boolean(), nullable=False),
        sa.Column("doubts", sa.Text(), nullable=False),
        sa.Column("use_note", sa.Text(), nullable=False),
        sa.Column("bank_branch", sa.Text(), nullable=False),
        sa.Column("parent_loan_id", sa.String(64)),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("decided_on", sa.Date()),
        sa.Column("refusal_reason", sa.String(32)),
        sa.Column("refusal_note", sa.Text(), nullable=False),
        sa.Column("disbursed_on", sa.Date()),
        sa.Column("due_on", sa.Date()),
        sa.Column("balance_fen", sa.BigInteger(), nullable=False),
        sa.Column("repayments", sa.Text(), nullable=False),
        sa.Column("extensions", sa.Integer(), nullable=False),
        sa.Column("overdue_on", sa.Date()),
        sa.Column("settled_on", sa.Date()),
    )
    op.create_index("ix_loan_area", "loan", ["area_code"])
    op.create_index("ix_loan_household", "loan", ["household_id"])
    op.create_index("ix_loan_state_due", "loan", ["state", "due_on"])


def _measure() -> None:
    op.create_table(
        "measure",
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.String(64), nullable=False),
        sa.Column("household_id", sa.String(64), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("risk", sa.String(16), nullable=False),
        sa.Column("category", sa.String(16), nullable=False),
        sa.Column("code", sa.String(8), nullable=False),
        sa.Column("department", sa.Text(), nullable=False),
        sa.Column("requested_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("person_id", sa.String(64)),
        sa.Column("event_id", sa.String(64), nullable=False),
        sa.Column("correlation_id", sa.String(64), nullable=False),
        sa.Column("answer", sa.String(16), nullable=False),
        sa.Column("answered_on", sa.Date()),
        sa.Column("delivered_on", sa.Date()),
        sa.Column("delivery_kind", sa.String(16), nullable=False),
        sa.Column("delivered_by", sa.Text(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_measure_area_due", "measure", ["area_code", "due_on"])
    op.create_index("ix_measure_household", "measure", ["household_id"])


def _measure_withdrawal() -> None:
    op.create_table(
        "measure_withdrawal",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("measure_id", sa.String(64), nullable=False),
        sa.Column("withdrawn_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_measure_withdrawal_measure", "measure_withdrawal", ["measure_id"])


def _member() -> None:
    op.create_table(
        "member",
        sa.Column("household_id", sa.String(64), primary_key=True),
        sa.Column("person_id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person_no", sa.String(64), nullable=False),
        sa.Column("relation", sa.String(8), nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("has_left", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_member_person", "member", ["person_id"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer, "sqlite"),
            primary_key=True,
            autoincrement=True,
        ),
        sa.Column("id", sa.String(64), nullable=False, unique=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("subject", sa.String(96), nullable=False),
        sa.Column("envelope", sa.Text(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True)),
        sa.Column("settled_at", sa.DateTime(timezone=True)),
    )
    op.create_index(
        "outbox_waiting",
        "outbox",
        ["position"],
        postgresql_where=sa.text("published_at IS NULL"),
        sqlite_where=sa.text("published_at IS NULL"),
    )


def _set_aside() -> None:
    op.create_table(
        "set_aside",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("subject", sa.String(96), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("code", sa.String(64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("times", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("resolved_at", sa.DateTime(timezone=True)),
    )
