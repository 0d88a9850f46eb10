import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from services.evaluation.adapters.tables import metadata
from shared.persistence.migrate import pending


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def test_migrations_make_the_tables_the_code_uses(kind, request, new_service):
    """A migrated database and tables.py say the same."""
    service = new_service(request.getfixturevalue("database") if kind == "postgresql" else None)
    with service.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": kind == "postgresql"})
        assert [] == compare_metadata(context, metadata)
    assert [] == pending(service.engine, service.settings.migrations_dir)
    service.engine.dispose()
