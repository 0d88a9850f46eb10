"""Backup and restore on the command line."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from deploy.backup.manifest import Manifest
    from deploy.databases import Database
    from shared.persistence.running import Service

backup = typer.Typer(
    name="backup", help="备份 · take a backup, look whether one is whole.", no_args_is_help=True
)

Name = Annotated[
    str, typer.Argument(metavar="SERVICE", help="accounts, monitoring, employment, finance or evaluation.")
]
DataDir = Annotated[
    Path | None, typer.Option(help="Of an embedded county; without it, by the settings of the environment.")
]
To = Annotated[Path, typer.Option(help="A new or empty directory.")]
_KEYS = (
    "个人信息在备份中仍是加密的；密钥不在备份中，请另行保管\n"
    "personal data stays sealed in the backup; the keys are NOT in it: keep them elsewhere\n"
    "MONITORING_PERSONAL_DATA_KEYS; embedded: personal.key"
)

_ERASED = "erased.json"
_ERASED_ARE_BACK = (
    "备份之后删除的人又回来了。启动之前，用最新的清单再次删除：\n"
    "whoever was erased after this backup is back; before anything starts, with the NEWEST list there is\n"
    f"(the newest backup's {_ERASED}, or what `erase list` wrote since):\n"
    f"  shouxian monitoring erase again .../{_ERASED}"
)


@backup.command("take")
def take(name: Name, to: To, data_dir: DataDir = None) -> None:
    """Write a consistent copy of one service's database, while people go on working."""
    from deploy.backup.taking import take_backup
    from deploy.places import opened_at

    with opened_at(name, data_dir) as database:
        _tell(take_backup(database, to))
        if name == "monitoring":
            _list_erased(database, to)
    if name == "monitoring":
        typer.echo(_KEYS, err=True)


@backup.command("all")
def take_all(
    to: To,
    data_dir: DataDir = None,
) -> None:
    """Back up every database of the county, each into a directory of its own below the one given."""
    from deploy.backup.taking import take_backup
    from deploy.databases import DATABASES
    from deploy.places import opened_at

    # Evaluation last: its journal then has all that the others' backups have told.
    for name in DATABASES:
        with opened_at(name, data_dir) as database:
            _tell(take_backup(database, to / name))
            if name == "monitoring":
                _list_erased(database, to / name)
    typer.echo(_KEYS, err=True)


@backup.command("verify")
def verify_backup(directory: Annotated[Path, typer.Argument(exists=True, file_okay=False)]) -> None:
    """Look whether a backup is whole: its digests, its inside, and (SQLite) its audit trail."""
    from deploy.backup.taking import check_backup

    manifest, trail = check_backup(directory)
    _tell(manifest)
    if trail is not None and trail.finding is not None:
        typer.echo(
            f"审计链不完整 the audit trail is broken: {trail.finding.kind} {trail.finding.seq}", err=True
        )
        raise typer.Exit(1)
    typer.echo("完整 whole")


def restore_database(
    name: Name,
    source: Annotated[
        Path, typer.Option("--from", exists=True, file_okay=False, help="A backup's directory.")
    ],
    data_dir: DataDir = None,
    replace: Annotated[  # noqa: FBT002  (an option)
        bool, typer.Option("--replace", help="Overwrite a database that is not empty.")
    ] = False,
) -> None:
    """Restore one service's database; its sites and workers are stopped. Then: shouxian catch-up."""
    from deploy.backup.restoring import restore
    from deploy.places import opened_at

    with opened_at(name, data_dir, missing_ok=True) as database:
        manifest, applied = restore(database, source, replace=replace)
    _tell(manifest)
    typer.echo(f"已恢复 restored{'，已升级 upgraded ' + ', '.join(applied) if applied else ''}")
    if name == "monitoring":
        typer.echo(_ERASED_ARE_BACK, err=True)


def catch_up_service(
    name: Name,
    data_dir: DataDir = None,
    lost: Annotated[Path, typer.Option(help="Where what people must enter again is written (.csv).")] = Path(
        "lost.csv"
    ),
) -> None:
    """Bring a restored service up to what the county knows; before its sites and workers are started."""
    from deploy.backup.catching_up import adopt, catch_up, write_lost

    with _county(data_dir) as services:
        service = services[name]
        others = [other.engine for other in services.values() if other.name not in {name, "evaluation"}]
        evaluation = None if name == "evaluation" else services["evaluation"].engine
        found = catch_up(service, others, evaluation)
        write_lost(found, lost)
        adopt(service, found)
    done, left = found.replayed, len(found.lost) + len(found.only_ids)
    typer.echo(f"收入 taken in {done.taken}  已有 known {done.known}  搁置 set aside {done.set_aside}")
    typer.echo(f"随之恢复的自有事实 own facts rebuilt {found.rebuilt}，须重新录入 to enter again {left}")
    typer.echo(f"清单 list: {lost}")


@contextmanager
def _county(data_dir: Path | None) -> "Iterator[dict[str, Service]]":
    """Give the four services, in a directory or by the settings of the environment."""
    from deploy.hosting import NAMES, open_service

    with ExitStack() as closing:
        if data_dir is not None:
            from deploy.embedded.county import open_county

            county = open_county(data_dir)
            closing.callback(county.close)
            yield {one.name: one for one in county.services}
            return
        services = {name: open_service(name) for name in NAMES}
        for one in services.values():
            closing.callback(one.engine.dispose)
        yield services


def _list_erased(database: "Database", directory: Path) -> None:
    """Write beside a backup who has been erased, by ids alone: what an older backup brings back."""
    from services.monitoring.adapters.erasing import tombstones
    from shared.persistence.engine import reading

    with reading(database.engine) as connection:
        found = tombstones(connection)
    (directory / _ERASED).write_text(json.dumps(found, indent=0) + "\n", encoding="utf-8")


def _tell(manifest: "Manifest") -> None:
    figures = manifest.figures
    typer.echo(
        f"{manifest.service}  {manifest.kind}  {manifest.taken_at}  revision {figures.revision}  "
        f"outbox {figures.outbox_position}  inbox {figures.inbox_count}  audit {figures.audit_seq}"
    )
