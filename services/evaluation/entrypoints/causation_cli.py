"""`shouxian evaluation causation`: from the command to the score, as text, JSON or picture."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from shared.kernel.clock import day_of
from shared.kernel.errors import InvalidInputError, Problem

if TYPE_CHECKING:
    from services.evaluation.adapters.read_models_causation import ReadChain
    from services.evaluation.bootstrap import Evaluation
    from services.evaluation.entrypoints.web.causation_view import TreeRow
    from shared.kernel.errors import Language

MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


class WhichChainError(InvalidInputError):
    """Raised when not exactly one way of naming a chain was given."""

    code = "which_chain"
    zh = "请给出事件编号、--correlation 关联编号、--household 农户之一"
    en = "Give one of: an event's id, --correlation, --household"


def add_causation_command(app: typer.Typer, open_service: "Callable[[Path | None], Evaluation]") -> None:
    """Add ``causation`` to *app*."""

    @app.command()
    def causation(  # noqa: PLR0913, PLR0917  (typer passes each option by itself)
        event: Annotated[str, typer.Argument(metavar="[EVENT_ID]", help="an event's id")] = "",
        correlation: Annotated[str, typer.Option(help="a correlation id")] = "",
        household: Annotated[str, typer.Option(help="a household's id")] = "",
        day: MaybeDay = None,
        as_of: MaybeDay = None,
        svg: Annotated[Path | None, typer.Option(help="write the picture to this file")] = None,
        as_json: Annotated[bool, typer.Option("--json", help="every row, as JSON")] = False,  # noqa: FBT002
        english: Annotated[bool, typer.Option(help="in English")] = False,  # noqa: FBT002
        data_dir: Annotated[Path | None, typer.Option(help="the folder of the embedded county")] = None,
    ) -> None:
        """Print what led to an event, what followed in all services, and the score lines it decided."""
        service = open_service(data_dir)
        try:
            read = _read(service, event, correlation, household, day.date() if day else None)
            rows = _rows(service, read, as_of.date() if as_of else day_of(service.clock()))
        except Problem as problem:
            typer.echo(f"{problem.text('zh')}\n{problem.text('en')}", err=True)
            raise typer.Exit(1) from problem
        _say(rows, "en" if english else "zh", svg, as_json=as_json)
        if read.more:
            typer.echo("事件过多，只显示最早的一部分 · too many events, the earliest are shown", err=True)


def _read(
    service: "Evaluation", event: str, correlation: str, household: str, day: date | None
) -> "ReadChain":
    from services.evaluation.adapters.read_models_causation import ChainReads

    if sum(map(bool, (event, correlation, household))) != 1:
        raise WhichChainError
    reads = ChainReads(service.engine)
    if event:
        return reads.of_event(event)
    return reads.of_correlation(correlation) if correlation else reads.of_household(household, day)


def _rows(service: "Evaluation", read: "ReadChain", as_of: date) -> "list[TreeRow]":
    from services.evaluation.adapters.read_models_causation import facts_of
    from services.evaluation.domain.causation import folded
    from services.evaluation.domain.decision import decisions
    from services.evaluation.entrypoints.web.causation_view import tree_rows
    from services.evaluation.service_layer.causation import seen_chain

    entries = {entry.id: entry for entry in read.entries}
    tree = folded(seen_chain(read.entries, entries.keys(), ()), read.marked)
    board = service.scores.board(as_of)
    return tree_rows(tree, entries, decisions(board, facts_of(read.entries)), f"?as_of={as_of}")


def _say(rows: "list[TreeRow]", language: "Language", svg: Path | None, *, as_json: bool) -> None:
    from services.evaluation.adapters.documents.causation_chart import causation_svg, causation_text

    boxes = [row.box(language) for row in rows]
    if svg is not None:
        title = "因果链" if language == "zh" else "Causation tree"
        svg.write_text(causation_svg(title, causation_text(boxes), boxes), encoding="utf-8")
    if as_json:
        typer.echo(orjson.dumps(rows, option=orjson.OPT_INDENT_2).decode())
    else:
        typer.echo(causation_text(boxes))
