import json

import pytest
from sqlalchemy import text

from deploy.backup.copying import is_empty
from deploy.backup.manifest import BackupUnreadableError, read_manifest
from deploy.backup.restoring import BackupNewerError, NotEmptyError, OtherBackupError, restore
from deploy.backup.taking import DirectoryTakenError, check_backup, take_backup
from deploy.databases import Database, migrations_of
from shared.audit.by_hand import enter_by_hand
from shared.audit.verify import verify
from shared.persistence.engine import open_engine
from shared.persistence.migrate import Limits


@pytest.fixture(name="new_database")
def _new_database(request, tmp_path):
    opened: list[Database] = []

    def make(url=None, name="employment"):
        address = url or f"sqlite:///{tmp_path}/{len(opened)}.db"
        opened.append(Database(name, open_engine(address), *migrations_of(name)))
        return opened[-1]

    yield make
    for one in opened:
        one.engine.dispose()


@pytest.fixture(name="database_", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _database(request, new_database):
    url = None if request.param == "sqlite" else request.getfixturevalue("database")
    made = new_database(url)
    made.upgrade(Limits())
    enter_by_hand(made.engine, "well.dig")
    return made


def count(database, table):
    with database.engine.connect() as connection:
        return connection.execute(text(f"SELECT count(*) FROM {table}")).scalar_one()


def test_a_backup_restores_what_was_there(database_, tmp_path):
    """Everything as of the backup is back, later changes are not; guards and chain hold as before."""
    manifest = take_backup(database_, tmp_path / "backup")
    enter_by_hand(database_.engine, "well.fill")
    restored, applied = restore(database_, tmp_path / "backup", replace=True)
    assert (manifest, ()) == (restored, applied)
    assert 3 == count(database_, "audit_entry")  # dug, backed up, restored
    assert None is verify(database_.engine).finding
    with pytest.raises(Exception, match="stays as it is"), database_.engine.begin() as connection:
        connection.execute(text("DELETE FROM audit_entry"))


def test_a_database_that_holds_something_is_not_overwritten(database_, tmp_path):
    """Without --replace a restore leaves a database alone that is not empty."""
    take_backup(database_, tmp_path / "backup")
    enter_by_hand(database_.engine, "well.fill")
    with pytest.raises(NotEmptyError):
        restore(database_, tmp_path / "backup")
    assert 3 == count(database_, "audit_entry")


def test_a_backup_has_a_directory_of_its_own(database_, tmp_path):
    """No backup is written over another, and no other user of the machine reads it."""
    (tmp_path / "backup").mkdir(mode=0o755)
    take_backup(database_, tmp_path / "backup")
    assert 0o700 == (tmp_path / "backup").stat().st_mode & 0o777
    with pytest.raises(DirectoryTakenError):
        take_backup(database_, tmp_path / "backup")


def test_a_damaged_backup_is_refused_before_anything_is_touched(database_, tmp_path):
    """One byte that is another: it is named, and the database still has what it had."""
    manifest = take_backup(database_, tmp_path / "backup")
    assert manifest == check_backup(tmp_path / "backup")[0]
    (name,) = manifest.files
    file = tmp_path / "backup" / name
    whole = bytearray(file.read_bytes())
    whole[len(whole) // 2] ^= 1
    file.write_bytes(whole)
    for tried in (
        lambda: check_backup(tmp_path / "backup"),
        lambda: restore(database_, tmp_path / "backup", replace=True),
    ):
        with pytest.raises(BackupUnreadableError):
            tried()
    assert 2 == count(database_, "audit_entry")


def test_a_newer_backup_is_refused(database_, tmp_path):
    """A release does not restore what a newer one has written; an empty database stays empty."""
    take_backup(database_, tmp_path / "backup")
    file = tmp_path / "backup" / "manifest.json"
    said = json.loads(file.read_text())
    said["figures"]["revision"] = "9999"
    file.write_text(json.dumps(said))
    with pytest.raises(BackupNewerError):
        restore(database_, tmp_path / "backup", replace=True)


def test_an_older_backup_is_upgraded(new_database, tmp_path):
    """A backup of the release before is brought to this one's tables after it was restored."""
    from alembic import command

    from shared.persistence.migrate import _config

    old = new_database()
    with old.engine.connect().execution_options(writing=True) as connection, connection.begin():
        config = _config(old.migrations)
        config.attributes.update(connection=connection, apart=False)
        command.upgrade(config, "0004")
    take_backup(old, tmp_path / "backup")
    target = new_database()
    manifest, applied = restore(target, tmp_path / "backup")
    assert "0004" == manifest.figures.revision
    assert () == target.state().missing
    assert set(applied) == {r for r in applied if r > "0004"}


def test_anothers_backup_is_refused(new_database, tmp_path):
    """A backup of employment does not go into finance."""
    employment, finance = new_database(), new_database(name="finance")
    employment.upgrade(Limits())
    take_backup(employment, tmp_path / "backup")
    with pytest.raises(OtherBackupError):
        restore(finance, tmp_path / "backup")
    assert is_empty(finance.engine)


def test_the_manifest_tells_how_far_it_went(database_, tmp_path):
    """Revision, events, audit head and the file's digest stand in the manifest, and no password."""
    manifest = take_backup(database_, tmp_path / "backup")
    assert ("employment", 0, 0, 2) == (
        manifest.service,
        manifest.figures.outbox_position,
        manifest.figures.inbox_count,
        manifest.figures.audit_seq,
    )
    assert manifest == read_manifest(tmp_path / "backup")
