"""`shouxian evaluation what-if`: two boards on the command line, nothing written."""

from collections.abc import Callable
from datetime import datetime
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TypeVar

import orjson
import typer

from shared.kernel.errors import Problem

if TYPE_CHECKING:
    from services.evaluation.bootstrap import Evaluation
    from services.evaluation.service_layer.what_if import Supposition, WhatIf

Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
Several = list[str]
T = TypeVar("T")


def add_what_if_command(app: typer.Typer, open_service: "Callable[[Path | None], Evaluation]") -> None:
    """Add ``what-if`` to *app*."""

    @app.command("what-if")
    def suppose(  # noqa: PLR0913, PLR0917  (typer passes each option by itself)
        as_of: Day,
        known_at: MaybeDay = None,
        points: Annotated[Several | None, typer.Option(help="I01-1=3")] = None,
        number: Annotated[Several | None, typer.Option(help="I01-1.target=95")] = None,
        method: Annotated[Several | None, typer.Option(help='I01-1={"type": "proportional", …}')] = None,
        figure: Annotated[Several | None, typer.Option(help="helper_days=15")] = None,
        without: Annotated[Several | None, typer.Option(help="an event's id")] = None,
        added: Annotated[
            Path | None, typer.Option("--with", help="a file of events, one JSON a line")
        ] = None,
        mark: Annotated[Several | None, typer.Option(help="610327109:review=8")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="the whole difference")] = False,  # noqa: FBT002
        data_dir: Annotated[Path | None, typer.Option(help="the folder of the embedded county")] = None,
    ) -> None:
        """Compare the board of a day with what it would be; nothing is written."""
        from services.evaluation.service_layer.what_if import what_if

        given = {"points": points, "number": number, "method": method, "figure": figure}
        given |= {"without": without, "mark": mark}
        try:
            supposed = suppositions({name: some or [] for name, some in given.items()}, added)
            known = known_at.date() if known_at else None
            found = what_if(supposed, open_service(data_dir).scores, as_of.date(), known)
        except Problem as problem:
            typer.echo(f"{problem.text('zh')}\n{problem.text('en')}", err=True)
            raise typer.Exit(1) from problem
        if as_json:
            typer.echo(orjson.dumps(found.difference, option=orjson.OPT_INDENT_2).decode())
        else:
            _say(found)


def suppositions(given: dict[str, Several], added: Path | None) -> "list[Supposition]":
    """Return what the options suppose; raises CannotSupposeError naming the one that cannot be read."""
    from services.evaluation.adapters.pack_events import fact_of
    from services.evaluation.service_layer import what_if as suppose

    found: list[Supposition] = [suppose.Without(one) for one in given["without"]]
    found += [_read(one, lambda key, value: suppose.PointsOf(key, Decimal(value))) for one in given["points"]]
    found += [_read(one, suppose.FigureOf) for one in given["figure"]]
    for one in given["number"]:
        found.append(_read(one, lambda key, value: suppose.NumberOf(*_two(key, "."), Decimal(value))))
    for one in given["mark"]:
        found.append(_read(one, lambda key, value: suppose.MarkOf(*_two(key, ":"), Decimal(value))))
    found += [_read(one, _method) for one in given["method"]]
    lines = added.read_bytes().splitlines() if added else ()
    return [*found, *(suppose.With(fact_of(orjson.loads(line))) for line in lines)]


def _two(key: str, sign: str) -> tuple[str, str]:
    first, second = key.rsplit(sign, 1)
    return first, second


def _method(key: str, value: str) -> "Supposition":
    from services.evaluation.adapters.rules import method_from
    from services.evaluation.service_layer.what_if import MethodOf

    raw = {
        name: Decimal(str(one)) if isinstance(one, float) else one
        for name, one in orjson.loads(value).items()
    }
    return MethodOf(key, method_from(Path("--method"), key, raw))


def _read(text: str, made: Callable[[str, str], T]) -> T:
    from services.evaluation.service_layer.what_if import CannotSupposeError

    try:
        key, value = text.split("=", 1)
        return made(key.strip(), value.strip())
    except (ValueError, InvalidOperation) as error:
        raise CannotSupposeError(what=text[:80]) from error


def _say(found: "WhatIf") -> None:
    for before in found.before.units():
        now = found.after.unit(before.unit.id)
        ranks = f"{before.rank or '—':>3} → {now.rank or '—':>3}"
        typer.echo(f"{ranks}  {before.total or '—':>6} → {now.total or '—':>6}  {before.unit.name}")
    for unit in found.difference["units"]:
        typer.echo(f"\n{unit['name']} {unit['total']['before']} → {unit['total']['after']}")
        for line in unit["lines"]:
            then, now_ = line["before"] or {}, line["after"] or {}
            typer.echo(
                f"  {line['indicator']:<7} {then.get('points')} → {now_.get('points')}  ({line['effect']})"
            )
