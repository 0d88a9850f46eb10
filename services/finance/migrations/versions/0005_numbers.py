"""A line of money, a project, an asset and a facility are each known by their number."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_NUMBERS = {"fund_line": "line_no", "project": "project_no", "asset": "asset_no", "facility": "facility_no"}
_STANDS = sa.text("state <> 'withdrawn'")


def upgrade() -> None:
    for table, number in _NUMBERS.items():
        _tell_apart(table, number)
        op.create_index(
            f"ux_{table}_{number}",
            table,
            [number],
            unique=True,
            postgresql_where=_STANDS,
            sqlite_where=_STANDS,
        )


def _tell_apart(name: str, number: str) -> None:
    """Mark the later ones of a number given twice with their place among them."""
    table = sa.table(name, sa.column("id"), sa.column(number), sa.column("state"))
    seen: dict[str, int] = {}
    stands = sa.select(table.c.id, table.c[number]).where(table.c.state != "withdrawn")
    for row_id, given in op.get_bind().execute(stands.order_by(table.c.id)).all():
        seen[given] = seen.get(given, 0) + 1
        if seen[given] > 1:
            change = sa.update(table).where(table.c.id == row_id)
            op.get_bind().execute(change.values({number: f"{given[:32]}（重{seen[given]}）"}))


def downgrade() -> None:
    for table, number in _NUMBERS.items():
        op.drop_index(f"ux_{table}_{number}", table)
