"""Monitoring on the command line: migrate, do what falls due, see and retry what was set aside."""

import typer

from services.monitoring.adapters.resealing import reseal
from services.monitoring.bootstrap import bootstrap
from services.monitoring.entrypoints import erasure_cli, sample_cli
from services.monitoring.entrypoints.exchange_cli import add_exchange_commands
from shared.audit.by_hand import enter_by_hand
from shared.command_line import add_operating_commands

cli = typer.Typer(
    name="monitoring",
    help="防返贫监测 · monitoring, for operators and cron.",
    no_args_is_help=True,
)
add_operating_commands(cli, bootstrap)
add_exchange_commands(cli)
cli.add_typer(sample_cli.cli, name="sample")
cli.add_typer(erasure_cli.cli, name="erase")


@cli.command("reseal")
def reseal_personal_data() -> None:
    """用第一把密钥重新加密个人信息。Seal personal data anew with the first of the keys."""
    service = bootstrap()
    rows = reseal(service.engine)
    enter_by_hand(service.engine, "monitoring.reseal", rows=rows)
    typer.echo(f"重新加密 {rows} 行 · rows sealed anew")
    service.engine.dispose()


if __name__ == "__main__":
    cli()
