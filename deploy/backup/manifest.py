"""What a backup says of itself: whose it is, of when, how far its events and its audit trail went."""

import hashlib
import json
from dataclasses import asdict, dataclass
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select, text
from sqlalchemy.schema import MetaData

from shared.audit import head_of
from shared.kernel.errors import InvalidInputError
from shared.messaging.tables import message_tables

FILE = "manifest.json"
_FORMAT = 1
_TABLES = message_tables(MetaData())
_PIECE = 1 << 20


class BackupUnreadableError(InvalidInputError):
    """Raised for a directory that is no backup, or one whose files are not what its manifest says."""

    code = "backup_unreadable"
    zh = "{directory} 不是完整的备份：{what}"
    en = "{directory} is not a whole backup: {what}"


@dataclass(frozen=True, slots=True)
class Figures:
    """How far a database had come: what ties its backup to what others know."""

    revision: str
    outbox_position: int
    outbox_count: int
    inbox_count: int
    audit_seq: int
    audit_hash: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """A backup's manifest; *files* are name to SHA-256, *taken_at* is UTC."""

    service: str
    kind: str
    release: str
    taken_at: str
    figures: Figures
    files: dict[str, str]

    def write(self, directory: Path) -> None:
        said = {"format": _FORMAT, **asdict(self)}
        (directory / FILE).write_text(json.dumps(said, indent=2) + "\n", encoding="utf-8")


def read_manifest(directory: Path) -> Manifest:
    """Return the manifest once every file has the digest it names; else raise BackupUnreadableError."""
    try:
        said = json.loads((directory / FILE).read_text(encoding="utf-8"))
        known = said.pop("format") == _FORMAT
        manifest = Manifest(**{**said, "figures": Figures(**said["figures"])})
    except (OSError, ValueError, KeyError, TypeError):
        raise BackupUnreadableError(directory=directory.name, what=FILE) from None
    if not known:
        raise BackupUnreadableError(directory=directory.name, what=FILE)
    for name, digest in manifest.files.items():
        file = directory / Path(name).name
        if not file.is_file() or digest_of_file(file) != digest:
            raise BackupUnreadableError(directory=directory.name, what=name)
    return manifest


def figures_of(connection: Connection, version_table: str) -> Figures:
    """Return how far the database has come, as *connection* sees it."""
    names = set(inspect(connection).get_table_names())
    revision = str(connection.execute(text(f"SELECT version_num FROM {version_table}")).scalar_one())  # noqa: S608
    head = head_of(connection)
    position = outbox = inbox = 0
    if "outbox" in names:  # the accounts have none
        columns = _TABLES.outbox.c
        last = select(func.coalesce(func.max(columns.position), 0), func.count())
        position, outbox = connection.execute(last).one()
        inbox = connection.execute(select(func.count()).select_from(_TABLES.inbox)).scalar_one()
    return Figures(revision, position, outbox, inbox, head.seq, head.hash)


def digest_of_file(file: Path) -> str:
    """Return the SHA-256 of *file*, however large."""
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    return digest.hexdigest()
