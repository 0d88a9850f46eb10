import time
from pathlib import Path

import pytest
from sqlalchemy import inspect, text

from shared.persistence.engine import open_engine
from shared.persistence.migrate import (
    DatabaseNewerError,
    Limits,
    MigrationLockedOutError,
    sql_of,
    state_of,
    upgrade,
)

QUICK = Limits(lock_seconds=0.2, tries=2, pause_seconds=0.05)
ENV = "from sqlalchemy import MetaData\nfrom shared.persistence.migrate import run_env\nrun_env(MetaData())\n"
STEPS = {
    "0001": "op.create_table('wells', sa.Column('id', sa.Integer(), primary_key=True))",
    "0002": "op.add_column('wells', sa.Column('depth', sa.Integer()))",
    "0003": "create_index_concurrently('wells_by_depth', 'wells', ['depth'])",
}


def write_migrations(folder: Path, *revisions: str) -> Path:
    """Write an invented service's migrations *revisions* into *folder*."""
    (folder / "versions").mkdir(parents=True, exist_ok=True)
    (folder / "env.py").write_text(ENV)
    before: str | None = None
    for revision in revisions:
        (folder / "versions" / f"{revision}_step.py").write_text(
            '"""A step."""\nimport sqlalchemy as sa\nfrom alembic import op\n'
            "from shared.persistence.concurrent_index import create_index_concurrently\n"
            f"revision = {revision!r}\ndown_revision = {before!r}\n\n"
            f"def upgrade():\n    {STEPS[revision]}\n"
        )
        before = revision
    return folder


@pytest.fixture(name="migrations")
def _migrations(tmp_path):
    return write_migrations(tmp_path / "migrations", *STEPS)


@pytest.fixture(name="engine", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _engine(request, tmp_path):
    url = f"sqlite:///{tmp_path}/one.db"
    engine = open_engine(url if request.param == "sqlite" else request.getfixturevalue("database"))
    yield engine
    engine.dispose()


@pytest.fixture(name="server_engine")
def _server_engine(database):
    engine = open_engine(database)
    yield engine
    engine.dispose()


def test_upgrade(engine, migrations):
    """What is missing is applied, in order, an index built beside the work included; again does nothing."""
    assert tuple(STEPS) == state_of(engine, migrations).missing
    upgrade(engine, migrations, QUICK)
    upgrade(engine, migrations, QUICK)
    assert () == state_of(engine, migrations).missing
    assert ["wells_by_depth"] == [index["name"] for index in inspect(engine).get_indexes("wells")]


def test_a_database_that_is_behind(engine, migrations, tmp_path):
    """A database at an older revision misses exactly what came after it."""
    upgrade(engine, write_migrations(tmp_path / "old", "0001"), QUICK)
    assert ("0002", "0003") == state_of(engine, migrations).missing
    assert "0001" == state_of(engine, migrations).current


def test_a_database_that_is_newer(engine, migrations, tmp_path):
    """An old release sees that the database is newer, misses nothing, and may not upgrade it."""
    old = write_migrations(tmp_path / "old", "0001")
    upgrade(engine, migrations, QUICK)
    state = state_of(engine, old)
    assert (True, ()) == (state.newer, state.missing)
    with pytest.raises(DatabaseNewerError):
        upgrade(engine, old, QUICK)


@pytest.mark.connected
def test_a_migration_gives_up_its_place_in_the_queue(server_engine, migrations, tmp_path):
    """While somebody holds the table, a migration tries again and again, and others get through between."""
    upgrade(server_engine, write_migrations(tmp_path / "old", "0001"), QUICK)
    with server_engine.connect() as busy:
        busy.execute(text("SELECT count(*) FROM wells"))  # keeps a lock until its transaction ends
        started = time.monotonic()
        with pytest.raises(MigrationLockedOutError):
            upgrade(server_engine, migrations, QUICK)
        assert 0.4 <= time.monotonic() - started < 5
    upgrade(server_engine, migrations, QUICK)
    assert () == state_of(server_engine, migrations).missing


@pytest.mark.connected
def test_what_was_migrated_stays(server_engine, migrations, tmp_path):
    """A migration that fails takes only itself back: those before it are done."""
    broken = write_migrations(tmp_path / "broken", "0001", "0002")
    (broken / "versions" / "0002_step.py").write_text(
        (broken / "versions" / "0002_step.py").read_text().replace("'wells', sa", "'gone', sa")
    )
    with pytest.raises(Exception, match="gone"):
        upgrade(server_engine, broken, QUICK)
    assert "0001" == state_of(server_engine, migrations).current


def test_the_statements_can_be_read_before_they_are_sent(migrations):
    """The SQL of what follows a revision names the table changed and the index built concurrently."""
    sql = sql_of(migrations, "0001")
    assert "CREATE TABLE wells" not in sql
    assert "ALTER TABLE wells ADD COLUMN depth INTEGER" in sql
    assert "CREATE INDEX CONCURRENTLY" in sql
