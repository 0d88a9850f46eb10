from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import inspect

from services.finance.adapters.tables import metadata


def test_the_migrations_make_these_tables(service):
    """A migrated database has exactly the tables, columns and indexes of tables.py."""
    with service.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert [] == compare_metadata(context, metadata)
        assert set(metadata.tables) | {"alembic_version"} == set(inspect(connection).get_table_names())
