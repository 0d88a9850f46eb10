"""Households with all that is recorded of them, clues, timelines, messages."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    _clue_reports()
    _households()
    _idempotency()
    _inbox()
    _outbox()
    _set_aside()
    _timeline()
    _changes()
    _clues()
    _income_ledgers()
    _members()
    _relapses()
    _sample_checks()
    _unmaskings()
    _visits()


def downgrade() -> None:
    op.drop_table("visits")
    op.drop_table("unmaskings")
    op.drop_table("sample_checks")
    op.drop_table("relapses")
    op.drop_table("members")
    op.drop_table("income_ledgers")
    op.drop_table("clues")
    op.drop_table("changes")
    op.drop_table("timeline")
    op.drop_table("set_aside")
    op.drop_table("outbox")
    op.drop_table("inbox")
    op.drop_table("idempotency")
    op.drop_table("households")
    op.drop_table("clue_reports")


def _clue_reports() -> None:
    op.create_table(
        "clue_reports",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("clue_id", sa.String(36), nullable=False),
        sa.Column("source", sa.String(2), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=False),
        sa.Column("verify_due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("cause", sa.String(100), nullable=False),
        sa.Column("detail", sa.String(3), nullable=False),
        sa.Column("reported_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_clue_reports_clue_id", "clue_reports", ["clue_id"])


def _households() -> None:
    op.create_table(
        "households",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_no", sa.String(32), nullable=False, unique=True),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("household_type", sa.String(9), nullable=False),
        sa.Column("lifted_out", sa.Boolean(), nullable=False),
        sa.Column("lifted_out_year", sa.Integer()),
        sa.Column("relocated", sa.Boolean(), nullable=False),
        sa.Column("natural_village", sa.String(60), nullable=False),
        sa.Column("village_group", sa.String(30), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.String(32), nullable=False),
        sa.Column("bank", sa.String(60), nullable=False),
        sa.Column("bank_account", sa.Text(), nullable=False),
        sa.Column("identification_standard", sa.String(2)),
        sa.Column("first_identified", sa.String(6)),
        sa.Column("poverty_cause", sa.String(2)),
        sa.Column("last_resort", sa.Boolean()),
        sa.Column("development_help", sa.String(1)),
        sa.Column("veteran_family", sa.Boolean()),
        sa.Column("in_resettlement_site", sa.Boolean()),
        sa.Column("resettlement_site_id", sa.String(36)),
        sa.Column("resettlement_address", sa.String(200), nullable=False),
        sa.Column("grid_id", sa.String(36)),
        sa.Column("collector_name", sa.String(60), nullable=False),
        sa.Column("collector_phone", sa.Text(), nullable=False),
        sa.Column("contact_name", sa.String(60), nullable=False),
        sa.Column("contact_phone", sa.Text(), nullable=False),
        sa.Column("signed_by_head", sa.Boolean()),
        sa.Column("filled_on", sa.Date()),
        sa.Column("registered_on", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_households_area_code", "households", ["area_code"])
    op.create_index("ix_households_phone_hash", "households", ["phone_hash"])
    op.create_index("households_by_type", "households", ["household_type", "area_code"])


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


def _inbox() -> None:
    op.create_table(
        "inbox",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column(
            "position",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
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


def _timeline() -> None:
    op.create_table(
        "timeline",
        sa.Column("event_id", sa.String(64), primary_key=True),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("type", sa.String(96), nullable=False),
        sa.Column("data", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("timeline_of_household", "timeline", ["household_id", "occurred_on"])


def _changes() -> None:
    op.create_table(
        "changes",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(20), nullable=False),
        sa.Column("detail", sa.String(16), nullable=False),
        sa.Column("person_id", sa.String(36)),
        sa.Column("amount", sa.BigInteger(), nullable=False),
        sa.Column("happened_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("resolved_on", sa.Date()),
    )
    op.create_index("changes_of_household", "changes", ["household_id", "happened_on"])


def _clues() -> None:
    op.create_table(
        "clues",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("risk", sa.String(9), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("round", sa.Integer(), nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.Column("is_open", sa.Boolean(), nullable=False),
        sa.Column("first_reported_on", sa.Date(), nullable=False),
        sa.Column("last_reported_on", sa.Date(), nullable=False),
        sa.Column("verify_due_on", sa.Date(), nullable=False),
        sa.Column("outcome", sa.String(20)),
        sa.Column("verified_on", sa.Date()),
        sa.Column("verified_by", sa.String(64), nullable=False),
        sa.Column("case_id", sa.String(36)),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("clues_due", "clues", ["is_open", "verify_due_on"])
    op.create_index("ix_clues_household_id", "clues", ["household_id"])


def _income_ledgers() -> None:
    op.create_table(
        "income_ledgers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("period_first", sa.Date(), nullable=False),
        sa.Column("period_last", sa.Date(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("items", sa.Text(), nullable=False),
        sa.Column("claim_fen", sa.BigInteger(), nullable=False),
        sa.Column("self_paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("operating_fen", sa.BigInteger(), nullable=False),
        sa.Column("net_per_head_fen", sa.BigInteger(), nullable=False),
        sa.Column("reference_per_head_fen", sa.BigInteger(), nullable=False),
        sa.Column("line_fen", sa.BigInteger(), nullable=False),
        sa.Column("line_confirmed", sa.Boolean(), nullable=False),
        sa.Column("line_source", sa.Text(), nullable=False),
        sa.Column("line_since", sa.Date(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("income_ledgers_latest", "income_ledgers", ["household_id", "period_last", "recorded_at"])


def _members() -> None:
    op.create_table(
        "members",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("person_no", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("sex", sa.String(1), nullable=False),
        sa.Column("born_on", sa.Date(), nullable=False),
        sa.Column("relation", sa.String(3), nullable=False),
        sa.Column("labour_skill", sa.String(3), nullable=False),
        sa.Column("document", sa.String(2), nullable=False),
        sa.Column("id_number", sa.Text(), nullable=False),
        sa.Column("id_hash", sa.String(32), nullable=False),
        sa.Column("ethnicity", sa.String(3)),
        sa.Column("political", sa.String(3)),
        sa.Column("education", sa.String(3)),
        sa.Column("school_status", sa.String(3)),
        sa.Column("absence_reason", sa.String(3)),
        sa.Column("health", sa.Text(), nullable=False),
        sa.Column("disability_kind", sa.String(1)),
        sa.Column("disability_grade", sa.String(1)),
        sa.Column("disability_card_year", sa.Integer()),
        sa.Column("mandarin", sa.Boolean()),
        sa.Column("low_income", sa.String(1)),
        sa.Column("destitute", sa.String(1)),
        sa.Column("destitute_support_fen", sa.BigInteger()),
        sa.Column("resident_insurance", sa.Boolean()),
        sa.Column("employee_insurance", sa.Boolean()),
        sa.Column("serious_illness_insurance", sa.Boolean()),
        sa.Column("commercial_insurance", sa.Boolean()),
        sa.Column("resident_pension", sa.Boolean()),
        sa.Column("employee_pension", sa.Boolean()),
        sa.Column("accident_subsidy", sa.Boolean()),
        sa.Column("medical_relief", sa.Boolean()),
        sa.Column("other_health_help", sa.Boolean()),
        sa.Column("work_place", sa.String(6)),
        sa.Column("work_place_name", sa.String(60), nullable=False),
        sa.Column("employer", sa.String(100), nullable=False),
        sa.Column("work_months", sa.Integer()),
        sa.Column("abroad", sa.Boolean()),
        sa.Column("work_channel", sa.String(16)),
        sa.Column("industry", sa.String(60), nullable=False),
        sa.Column("graduate_work", sa.String(1)),
        sa.Column("posts", sa.Text(), nullable=False),
        sa.Column("post_months", sa.Integer()),
        sa.Column("relocated_person", sa.Boolean()),
        sa.Column("identified_month", sa.String(6)),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("phone_hash", sa.String(32), nullable=False),
        sa.Column("joined_on", sa.Date(), nullable=False),
        sa.Column("joined_reason", sa.String(2), nullable=False),
        sa.Column("left_on", sa.Date()),
        sa.Column("left_reason", sa.String(2), nullable=False),
    )
    op.create_index("ix_members_household_id", "members", ["household_id"])
    op.create_index("ix_members_name", "members", ["name"])
    op.create_index(
        "members_one_person_once",
        "members",
        ["id_hash"],
        unique=True,
        postgresql_where=sa.text("left_on IS NULL AND id_hash <> ''"),
        sqlite_where=sa.text("left_on IS NULL AND id_hash <> ''"),
    )
    op.create_index("members_by_id_number", "members", ["id_hash"])
    op.create_index("ix_members_phone_hash", "members", ["phone_hash"])


def _relapses() -> None:
    op.create_table(
        "relapses",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("cause", sa.String(9), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("found_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_relapses_household_id", "relapses", ["household_id"])


def _sample_checks() -> None:
    op.create_table(
        "sample_checks",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("finding", sa.String(16), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_sample_checks_household_id", "sample_checks", ["household_id"])


def _unmaskings() -> None:
    op.create_table(
        "unmaskings",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("ix_unmaskings_household_id", "unmaskings", ["household_id"])


def _visits() -> None:
    op.create_table(
        "visits",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("result", sa.String(2), nullable=False),
        sa.Column("risks", sa.Text(), nullable=False),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("visits_of_household", "visits", ["household_id", "made_on"])
