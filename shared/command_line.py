"""The commands every service has for its operators and for cron."""

from collections.abc import Callable

import typer

from shared.audit.by_hand import enter_by_hand
from shared.messaging.redrive import redrive_matching
from shared.messaging.set_aside import count_all, find_all
from shared.persistence.engine import reading
from shared.persistence.running import Service


def add_operating_commands(cli: typer.Typer, open_service: Callable[[], Service]) -> None:
    """Add ``migrate``, ``sweep``, ``set-aside`` and ``retry-set-aside`` to a service's *cli*.

    *open_service* is called by a command alone: asking for help opens nothing.
    """

    @cli.command()
    def migrate() -> None:
        """Bring the database to the newest migration."""
        open_service().upgrade_database()
        typer.echo("the database is up to date")

    @cli.command()
    def sweep() -> None:
        """Do what falls due by the clock, as the worker does every half minute."""
        typer.echo(f"done {open_service().sweep()}")

    @cli.command("set-aside")
    def list_set_aside() -> None:
        """List the events that wait longest for an officer, a thousand at most; never their bodies."""
        with reading(open_service().engine) as connection:
            typer.echo(f"waiting {count_all(connection)}")
            for event in find_all(connection, limit=1_000):
                typer.echo(
                    f"{event.at:%Y-%m-%d %H:%M}  {event.kind}  {event.code}  {event.type}  {event.event_id}"
                )

    @cli.command("retry-set-aside")
    def retry_set_aside() -> None:
        """Take the events that were set aside in again; what is still at fault stays."""
        service = open_service()
        taken = redrive_matching(service.uow(), service.reader, at=service.clock())
        enter_by_hand(service.engine, "operations.retry", left=len(taken.set_aside))
        typer.echo(f"taken in {taken.admitted + taken.repeated}, still waiting {len(taken.set_aside)}")
