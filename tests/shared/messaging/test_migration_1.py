from datetime import UTC, datetime

import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.operations import Operations

from shared.messaging import migration_1
from shared.messaging.columns import UtcDateTime
from shared.messaging.tables import message_tables
from shared.persistence.engine import open_engine

OLD = sa.MetaData()
SET_ASIDE = sa.Table(
    "set_aside",
    OLD,
    sa.Column("event_id", sa.String(64), primary_key=True),
    sa.Column("type", sa.String(96), nullable=False),
    sa.Column("subject", sa.String(96), nullable=False),
    sa.Column("body", sa.Text(), nullable=False),
    sa.Column("kind", sa.String(16), nullable=False),
    sa.Column("code", sa.String(64), nullable=False),
    sa.Column("reason", sa.Text(), nullable=False),
    sa.Column("at", UtcDateTime(), nullable=False),
    sa.Column("times", sa.Integer(), nullable=False, server_default="1"),
    sa.Column("resolved_at", UtcDateTime()),
)
"""As the release before knows it."""
TEXTS = dict.fromkeys(("type", "subject", "body", "kind", "code", "reason"), "x")
ROW: dict[str, object] = TEXTS | {"at": datetime(2022, 6, 1, tzinfo=UTC)}
OURS = ("set_aside", "delayed_event", "reader_pause")


def test_the_release_before_goes_on(url):
    """It writes its rows into the tables the migration makes, which are those of the code; and back again."""
    new = sa.MetaData()
    message_tables(new)
    engine = open_engine(url)
    OLD.create_all(engine)
    with engine.begin() as connection:
        connection.execute(SET_ASIDE.insert().values(ROW | {"event_id": "before"}))
        context = MigrationContext.configure(connection)
        with Operations.context(context):
            migration_1.expand()
        connection.execute(SET_ASIDE.insert().values(ROW | {"event_id": "beside"}))
        readers = connection.execute(sa.select(new.tables["set_aside"].c.reader)).scalars()
        assert ["", ""] == list(readers)
        differences = [repr(one) for one in compare_metadata(context, new)]
        assert [] == [one for one in differences if any(f"'{table}'" in one for table in OURS)]
        with Operations.context(context):
            migration_1.contract()
        assert {"before", "beside"} == set(connection.execute(sa.select(SET_ASIDE.c.event_id)).scalars())
        assert ["set_aside"] == sorted(sa.inspect(connection).get_table_names())
    engine.dispose()
