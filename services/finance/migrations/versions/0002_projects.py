"""Funds, projects, assets and their keepers."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"

_KINDS = (
    "fund_line",
    "project",
    "announcement",
    "asset",
    "asset_inspection",
    "asset_problem",
    "facility",
    "keeper_pay",
    "association_loan",
    "station_income",
    "firm_project",
)


def _process(name: str, *columns: sa.Column[object]) -> None:
    op.create_table(
        name,
        sa.Column("id", sa.String(64), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("state", sa.String(16), nullable=False),
        sa.Column("last_step_on", sa.Date(), nullable=False),
        sa.Column("history", sa.Text(), nullable=False),
        *columns,
    )
    op.create_index(f"ix_{name}_area", name, ["area_code", "state"])


def _fund_line() -> None:
    _process(
        "fund_line",
        sa.Column("line_no", sa.String(40), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(16), nullable=False),
        sa.Column("industry", sa.Boolean(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("project_id", sa.String(64), nullable=False),
        sa.Column("arranged_fen", sa.BigInteger(), nullable=False),
        sa.Column("issued_fen", sa.BigInteger(), nullable=False),
        sa.Column("paid_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_fund_line_project_id", "fund_line", ["project_id"])


def _project() -> None:
    _process(
        "project",
        sa.Column("project_no", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("funding", sa.String(16), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("planned_fen", sa.BigInteger(), nullable=False),
        sa.Column("reviews", sa.Text(), nullable=False),
        sa.Column("without_reviews", sa.Text(), nullable=False),
        sa.Column("benefit_modes", sa.Text(), nullable=False),
        sa.Column("benefit_ratio", sa.Text()),
        sa.Column("progress_percent", sa.Integer(), nullable=False),
        sa.Column("start_due_on", sa.Date()),
        sa.Column("accept_due_on", sa.Date()),
    )


def _announcement() -> None:
    _process(
        "announcement",
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("project_id", sa.String(64), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("link", sa.Text(), nullable=False),
        sa.Column("total_fen", sa.BigInteger(), nullable=False),
        sa.Column("register_fen", sa.BigInteger(), nullable=False),
        sa.Column("missing", sa.Text(), nullable=False),
        sa.Column("link_ok", sa.Boolean(), nullable=False),
        sa.Column("numbers_match", sa.Boolean(), nullable=False),
        sa.Column("published_on", sa.Date()),
    )


def _asset() -> None:
    _process(
        "asset",
        sa.Column("asset_no", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("project_id", sa.String(64), nullable=False),
        sa.Column("project_year", sa.Integer(), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("value_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("audited_years", sa.Text(), nullable=False),
        sa.Column("sampled_on", sa.Date()),
        sa.Column("in_good_state", sa.Boolean()),
    )
    op.create_index("ix_asset_project_id", "asset", ["project_id"])


def _asset_inspection() -> None:
    _process(
        "asset_inspection",
        sa.Column("quarter", sa.String(8), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("assets_seen", sa.Integer(), nullable=False),
        sa.Column("paper_no", sa.String(60), nullable=False),
    )


def _asset_problem() -> None:
    _process(
        "asset_problem",
        sa.Column("inspection_id", sa.String(64), nullable=False),
        sa.Column("asset_id", sa.String(64), nullable=False),
        sa.Column("category", sa.String(16), nullable=False),
        sa.Column("unit", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
    )
    op.create_index("ix_asset_problem_asset_id", "asset_problem", ["asset_id"])
    op.create_index("ix_asset_problem_inspection_id", "asset_problem", ["inspection_id"])


def _facility() -> None:
    _process(
        "facility",
        sa.Column("facility_no", sa.String(40), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("keepers", sa.Text(), nullable=False),
        sa.Column("wage_fen", sa.BigInteger(), nullable=False),
        sa.Column("kept_since", sa.Date()),
        sa.Column("sampled_on", sa.Date()),
        sa.Column("passed", sa.Boolean()),
    )


def _keeper_pay() -> None:
    _process(
        "keeper_pay",
        sa.Column("facility_id", sa.String(64), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date()),
    )
    op.create_index("ix_keeper_pay_facility_id", "keeper_pay", ["facility_id"])


def _association_loan() -> None:
    _process(
        "association_loan",
        sa.Column("association", sa.Text(), nullable=False),
        sa.Column("member_no", sa.String(40), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("valid", sa.Boolean(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(32), nullable=False),
    )


def _station_income() -> None:
    _process(
        "station_income",
        sa.Column("station_no", sa.String(40), nullable=False),
        sa.Column("period", sa.String(8), nullable=False),
        sa.Column("income_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("wages_fen", sa.BigInteger(), nullable=False),
        sa.Column("works_fen", sa.BigInteger(), nullable=False),
        sa.Column("awards_fen", sa.BigInteger(), nullable=False),
        sa.Column("by_rule", sa.Boolean(), nullable=False),
        sa.Column("announced", sa.Boolean(), nullable=False),
    )


def _firm_project() -> None:
    _process(
        "firm_project",
        sa.Column("firm", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(16), nullable=False),
        sa.Column("amount_fen", sa.BigInteger(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
    )


def upgrade() -> None:
    """Add a table for each kind."""
    _fund_line()
    _project()
    _announcement()
    _asset()
    _asset_inspection()
    _asset_problem()
    _facility()
    _keeper_pay()
    _association_loan()
    _station_income()
    _firm_project()


def downgrade() -> None:
    """Take them away again."""
    for name in reversed(_KINDS):
        op.drop_table(name)
