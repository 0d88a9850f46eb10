"""Resettlement sites, relocated households, grids, village decisions, disputes."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"

_TABLES = (
    "work_seen",
    "labour_surveys",
    "zero_employments",
    "housing_shortages",
    "relocation_returns",
    "facility_tasks",
    "resettlement_sites",
    "disputes",
    "village_decisions",
    "grid_workers",
    "grids",
)


def upgrade() -> None:
    """Add the tables of this subject, and of which grid a visit was."""
    op.add_column("visits", sa.Column("grid_id", sa.String(36)))
    op.create_index("ix_households_grid_id", "households", ["grid_id"])
    op.create_index("ix_households_resettlement_site_id", "households", ["resettlement_site_id"])
    _grids()
    _village_decisions()
    _matter("disputes", sa.Column("kind", sa.String(16), nullable=False))
    _sites()
    _of_household("relocation_returns", sa.Column("site_id", sa.String(36), nullable=False), _kind())
    op.create_index("relocation_returns_open", "relocation_returns", ["household_id", "kind"], **_OPEN)
    _of_household(
        "housing_shortages",
        sa.Column("site_id", sa.String(36), nullable=False),
        sa.Column("persons", sa.Integer(), nullable=False),
        sa.Column("floor_area", sa.Integer(), nullable=False),
    )
    op.create_index("housing_shortages_open", "housing_shortages", ["household_id"], **_OPEN)
    _of_household("zero_employments", sa.Column("willing", sa.Integer(), nullable=False))
    op.create_index("zero_employments_open", "zero_employments", ["household_id"], **_OPEN)
    _labour_surveys()
    _work_seen()


def downgrade() -> None:
    """Take them away again."""
    for table in _TABLES:
        op.drop_table(table)
    op.drop_index("ix_households_resettlement_site_id", "households")
    op.drop_index("ix_households_grid_id", "households")
    with op.batch_alter_table("visits") as visits:
        visits.drop_column("grid_id")


_OPEN = {
    "unique": True,
    "postgresql_where": sa.text("closed_on IS NULL"),
    "sqlite_where": sa.text("closed_on IS NULL"),
}


def _kind() -> sa.Column:
    return sa.Column("kind", sa.String(16), nullable=False)


def _matter(name: str, *more: sa.Column) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("opened_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("limit_confirmed", sa.Boolean(), nullable=False),
        sa.Column("opened_by", sa.String(64), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("closed_on", sa.Date()),
        sa.Column("way", sa.String(16), nullable=False),
        sa.Column("closed_by", sa.String(64), nullable=False),
        sa.Column("closing_note", sa.Text(), nullable=False),
        *more,
    )
    op.create_index(f"{name}_by_area", name, ["area_code", "closed_on", "due_on"])


def _of_household(name: str, *more: sa.Column) -> None:
    household = sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False)
    _matter(name, household, *more)
    op.create_index(f"ix_{name}_household_id", name, ["household_id"])


def _grids() -> None:
    op.create_table(
        "grids",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("level", sa.String(8), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("active", sa.Boolean(), nullable=False),
        sa.Column("households", sa.Integer(), nullable=False),
        sa.Column("recorded_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_grids_area_code", "grids", ["area_code"])
    op.create_table(
        "grid_workers",
        sa.Column("grid_id", sa.String(36), sa.ForeignKey("grids.id"), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("login", sa.String(40), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("head", sa.Boolean(), nullable=False),
    )
    op.create_index("ix_grid_workers_login", "grid_workers", ["login"])


def _village_decisions() -> None:
    op.create_table(
        "village_decisions",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("title", sa.String(100), nullable=False),
        sa.Column("begun_on", sa.Date(), nullable=False),
        sa.Column("steps", sa.Text(), nullable=False),
        sa.Column("filed_on", sa.Date()),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.Column("filed_by", sa.String(64), nullable=False),
    )
    op.create_index("village_decisions_by_area", "village_decisions", ["area_code", "filed_on"])


def _sites() -> None:
    op.create_table(
        "resettlement_sites",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("address", sa.String(200), nullable=False),
        sa.Column("invented", sa.Boolean(), nullable=False),
        sa.Column("needs", sa.Text(), nullable=False),
        sa.Column("planned_on", sa.Date()),
        sa.Column("duties", sa.Text(), nullable=False),
        sa.Column("duties_signed_on", sa.Date()),
        sa.Column("recorded_on", sa.Date(), nullable=False),
        sa.Column("recorded_by", sa.String(64), nullable=False),
        sa.UniqueConstraint("area_code", "name", name="resettlement_sites_name"),
    )
    site = sa.Column("site_id", sa.String(36), sa.ForeignKey("resettlement_sites.id"), nullable=False)
    _matter("facility_tasks", site, _kind())
    op.create_index("ix_facility_tasks_site_id", "facility_tasks", ["site_id"])


def _labour_surveys() -> None:
    op.create_table(
        "labour_surveys",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), sa.ForeignKey("households.id"), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("half", sa.String(5), nullable=False),
        sa.Column("labourers", sa.Integer(), nullable=False),
        sa.Column("surveyed", sa.Integer(), nullable=False),
        sa.Column("willing", sa.Integer(), nullable=False),
        sa.Column("surveyed_on", sa.Date(), nullable=False),
        sa.Column("surveyed_by", sa.String(64), nullable=False),
    )
    op.create_index("labour_surveys_by_half", "labour_surveys", ["half", "area_code"])
    op.create_index("labour_surveys_of_household", "labour_surveys", ["household_id", "surveyed_on"])


def _work_seen() -> None:
    op.create_table(
        "work_seen",
        sa.Column("spell_id", sa.String(64), primary_key=True),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("started_on", sa.Date()),
        sa.Column("ended_on", sa.Date()),
        sa.Column("place", sa.String(12), nullable=False),
    )
    op.create_index("work_seen_of_household", "work_seen", ["household_id", "ended_on"])
