"""A sample drawn again on the command line, without the database: see docs/sample.md."""

from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from services.monitoring.adapters.screening import read_list
from services.monitoring.domain.sample.draw import Listed, Quota, digest_of, draw, frozen

cli = typer.Typer(help="抽样检查 · sample inspections.", no_args_is_help=True)
_HEADING = "town,stratum,household_id"
_DEFAULT = ("monitored=0.05:5", "eliminated=0.05", "other=0.01")


@cli.callback()
def _group() -> None:
    """Let ``verify`` be named, although it is the only command."""


@cli.command()
def verify(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="名单 · the frozen list")],
    seed: Annotated[str, typer.Option(help="种子 · the seed")],
    digest: Annotated[str, typer.Option(help="公布的名单摘要 · the digest as published")] = "",
    quota: Annotated[
        list[str] | None, typer.Option(help="如 monitored=0.05:5 · share, and least after a colon")
    ] = None,
) -> None:
    """用名单和种子重新抽取样本。Draw the sample again; fails when the list is not the published one."""
    listed = frozen(list_in(file.read_text(encoding="utf-8-sig")))
    found = digest_of(listed)
    same = digest in ("", found)
    typer.echo(f"名单摘要 · digest: {found}" + (" ✓" if digest and same else ""))
    if not same:
        typer.echo("与公布的摘要不一致 · not the list whose digest was published", err=True)
        raise typer.Exit(1)
    for one in draw(listed, seed, dict(_quota(text) for text in quota or _DEFAULT)):
        typer.echo(one.line)


def list_in(text: str) -> list[Listed]:
    """Return the households of a published list, or of the CSV the page exports."""
    lines = [line.replace('"', "").strip() for line in text.splitlines()]
    return read_list("\n".join(line for line in lines if line and line != _HEADING))


def _quota(text: str) -> tuple[str, Quota]:
    stratum, _, rest = text.partition("=")
    share, _, least = rest.partition(":")
    try:
        return stratum, Quota(Decimal(share), int(least or 0))
    except (InvalidOperation, ValueError) as error:
        raise typer.BadParameter(text) from error
