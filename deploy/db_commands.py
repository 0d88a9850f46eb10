"""Databases on the command line: how they stand to this release, upgrade them, fill what is new."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Annotated

import typer
from sqlalchemy.exc import OperationalError

from shared.kernel.errors import InvalidInputError

db = typer.Typer(name="db", help="数据库 · databases and their migrations.", no_args_is_help=True)

BEHIND, NEWER, UNREACHABLE = 3, 4, 5
"""Exit codes of ``db check``; 2 is a refusal, as of every command."""

Names = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="[SERVICE]…", help="accounts, monitoring, employment, finance, evaluation; or all."
    ),
]
LockSeconds = Annotated[
    float,
    typer.Option(
        min=0.1,
        envvar="SHOUXIAN_MIGRATION_LOCK_SECONDS",
        help="A migration that waits longer for a table gives up its place, and tries again.",
    ),
]
StatementSeconds = Annotated[
    float,
    typer.Option(
        min=1, envvar="SHOUXIAN_MIGRATION_STATEMENT_SECONDS", help="No statement may take longer than this."
    ),
]
Tries = Annotated[
    int, typer.Option(min=1, envvar="SHOUXIAN_MIGRATION_TRIES", help="How often it tries in all.")
]
PauseSeconds = Annotated[
    float, typer.Option(min=0, envvar="SHOUXIAN_MIGRATION_PAUSE_SECONDS", help="How long between two tries.")
]


class UnknownBackfillError(InvalidInputError):
    """Raised when a service has nothing of this name to fill."""

    code = "unknown_backfill"
    zh = "{service} 没有这项回填：{name}；可用：{names}"
    en = "{service} has no backfill {name}; there are: {names}"


@db.command()
def status(services: Names = None) -> None:
    """Show each database with its revision, this release's, and what is missing."""
    from deploy.databases import DATABASES, opened

    typer.echo(f"{'database':<12}{'is at':<8}{'code':<8}state")
    for name in services or DATABASES:
        with opened(name) as database:
            try:
                state = database.state()
            except OperationalError:
                typer.echo(f"{name:<12}{'-':<8}{'-':<8}连不上 not reachable")
                continue
        words = "比程序新 newer than this release" if state.newer else "一致 up to date"
        if state.missing:
            words = f"缺 missing {', '.join(state.missing)}"
        typer.echo(f"{name:<12}{state.current or '-':<8}{state.head:<8}{words}")


@db.command()
def check(services: Names = None) -> None:
    """Exit 0 when every database is at this release's revision, 3 when one is behind, 4 when one is newer.

    A release works on a newer database: 4 is a warning before a start. 5: a database could not be reached.
    """
    from deploy.databases import DATABASES

    worst = max((_checked(name) for name in services or DATABASES), key=(0, NEWER, BEHIND, UNREACHABLE).index)
    raise typer.Exit(worst)


@db.command("upgrade")
def upgrade_databases(
    services: Names = None,
    lock_seconds: LockSeconds = 5,
    statement_seconds: StatementSeconds = 600,
    tries: Tries = 12,
    pause_seconds: PauseSeconds = 5,
) -> None:
    """Bring databases to this release's migrations, while the release before works on them."""
    from deploy.databases import DATABASES, opened
    from shared.persistence.migrate import Limits

    limits = Limits(lock_seconds, statement_seconds, tries, pause_seconds)
    for name in services or DATABASES:
        with opened(name) as database, _unreachable(name):
            missing = database.upgrade(limits)
        typer.echo(f"{name}  {'已升级 upgraded ' + ', '.join(missing) if missing else '无需升级 up to date'}")


@db.command()
def backfill(
    service: Annotated[str, typer.Argument(metavar="SERVICE")],
    name: Annotated[str | None, typer.Argument(help="Which one; without it, all of the service.")] = None,
    batch: Annotated[int, typer.Option(min=1, max=10_000, help="Rows in one transaction.")] = 500,
) -> None:
    """Fill what an upgrade added, in small transactions; may be broken off and begun again at any time."""
    from deploy.hosting import open_service
    from shared.persistence.backfill import Backfilled, fill

    opened = open_service(service)
    known = dict(opened.backfills()) if isinstance(opened, Backfilled) else {}
    if name is not None and name not in known:
        raise UnknownBackfillError(service=service, name=name[:40], names="、".join(known) or "-")
    for one in known if name is None else [name]:
        done = 0
        for done in fill(opened, known[one], limit=batch):  # type: ignore[arg-type]
            typer.echo(f"{service} {one}  {done}")
        typer.echo(f"{service} {one}  完成 done {done}")
    opened.engine.dispose()


def _checked(name: str) -> int:
    from deploy.databases import opened

    with opened(name) as database:
        try:
            state = database.state()
        except OperationalError:
            typer.echo(f"{name}  连不上 not reachable", err=True)
            return UNREACHABLE
    if state.newer:
        typer.echo(f"{name}  比程序新 newer: {state.current}, this release knows {state.head}", err=True)
        return NEWER
    if state.missing:
        typer.echo(f"{name}  缺 missing {' '.join(state.missing)}", err=True)
        return BEHIND
    return 0


@contextmanager
def _unreachable(name: str) -> Iterator[None]:
    """Turn a database that cannot be reached into a sentence and exit code 5."""
    try:
        yield
    except OperationalError as error:
        if not error.connection_invalidated and getattr(error.orig, "sqlstate", None):
            raise
        typer.echo(f"{name}  连不上 not reachable", err=True)
        raise typer.Exit(UNREACHABLE) from None
