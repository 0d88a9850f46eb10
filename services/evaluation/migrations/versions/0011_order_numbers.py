"""A supervision letter is known by its number: no two of one number."""

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    _tell_apart()
    op.create_index("ux_supervision_order_number", "supervision_order", ["number"], unique=True)


def _tell_apart() -> None:
    """Mark the later ones of a number given twice with their place among them."""
    order = sa.table("supervision_order", sa.column("id"), sa.column("number"), sa.column("issued_at"))
    seen: dict[str, int] = {}
    rows = op.get_bind().execute(
        sa.select(order.c.id, order.c.number).order_by(order.c.issued_at, order.c.id)
    )
    for order_id, number in rows.all():
        seen[number] = seen.get(number, 0) + 1
        if seen[number] > 1:
            change = sa.update(order).where(order.c.id == order_id)
            op.get_bind().execute(change.values(number=f"{number[:56]}（重{seen[number]}）"))


def downgrade() -> None:
    op.drop_index("ux_supervision_order_number", "supervision_order")
