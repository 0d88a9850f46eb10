"""Databases on the command line."""

import pytest
from sqlalchemy import create_engine, text
from typer.testing import CliRunner

from deploy import hosting
from deploy.commands import app
from deploy.databases import DATABASES, UnknownDatabaseError, opened
from deploy.db_commands import UnknownBackfillError


@pytest.fixture(name="run")
def _run(monkeypatch, tmp_path):
    """``shouxian`` on databases in a directory that is not there yet."""
    for name in hosting.NAMES:
        monkeypatch.setenv(f"{name.upper()}_DATABASE_URL", f"sqlite:///{tmp_path}/new/{name}.db")
    monkeypatch.setenv("SHOUXIAN_ACCOUNTS_URL", f"sqlite:///{tmp_path}/new/accounts.db")
    return lambda *words: CliRunner().invoke(app, words)


def change(tmp_path, name, statement):
    """Change the database *name* behind the program's back."""
    engine = create_engine(f"sqlite:///{tmp_path}/new/{name}.db")
    with engine.begin() as connection:
        connection.execute(text(statement))
    engine.dispose()


def test_upgrade_brings_every_database_up(run):
    """Without a name every database is made, the accounts' too; then check has nothing to say."""
    upgraded = run("db", "upgrade")
    assert (0, len(DATABASES)) == (upgraded.exit_code, upgraded.output.count("upgraded"))
    checked = run("db", "check")
    assert (0, "") == (checked.exit_code, checked.output)
    assert len(DATABASES) == run("db", "status").output.count("up to date")


def test_the_old_command_still_upgrades(run):
    """``shouxian upgrade SERVICE`` does what ``db upgrade SERVICE`` does."""
    assert 0 == run("upgrade", "finance").exit_code
    assert 0 == run("db", "check", "finance").exit_code


def test_a_database_that_is_behind(run, tmp_path):
    """Check exits 3 and names what is missing; status shows it; neither changes anything."""
    run("db", "upgrade", "finance")
    change(tmp_path, "finance", "UPDATE alembic_version SET version_num = '0002'")
    checked = run("db", "check", "finance")
    assert 3 == checked.exit_code
    assert "missing 0003 0004" in checked.output
    assert "missing 0003, 0004" in run("db", "status", "finance").output


def test_a_database_that_is_newer(run, tmp_path):
    """Check exits 4, a warning; status says so; an upgrade refuses in words."""
    run("db", "upgrade", "finance", "accounts")
    change(tmp_path, "finance", "UPDATE alembic_version SET version_num = '9999'")
    assert 4 == run("db", "check", "finance", "accounts").exit_code
    assert "newer" in run("db", "status", "finance").output
    assert "9999" in str(run("db", "upgrade", "finance").exception)


def test_a_database_that_cannot_be_reached(run, monkeypatch):
    """Check, status and upgrade say so in a line, without an address or a traceback."""
    monkeypatch.setenv("FINANCE_DATABASE_URL", "postgresql+psycopg://nobody:secret@localhost:1/finance")
    for words in (("check",), ("upgrade",)):
        result = run("db", *words, "finance")
        assert (5, "finance  连不上 not reachable\n") == (result.exit_code, result.output)
    assert "not reachable" in run("db", "status", "finance").output


def test_names_that_are_nobodys():
    """A database of another name is refused before anything is opened."""
    with pytest.raises(UnknownDatabaseError), opened("household"):
        pass


def test_a_backfill_that_there_is_not(run):
    """A backfill of another name is refused; a service without any has nothing to do."""
    assert isinstance(run("db", "backfill", "finance", "loans").exception, UnknownBackfillError)
    assert 0 == run("db", "backfill", "finance").exit_code
