"""Monitoring on the command line: migrate, do what falls due, see and retry what was set aside."""

import typer

cli = typer.Typer(
    name="monitoring",
    help="防返贫监测 · monitoring, for operators and cron.",
    no_args_is_help=True,
)


@cli.command()
def migrate() -> None:
    """Bring the database to the newest migration."""
    from services.monitoring.bootstrap import bootstrap

    bootstrap().upgrade_database()
    typer.echo("the database is up to date")


@cli.command()
def sweep() -> None:
    """Do what falls due by the clock, as the worker does every half minute."""
    from services.monitoring.bootstrap import bootstrap

    typer.echo(f"done {bootstrap().sweep()}")


@cli.command("set-aside")
def list_set_aside() -> None:
    """List the events that could not be taken in and wait for an officer; never their bodies."""
    from services.monitoring.bootstrap import bootstrap
    from shared.messaging.set_aside import waiting
    from shared.persistence.engine import reading

    with reading(bootstrap().engine) as connection:
        for event in waiting(connection):
            typer.echo(
                f"{event.at:%Y-%m-%d %H:%M}  {event.kind}  {event.code}  {event.type}  {event.event_id}"
            )


@cli.command("retry-set-aside")
def retry_set_aside() -> None:
    """Take the events that were set aside in again; what is still at fault stays."""
    from services.monitoring.bootstrap import bootstrap
    from shared.messaging.set_aside import try_again

    service = bootstrap()
    taken = try_again(service.uow(), service.reader, at=service.clock())
    typer.echo(f"taken in {taken.admitted + taken.repeated}, still waiting {len(taken.set_aside)}")


if __name__ == "__main__":
    cli()
