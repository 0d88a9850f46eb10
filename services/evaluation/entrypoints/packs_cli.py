"""The packs of many counties at once: a process each, as many as there are processors."""

from collections.abc import Iterator
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from dataclasses import asdict, dataclass
from datetime import date, datetime
from multiprocessing import get_context
from os import cpu_count
from pathlib import Path
from typing import Annotated

import orjson
import typer

INDEX = "packs.json"


@dataclass(frozen=True, slots=True)
class CountyPack:
    """What became of one county: its pack's digest, or what went wrong (*digest* is empty then)."""

    county: str
    events: int
    lines: int
    digest: str
    problem: str = ""


def add_packs_command(app: typer.Typer) -> None:
    """Add ``packs`` to *app*."""
    app.command("packs")(packs)


def packs(
    counties: Annotated[
        list[str],
        typer.Argument(help="a county's folder, or NAME=DATABASE_URL; names must differ"),
    ],
    out: Annotated[Path, typer.Option(help="a folder for all packs, one folder a county")],
    as_of: Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])],
    processes: Annotated[int, typer.Option(min=1, help="how many at once")] = cpu_count() or 1,
) -> None:
    """Write the packs of many counties, and packs.json with the digest of each.

    A county that fails is named and the others go on; the exit status is then 1.
    """
    named = _named(counties)
    out.mkdir(parents=True, exist_ok=True)
    written = sorted(write_packs(named, out, as_of.date(), processes), key=lambda pack: pack.county)
    (out / INDEX).write_bytes(orjson.dumps([asdict(one) for one in written], option=orjson.OPT_INDENT_2))
    failed = [one for one in written if one.problem]
    typer.echo(f"{len(written) - len(failed)} 个县已生成 counties written, {len(failed)} 个失败 failed")
    for one in failed:
        typer.echo(f"{one.county}: {one.problem}", err=True)
    if failed:
        raise typer.Exit(1)


def write_packs(counties: dict[str, str], out: Path, as_of: date, processes: int) -> Iterator[CountyPack]:
    """Yield each county's result as it is done; *counties* maps a name to its database."""
    with ProcessPoolExecutor(processes, mp_context=get_context("spawn")) as pool:
        running: dict[Future[CountyPack], str] = {
            pool.submit(_write, name, url, out / name, as_of): name for name, url in counties.items()
        }
        for done in as_completed(running):
            try:
                yield done.result()
            except Exception as error:  # noqa: BLE001  (a killed process must not take the others along)
                yield CountyPack(running[done], 0, 0, "", f"{type(error).__name__}: {error}")


def _write(name: str, url: str, folder: Path, as_of: date) -> CountyPack:
    """Write one county's pack; runs in a process of its own."""
    from services.evaluation.bootstrap import bootstrap
    from services.evaluation.settings import Settings
    from shared.kernel.errors import Problem

    try:
        written = bootstrap(Settings(database_url=url)).write_pack(folder, as_of=as_of)
    except Problem as problem:
        return CountyPack(name, 0, 0, "", problem.text("zh"))
    return CountyPack(name, written.events, written.lines, written.digest)


def _named(counties: list[str]) -> dict[str, str]:
    named: dict[str, str] = {}
    for given in counties:
        name, equals, url = given.partition("=")
        if not equals:
            database = Path(given) / "evaluation.db"
            if not database.is_file():
                raise typer.BadParameter(f"no evaluation database in {given}")
            name, url = Path(given).resolve().name, f"sqlite:///{database.resolve()}"
        if name in named:
            raise typer.BadParameter(f"{name} is given twice")
        named[name] = url
    return named
