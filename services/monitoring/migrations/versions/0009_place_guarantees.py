"""Housing, water, toilets, sewage, clean villages."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Add the tables of this subject."""
    _place_steps()
    _house_alerts()
    _house_looks()
    _rebuilds()
    _water_works()
    _water_tests()
    _water_rounds()
    _water_round_towns()
    _water_checks()
    _water_problems()
    _toilets()
    _toilet_problems()
    _public_toilets()
    _sewage_facilities()
    _site_checks()
    _cleaning_inspections()


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("cleaning_inspections")
    op.drop_table("site_checks")
    op.drop_table("sewage_facilities")
    op.drop_table("public_toilets")
    op.drop_table("toilet_problems")
    op.drop_table("toilets")
    op.drop_table("water_problems")
    op.drop_table("water_checks")
    op.drop_table("water_round_towns")
    op.drop_table("water_rounds")
    op.drop_table("water_tests")
    op.drop_table("water_works")
    op.drop_table("rebuilds")
    op.drop_table("house_looks")
    op.drop_table("house_alerts")
    op.drop_table("place_steps")


def _place_steps() -> None:
    op.create_table(
        "place_steps",
        sa.Column("process_id", sa.String(36), primary_key=True),
        sa.Column("sequence", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("step", sa.String(24), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("occurred_on", sa.Date(), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )


def _house_alerts() -> None:
    op.create_table(
        "house_alerts",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("open_household", sa.String(36), unique=True),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("raised_on", sa.Date(), nullable=False),
        sa.Column("grade", sa.String(1), nullable=False),
        sa.Column("appraised_on", sa.Date()),
        sa.Column("repair_due_on", sa.Date()),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("safe_on", sa.Date()),
    )
    op.create_index("house_alerts_by_state", "house_alerts", ["state", "area_code"])
    op.create_index("ix_house_alerts_household_id", "house_alerts", ["household_id"])


def _house_looks() -> None:
    op.create_table(
        "house_looks",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("danger", sa.Boolean(), nullable=False),
        sa.Column("alert_id", sa.String(36)),
        sa.Column("made_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_house_looks_household_id", "house_looks", ["household_id"])


def _rebuilds() -> None:
    op.create_table(
        "rebuilds",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("open_household", sa.String(36), unique=True),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("cause", sa.String(16), nullable=False),
        sa.Column("listed_on", sa.Date(), nullable=False),
        sa.Column("alert_id", sa.String(36)),
        sa.Column("occupied_on", sa.Date()),
    )
    op.create_index("ix_rebuilds_household_id", "rebuilds", ["household_id"])
    op.create_index("rebuilds_by_state", "rebuilds", ["state", "area_code"])


def _water_works() -> None:
    op.create_table(
        "water_works",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("works_no", sa.String(20), nullable=False, unique=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("supply", sa.String(1), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("population", sa.Integer(), nullable=False),
        sa.Column("built_year", sa.Integer()),
        sa.Column("pipes", sa.String(12), nullable=False),
        sa.Column("pipes_renovated_on", sa.Date()),
        sa.Column("maintainer", sa.String(40), nullable=False),
        sa.Column("maintainer_phone", sa.String(20), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_water_works_area_code", "water_works", ["area_code"])


def _water_tests() -> None:
    op.create_table(
        "water_tests",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("works_id", sa.String(36), sa.ForeignKey("water_works.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("tested_on", sa.Date(), nullable=False),
        sa.Column("failed_items", sa.String(200), nullable=False),
        sa.Column("laboratory", sa.String(100), nullable=False),
        sa.Column("retest_of", sa.String(36)),
    )
    op.create_index("water_tests_by_state", "water_tests", ["state", "area_code"])
    op.create_index("water_tests_of_works", "water_tests", ["works_id", "tested_on"])


def _water_rounds() -> None:
    op.create_table(
        "water_rounds",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("first_on", sa.Date(), nullable=False),
        sa.Column("last_on", sa.Date(), nullable=False),
        sa.UniqueConstraint("year", "number", name="water_rounds_of_year"),
    )


def _water_round_towns() -> None:
    op.create_table(
        "water_round_towns",
        sa.Column("round_id", sa.String(36), sa.ForeignKey("water_rounds.id"), primary_key=True),
        sa.Column("town", sa.String(9), primary_key=True),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("checked", sa.Integer(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=False),
    )


def _water_checks() -> None:
    op.create_table(
        "water_checks",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("round_id", sa.String(36), sa.ForeignKey("water_rounds.id"), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("supply", sa.String(1), nullable=False),
        sa.Column("quantity", sa.String(5), nullable=False),
        sa.Column("quality", sa.String(5), nullable=False),
        sa.Column("convenience", sa.String(5), nullable=False),
        sa.Column("assurance", sa.String(5), nullable=False),
        sa.Column("safe", sa.Boolean(), nullable=False),
        sa.Column("measured", sa.Text(), nullable=False),
        sa.Column("checked_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("ix_water_checks_household_id", "water_checks", ["household_id"])
    op.create_index("water_checks_of_round", "water_checks", ["round_id", "area_code", "household_id"])


def _water_problems() -> None:
    op.create_table(
        "water_problems",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("open_key", sa.String(60), unique=True),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("criterion", sa.String(16), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("cause", sa.String(60), nullable=False),
        sa.Column("closed_on", sa.Date()),
    )
    op.create_index("ix_water_problems_household_id", "water_problems", ["household_id"])
    op.create_index("water_problems_by_state", "water_problems", ["state", "area_code"])


def _toilets() -> None:
    op.create_table(
        "toilets",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("toilet_no", sa.String(20), nullable=False, unique=True),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(1), nullable=False),
        sa.Column("place", sa.String(8), nullable=False),
        sa.Column("built_year", sa.Integer(), nullable=False),
        sa.Column("seats", sa.Integer(), nullable=False),
        sa.Column("subsidy", sa.BigInteger(), nullable=False),
        sa.Column("usable", sa.Boolean(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_toilets_area_code", "toilets", ["area_code"])
    op.create_index("ix_toilets_household_id", "toilets", ["household_id"])


def _toilet_problems() -> None:
    op.create_table(
        "toilet_problems",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("toilet_id", sa.String(36), sa.ForeignKey("toilets.id"), nullable=False),
        sa.Column("open_toilet", sa.String(36), unique=True),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(1), nullable=False),
        sa.Column("tags", sa.Text(), nullable=False),
        sa.Column("found_on", sa.Date(), nullable=False),
        sa.Column("way", sa.String(12), nullable=False),
        sa.Column("plan", sa.Text(), nullable=False),
        sa.Column("route", sa.Text(), nullable=False),
        sa.Column("cost", sa.BigInteger(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("reopened", sa.Integer(), nullable=False),
    )
    op.create_index("ix_toilet_problems_household_id", "toilet_problems", ["household_id"])
    op.create_index("ix_toilet_problems_toilet_id", "toilet_problems", ["toilet_id"])
    op.create_index("toilet_problems_by_state", "toilet_problems", ["state", "area_code"])


def _public_toilets() -> None:
    op.create_table(
        "public_toilets",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(24), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date()),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("steps", sa.Integer(), nullable=False),
        sa.Column("site", sa.String(100), nullable=False),
        sa.Column("kind", sa.String(2), nullable=False),
        sa.Column("place", sa.String(2), nullable=False),
        sa.Column("caretaker", sa.Boolean(), nullable=False),
        sa.Column("planned_on", sa.Date(), nullable=False),
        sa.Column("opened_on", sa.Date()),
    )
    op.create_index("public_toilets_by_state", "public_toilets", ["state", "area_code"])


def _sewage_facilities() -> None:
    op.create_table(
        "sewage_facilities",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("facility_no", sa.String(20), nullable=False, unique=True),
        sa.Column("name", sa.String(100), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(8), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("in_use", sa.Boolean(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_sewage_facilities_area_code", "sewage_facilities", ["area_code"])


def _site_checks() -> None:
    op.create_table(
        "site_checks",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("site_id", sa.String(36), nullable=False),
        sa.Column("site_kind", sa.String(16), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("fine", sa.Boolean(), nullable=False),
        sa.Column("checked_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
    )
    op.create_index("site_checks_of_site", "site_checks", ["site_id", "checked_on"])


def _cleaning_inspections() -> None:
    op.create_table(
        "cleaning_inspections",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("inspected_on", sa.Date(), nullable=False),
        sa.Column("failed", sa.Text(), nullable=False),
        sa.Column("score", sa.Text(), nullable=False),
        sa.Column("inspected_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.UniqueConstraint("month", "area_code", name="cleaning_inspections_of_month"),
    )
