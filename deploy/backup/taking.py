"""Taking a backup and looking whether one is whole."""

from importlib.metadata import version
from pathlib import Path
from sqlite3 import connect

from deploy.backup.copying import copy_out, list_dump
from deploy.backup.manifest import BackupUnreadableError, Manifest, digest_of_file, read_manifest
from deploy.databases import Database
from shared.audit.by_hand import enter_by_hand
from shared.audit.verify import Anchor, Verified, verify
from shared.kernel.clock import system_clock
from shared.kernel.errors import ConflictError
from shared.persistence.engine import open_engine


class DirectoryTakenError(ConflictError):
    """Raised instead of writing one backup over another."""

    code = "directory_taken"
    zh = "目录 {directory} 已有内容：每次备份用一个新目录"
    en = "{directory} is not empty: each backup has a directory of its own"


def take_backup(database: Database, directory: Path) -> Manifest:
    """Write a consistent copy of *database* with its manifest into *directory*, while people go on.

    Personal data stays sealed in it; the keys are not in it. That it was taken is in the audit trail.
    """
    directory.mkdir(parents=True, exist_ok=True)
    if any(directory.iterdir()):
        raise DirectoryTakenError(directory=directory.name)
    directory.chmod(0o700)  # the register and the accounts' password hashes are in it
    enter_by_hand(database.engine, "backup.take")
    name, figures = copy_out(database.engine, database.version_table, directory)
    manifest = Manifest(
        service=database.name,
        kind=database.engine.dialect.name,
        release=version("shouxian"),
        taken_at=f"{system_clock():%Y-%m-%dT%H:%M:%SZ}",
        figures=figures,
        files={name: digest_of_file(directory / name)},
    )
    manifest.write(directory)  # last: a directory without it is no backup
    return manifest


def check_backup(directory: Path) -> tuple[Manifest, Verified | None]:
    """Return the manifest of a whole backup, and for SQLite what its own audit trail says of it.

    Raises BackupUnreadableError and DumpFailedError. A dump's inside is tried by restoring it alone.
    """
    manifest = read_manifest(directory)
    (name,) = manifest.files
    file = directory / name
    if manifest.kind == "postgresql":
        list_dump(file)
        return manifest, None
    with connect(f"file:{file}?mode=ro&immutable=1", uri=True) as copy:
        if copy.execute("PRAGMA integrity_check").fetchone() != ("ok",):
            raise BackupUnreadableError(directory=directory.name, what=name)
    copy.close()
    engine = open_engine(f"sqlite:///file:{file}?mode=ro&immutable=1&uri=true")
    try:
        figures = manifest.figures
        return manifest, verify(engine, Anchor(figures.audit_seq, figures.audit_hash))
    finally:
        engine.dispose()
