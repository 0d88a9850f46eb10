"""How households live, who is responsible for helping them, every version of them."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the tables of this subject."""
    _living_conditions()
    _responsible_helpers()
    _household_versions()
    _takeovers()


def downgrade() -> None:
    """Take them away again."""
    op.drop_table("takeovers")
    op.drop_table("household_versions")
    op.drop_table("responsible_helpers")
    op.drop_table("living_conditions")


def _living_conditions() -> None:
    op.create_table(
        "living_conditions",
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), primary_key=True),
        sa.Column("farmland_mu", sa.Text()),
        sa.Column("irrigated_mu", sa.Text()),
        sa.Column("forest_mu", sa.Text()),
        sa.Column("returned_forest_mu", sa.Text()),
        sa.Column("orchard_mu", sa.Text()),
        sa.Column("grassland_mu", sa.Text()),
        sa.Column("water_mu", sa.Text()),
        sa.Column("road_type", sa.String(1)),
        sa.Column("road_hardened", sa.Boolean()),
        sa.Column("road_distance_km", sa.Text()),
        sa.Column("cooperative", sa.Boolean()),
        sa.Column("leading_enterprise", sa.Boolean()),
        sa.Column("entrepreneur", sa.Boolean()),
        sa.Column("industry_help", sa.Text(), nullable=False),
        sa.Column("house_dangerous", sa.Boolean()),
        sa.Column("house_grade", sa.String(1)),
        sa.Column("house_in_plan", sa.Boolean()),
        sa.Column("floor_m2", sa.Text()),
        sa.Column("safe_water", sa.Boolean()),
        sa.Column("tap_water", sa.Boolean()),
        sa.Column("supply_gap_under_day", sa.Boolean()),
        sa.Column("shower", sa.Boolean()),
        sa.Column("sanitary_toilet", sa.Boolean()),
        sa.Column("toilet_usable", sa.Boolean()),
        sa.Column("toilet_in_house", sa.Boolean()),
        sa.Column("toilet_in_yard", sa.Boolean()),
        sa.Column("toilet_kind", sa.String(3)),
        sa.Column("fuel", sa.String(3)),
        sa.Column("clean_energy", sa.Boolean()),
        sa.Column("clean_energy_kind", sa.String(3)),
        sa.Column("home_electricity", sa.Boolean()),
        sa.Column("work_electricity", sa.Boolean()),
        sa.Column("broadcast", sa.Boolean()),
        sa.Column("courtyard", sa.Boolean()),
        sa.Column("living_note", sa.String(200), nullable=False),
    )


def _responsible_helpers() -> None:
    op.create_table(
        "responsible_helpers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("helper_no", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("sex", sa.String(1)),
        sa.Column("political", sa.String(3)),
        sa.Column("unit", sa.String(60), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date()),
    )
    op.create_index("responsible_helpers_of_household", "responsible_helpers", ["household_id"])
    op.create_index("responsible_helpers_by_number", "responsible_helpers", ["helper_no"])


def _household_versions() -> None:
    op.create_table(
        "household_versions",
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), primary_key=True),
        sa.Column("version", sa.Integer(), primary_key=True),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("until_at", sa.DateTime(timezone=True)),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("household_no", sa.String(32), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("household_type", sa.String(9), nullable=False),
        sa.Column("lifted_out", sa.Boolean(), nullable=False),
        sa.Column("relocated", sa.Boolean(), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("head_name", sa.String(60), nullable=False),
        sa.Column("snapshot", sa.Text(), nullable=False),
    )
    op.create_index("household_versions_by_village", "household_versions", ["area_code", "known_at"])


def _takeovers() -> None:
    op.create_table(
        "takeovers",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("from_household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("from_person_id", sa.String(36), nullable=False),
        sa.Column("to_household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("to_person_id", sa.String(36), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("by", sa.String(64), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_index("takeovers_from", "takeovers", ["from_household_id"])
    op.create_index("takeovers_to", "takeovers", ["to_household_id"])
