"""What ``shouxian`` can do: the county on one machine, each service, and the year-end pack."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from deploy.account_commands import account
from deploy.audit_commands import audit
from deploy.backup_commands import backup, catch_up_service, restore_database
from deploy.db_commands import LockSeconds, PauseSeconds, StatementSeconds, Tries, db, upgrade_databases
from deploy.messages_commands import messages
from services.employment.entrypoints.cli import cli as employment
from services.evaluation.entrypoints.cli import app as evaluation
from services.finance.entrypoints.cli import cli as finance
from services.monitoring.entrypoints.cli import cli as monitoring

app = typer.Typer(no_args_is_help=True, add_completion=False, pretty_exceptions_show_locals=False)
pack = typer.Typer(no_args_is_help=True, help="The sealed year-end pack.")
app.add_typer(pack, name="pack")
for group in (monitoring, employment, finance, evaluation, account, audit, backup, db, messages):
    app.add_typer(group)
app.command("restore")(restore_database)
app.command("catch-up")(catch_up_service)

DataDir = Annotated[Path, typer.Option(help="Where the county is kept.")]
Households = Annotated[int, typer.Option(min=1, max=100_000, help="How many households a new county has.")]
Seed = Annotated[str, typer.Option(help="The same seed makes the same county, byte for byte.")]
Until = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"], help="Play through this day of 2022.")]
LAST_DAY = datetime(2022, 12, 31)  # noqa: DTZ001  (a day; the option has no type for it)


@app.command()
def run(
    data_dir: DataDir = Path("var"),
    port: Annotated[int, typer.Option(min=1, max=65535)] = 8000,
    households: Households = 600,
    seed: Seed = "2022",
    until: Until = LAST_DAY,
) -> None:
    """Make a county if there is none, then serve it until Ctrl-C."""
    from deploy.embedded.run import run_county

    run_county(data_dir, port=port, households=households, seed=seed, until=until.date())


@app.command()
def year(
    data_dir: DataDir,
    pack_dir: Annotated[Path, typer.Option("--pack", help="Directory to write the year-end pack to.")],
    households: Households = 600,
    seed: Seed = "2022",
    until: Until = LAST_DAY,
) -> None:
    """Play a county's 2022 without a person and write its year-end pack."""
    from deploy.embedded.county import open_county
    from deploy.embedded.interrupt import ending_at_once
    from deploy.embedded.making import MAKING, make_county
    from deploy.embedded.ownership import owning

    with owning(data_dir):
        with ending_at_once(data_dir / MAKING):
            make_county(data_dir, households=households, seed=seed, until=until.date())
        county = open_county(data_dir)
        written = county.evaluation.write_pack(pack_dir, as_of=until.date())
        county.close()
    typer.echo(f"pack {pack_dir}  digest {written.digest}")


ServiceName = Annotated[
    str, typer.Argument(metavar="SERVICE", help="monitoring, employment, finance or evaluation.")
]


@app.command()
def web(service: ServiceName, port: Annotated[int, typer.Option(min=1, max=65535)] = 8000) -> None:
    """Serve one service's site; settings come from the environment."""
    import uvicorn

    from deploy.hosting import place_of, site_app
    from shared.observability import tracing
    from shared.observability.logs import configure
    from shared.web.entrance import behind_proxies

    configure(service)
    tracing.configure(service)
    site = site_app(service)
    uvicorn.run(
        site,
        host="0.0.0.0",  # noqa: S104
        port=port,
        log_level="warning",
        access_log=False,
        # Whoever stops a process mostly loses patience after ten seconds; a slow client may not take so long.
        timeout_graceful_shutdown=8,
        # A proxy in front takes this path off again: the site's own addresses carry it.
        root_path=place_of(site),
        **behind_proxies(site.state.site.service.settings),
    )


@app.command()
def worker(service: ServiceName) -> None:
    """Run one service's background work; settings come from the environment."""
    from deploy.hosting import NAMES, open_service
    from shared.broker.worker import run_worker, worker_of
    from shared.observability import tracing
    from shared.observability.logs import configure

    configure(service)
    tracing.configure(service)
    # Nothing is published before every service has its queue: no event may miss a reader.
    raise typer.Exit(run_worker(worker_of(open_service(service)), audience=tuple(NAMES)))


@app.command()
def upgrade(
    service: ServiceName,
    lock_seconds: LockSeconds = 5,
    statement_seconds: StatementSeconds = 600,
    tries: Tries = 12,
    pause_seconds: PauseSeconds = 5,
) -> None:
    """Bring one service's database to the newest migration; ``db upgrade`` takes several."""
    upgrade_databases([service], lock_seconds, statement_seconds, tries, pause_seconds)


@pack.command()
def verify(pack_dir: Annotated[Path, typer.Argument(metavar="PACK")]) -> None:
    """Recompute a pack from itself alone; name the first difference, if there is one."""
    from services.evaluation.entrypoints.cli import report_on_pack

    raise typer.Exit(report_on_pack(pack_dir))
