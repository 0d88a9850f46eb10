import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from shared.accounts import Accounts
from shared.accounts.store import bring_up
from shared.accounts.tables import MIGRATIONS, VERSION_TABLE, metadata
from shared.persistence.engine import open_engine
from shared.persistence.migrate import sql_of, state_of


def test_the_migrations_make_these_tables(accounts):
    """A migrated accounts' database has exactly the tables, columns and indexes of tables.py."""
    with accounts._engine.connect() as connection:
        options = {"compare_type": True, "version_table": VERSION_TABLE}
        context = MigrationContext.configure(connection, opts=options)
        assert [] == compare_metadata(context, metadata)
        assert {*metadata.tables, VERSION_TABLE} == set(sa.inspect(connection).get_table_names())


def test_a_database_from_before_migrations(tmp_path, passwords, clerk):
    """Accounts that an older release created lose nothing and get what is new."""
    engine = open_engine(f"sqlite:///{tmp_path / 'old.db'}")
    old = sa.MetaData()
    for table in metadata.tables.values():
        columns = [column._copy() for column in table.columns if column.name != "subject"]
        sa.Table(table.name, old, *columns)
    old.create_all(engine)
    with engine.begin() as connection:
        values = "'1', 'clerk', '经办', 'town', '固关镇', '610327109', 'zh', 'x', 0"
        connection.exec_driver_sql(
            "INSERT INTO accounts (id, login, display_name, role, unit, area_code, language, password_hash,"
            f" disabled) VALUES ({values})"
        )
    assert ["clerk"] == [one.login for one in Accounts(engine, passwords=passwords).every()]
    assert () == state_of(engine, MIGRATIONS, version_table=VERSION_TABLE).missing
    engine.dispose()


def test_a_newer_database(accounts):
    """A release that meets a database newer than itself leaves it as it is."""
    with accounts._engine.begin() as connection:
        connection.exec_driver_sql(f"UPDATE {VERSION_TABLE} SET version_num = '9999'")
    bring_up(accounts._engine)
    assert state_of(accounts._engine, MIGRATIONS, version_table=VERSION_TABLE).newer


def test_the_subject_column_can_be_added_while_an_old_release_writes():
    """It is nothing but a nullable column and its index."""
    sql = sql_of(MIGRATIONS, "0001", "0002")
    assert "ALTER TABLE accounts ADD COLUMN subject VARCHAR(255);" in sql
    assert "NOT NULL" not in sql
