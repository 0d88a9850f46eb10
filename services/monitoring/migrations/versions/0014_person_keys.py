"""A key per person, so that a person can be erased and digests stay."""

import sqlalchemy as sa
from alembic import op

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Add the tables; a database without households seals by person at once, others after the backfill."""
    op.create_table(
        "person_keys",
        sa.Column("owner_id", sa.String(36), primary_key=True),
        sa.Column("key", sa.Text(), nullable=False),
    )
    op.create_table(
        "person_sealing",
        sa.Column("id", sa.Integer(), primary_key=True, autoincrement=False),
        sa.Column("since", sa.DateTime(timezone=True), nullable=False),
    )
    op.create_table(
        "erased_persons",
        sa.Column("owner_id", sa.String(36), primary_key=True),
        sa.Column("erasure_id", sa.String(36), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=False),
    )
    _erasures()
    # The release that still runs reads this as false of what it writes: sealed as a whole.
    op.add_column(
        "household_versions", sa.Column("by_person", sa.Boolean(), nullable=False, server_default=sa.false())
    )
    op.execute(
        "INSERT INTO person_sealing (id, since) SELECT 1, CURRENT_TIMESTAMP"
        " WHERE NOT EXISTS (SELECT 1 FROM households)"
    )


def downgrade() -> None:
    """Take the empty tables away; what is sealed by person could no longer be opened."""
    with op.batch_alter_table("household_versions") as versions:
        versions.drop_column("by_person")
    for table in ("erasures", "erased_persons", "person_sealing", "person_keys"):
        op.drop_table(table)


def _erasures() -> None:
    op.create_table(
        "erasures",
        sa.Column("id", sa.String(36), primary_key=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("household_id", sa.String(36), nullable=False),
        sa.Column("area_code", sa.String(12), nullable=False),
        sa.Column("person_id", sa.String(36), nullable=False),
        sa.Column("ground", sa.String(20), nullable=False),
        sa.Column("doubts", sa.Text(), nullable=False),
        sa.Column("override_reason", sa.Text(), nullable=False),
        sa.Column("asked_by", sa.String(64), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("state", sa.String(10), nullable=False),
        sa.Column("settled_by", sa.String(64), nullable=False),
        sa.Column("settled_on", sa.Date()),
        sa.Column("rows", sa.Integer()),
    )
    op.create_index("ix_erasures_household_id", "erasures", ["household_id"])
    op.create_index("erasures_waiting", "erasures", ["state", "asked_on"])
