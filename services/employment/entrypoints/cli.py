"""Employment on the command line: migrate, do what falls due, see and retry what was set aside."""

import typer

from services.employment.bootstrap import bootstrap
from shared.command_line import add_operating_commands

cli = typer.Typer(
    name="employment",
    help="就业帮扶 · employment, for operators and cron.",
    no_args_is_help=True,
)
add_operating_commands(cli, bootstrap)

if __name__ == "__main__":
    cli()
