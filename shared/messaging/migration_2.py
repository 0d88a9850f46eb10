"""What traces added to every service's outbox. Frozen: four numbered migrations stand on it."""

import sqlalchemy as sa
from alembic import op


def expand() -> None:
    """Add a column that may be empty; a release that does not know it goes on writing its rows."""
    op.add_column("outbox", sa.Column("traceparent", sa.String(55)))


def contract() -> None:
    """Take it away again."""
    op.drop_column("outbox", "traceparent")
