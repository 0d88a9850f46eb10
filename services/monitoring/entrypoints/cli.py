"""Monitoring on the command line: migrate, do what falls due, see and retry what was set aside."""

import typer

from services.monitoring.bootstrap import bootstrap
from shared.command_line import add_operating_commands

cli = typer.Typer(
    name="monitoring",
    help="防返贫监测 · monitoring, for operators and cron.",
    no_args_is_help=True,
)
add_operating_commands(cli, bootstrap)

if __name__ == "__main__":
    cli()
