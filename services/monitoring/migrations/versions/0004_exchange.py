"""Files that came in or go out, their rows, what a preview found."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_INSTANT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Add the tables of this subject."""
    op.create_table(
        "import_file_parts",
        sa.Column("hash", sa.String(64), primary_key=True),
        sa.Column("position", sa.Integer(), primary_key=True),
        sa.Column("content", sa.Text(), nullable=False),
    )
    _jobs()
    _rows()
    op.create_table(
        "data_exports",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("file_kind", sa.String(4), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("whole_numbers", sa.Boolean(), nullable=False),
        sa.Column("reason", sa.String(200), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("asked_at", _INSTANT, nullable=False),
    )
    op.create_index("ix_data_exports_asked_at", "data_exports", ["asked_at"])


def downgrade() -> None:
    """Take them away again."""
    for table in ("data_exports", "import_rows", "import_jobs", "import_file_parts"):
        op.drop_table(table)


def _jobs() -> None:
    op.create_table(
        "import_jobs",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("format", sa.String(40), nullable=False),
        sa.Column("file_hash", sa.String(64), nullable=False),
        sa.Column("file_name", sa.String(120), nullable=False),
        sa.Column("file_size", sa.BigInteger(), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("department", sa.String(40), nullable=False),
        sa.Column("month", sa.String(6), nullable=False),
        sa.Column("complete", sa.Boolean(), nullable=False),
        sa.Column("uploaded_by", sa.String(64), nullable=False),
        sa.Column("uploaded_at", _INSTANT, nullable=False),
        sa.Column("state", sa.String(12), nullable=False),
        sa.Column("counts", sa.Text(), nullable=False),
        sa.Column("taken_at", _INSTANT),
        sa.Column("previewed_at", _INSTANT),
        sa.Column("approved_by", sa.String(64), nullable=False),
        sa.Column("ended_at", _INSTANT),
        sa.Column("problem_code", sa.String(60), nullable=False),
        sa.Column("problem_zh", sa.Text(), nullable=False),
        sa.Column("problem_en", sa.Text(), nullable=False),
    )
    for column in ("file_hash", "uploaded_at", "state"):
        op.create_index(f"ix_import_jobs_{column}", "import_jobs", [column])


def _rows() -> None:
    op.create_table(
        "import_rows",
        sa.Column("id", sa.String(48), primary_key=True),
        sa.Column("job_id", sa.String(36), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("household_no", sa.String(32), nullable=False),
        sa.Column("household_id", sa.String(36)),
        sa.Column("household_version", sa.Integer()),
        sa.Column("person_id", sa.String(36)),
        sa.Column("outcome", sa.String(10), nullable=False),
        sa.Column("problems", sa.Text(), nullable=False),
        sa.Column("content", sa.Text()),
    )
    op.create_index("import_rows_in_order", "import_rows", ["job_id", "outcome", "number"])
    op.create_index("import_rows_by_household", "import_rows", ["job_id", "household_no"])
