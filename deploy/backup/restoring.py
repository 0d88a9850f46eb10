"""Restoring a database from a backup, and bringing an older one up to this release."""

from contextlib import closing
from pathlib import Path
from sqlite3 import connect

from deploy.backup.copying import copy_in, empty, is_empty
from deploy.backup.manifest import BackupUnreadableError, Manifest
from deploy.backup.taking import check_backup
from deploy.databases import Database
from shared.audit.by_hand import enter_by_hand
from shared.kernel.errors import ConflictError
from shared.persistence.migrate import Limits


class NotEmptyError(ConflictError):
    """Raised instead of overwriting a database that holds something."""

    code = "database_not_empty"
    zh = "数据库 {name} 不是空的；确要覆盖请加 --replace（其中内容将全部丢失）"
    en = "The database {name} is not empty; --replace overwrites it, and all in it is lost"


class BackupNewerError(ConflictError):
    """Raised for a backup of a newer release: this one does not know its tables."""

    code = "backup_newer"
    zh = "备份的版本（{revision}）比本程序（{head}）新：请用新版本程序恢复"
    en = "The backup ({revision}) is newer than this release ({head}): restore it with the newer release"


class OtherBackupError(ConflictError):
    """Raised for a backup of another database, or of another kind of server."""

    code = "other_backup"
    zh = "这是 {service}（{kind}）的备份，不能恢复到 {name}"
    en = "This is a backup of {service} ({kind}); it does not go into {name}"


def restore(
    database: Database, directory: Path, *, replace: bool = False
) -> tuple[Manifest, tuple[str, ...]]:
    """Restore *database* from *directory* and return the manifest and the migrations applied afterwards.

    Nothing is touched before the backup was found whole, and its own. Raises BackupUnreadableError,
    OtherBackupError, BackupNewerError and NotEmptyError. Its sites and workers must be stopped.
    """
    manifest, _ = check_backup(directory)
    _ensure_fits(database, manifest)
    (name,) = manifest.files
    if manifest.kind == "sqlite" and _revision_in(directory / name, database) != manifest.figures.revision:
        raise BackupUnreadableError(directory=directory.name, what=name)
    if not is_empty(database.engine):
        if not replace:
            raise NotEmptyError(name=database.name)
        empty(database.engine)
    copy_in(database.engine, directory / name)
    if _revision(database) != manifest.figures.revision:
        raise BackupUnreadableError(directory=directory.name, what=name)
    missing = database.upgrade(Limits())
    enter_by_hand(database.engine, "backup.restore", audit_seq=manifest.figures.audit_seq)
    return manifest, missing


def _ensure_fits(database: Database, manifest: Manifest) -> None:
    kind = database.engine.dialect.name
    if (manifest.service, manifest.kind) != (database.name, kind):
        raise OtherBackupError(service=manifest.service, kind=manifest.kind, name=f"{database.name} ({kind})")
    head = database.state().head
    # Revisions are numbered: 0012 is after 0009.
    if manifest.figures.revision > head:
        raise BackupNewerError(revision=manifest.figures.revision, head=head)


def _revision(database: Database) -> str | None:
    return database.state().current


def _revision_in(file: Path, database: Database) -> str | None:
    """Return how far the copy itself says it was migrated: what its manifest says may be another's."""
    with closing(connect(f"file:{file}?mode=ro&immutable=1", uri=True)) as copy:
        row = copy.execute(f"SELECT version_num FROM {database.version_table}").fetchone()  # noqa: S608  (a constant of ours)
    return None if row is None else str(row[0])
