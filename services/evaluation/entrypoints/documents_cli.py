"""Documents of an assessment on the command line: the circular, score sheets, all data."""

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from shared.kernel.errors import Problem

if TYPE_CHECKING:
    from services.evaluation.adapters.read_models_assessment import AssessmentSummary
    from services.evaluation.bootstrap import Evaluation
    from services.evaluation.domain.documents.frozen import FrozenResult

OpenService = Callable[[Path | None], "Evaluation"]

Out = Annotated[Path, typer.Option(help="where to write it; what is there is replaced")]
Which = Annotated[str, typer.Option("--assessment", help="its id (else the newest assessment)")]
Number = Annotated[int, typer.Option("--version", min=0, help="its version (else the newest)")]
DataDir = Annotated[
    Path | None, typer.Option(help="the folder of the embedded county (else EVALUATION_DATABASE_URL)")
]
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]


def add_document_commands(app: typer.Typer, open_service: OpenService) -> None:
    """Add ``circular``, ``sheets`` and ``data`` to *app*."""

    @app.command()
    def circular(
        out: Out,
        assessment: Which = "",
        number: Number = 0,
        document_no: Annotated[str, typer.Option(help="e.g. 陇督通〔2023〕1号")] = "",
        dated: MaybeDay = None,
        reply_by: MaybeDay = None,
        data_dir: DataDir = None,
    ) -> None:
        """Write the year-end circular 通报 (DOCX); a draft says so on every page."""
        from services.evaluation.adapters.documents.circular_docx import circular_docx
        from services.evaluation.domain.documents.circular import CircularGiven, year_end_circular

        service = open_service(data_dir)
        row, result = _asked_for(service, assessment, number)
        on = _day(dated) or (row.published_on if result.published else None) or result.version.made_on
        given = CircularGiven(on, document_no, _day(reply_by))
        paper = year_end_circular(result, service.documents, given)
        out.write_bytes(circular_docx(paper, result.version.made_on))
        _say(out, result)

    @app.command()
    def sheets(out: Out, assessment: Which = "", number: Number = 0, data_dir: DataDir = None) -> None:
        """Write to a folder: scores.xlsx with live subtotals, and a page (DOCX) for each unit."""
        from services.evaluation.adapters.documents.score_book import score_book
        from services.evaluation.adapters.documents.unit_docx import unit_docx

        _, result = _asked_for(open_service(data_dir), assessment, number)
        out.mkdir(parents=True, exist_ok=True)
        (out / "scores.xlsx").write_bytes(score_book(result))
        for unit in result.units():
            (out / f"{unit.name}.docx").write_bytes(unit_docx(result, unit))
        _say(out, result)

    @app.command()
    def data(out: Out, assessment: Which = "", number: Number = 0, data_dir: DataDir = None) -> None:
        """Write all data of a version as one ZIP of CSV and Parquet."""
        from services.evaluation.adapters.documents.data_set import write_data_set

        service = open_service(data_dir)
        _, result = _asked_for(service, assessment, number)
        tables = write_data_set(out, result, service.scores, service.engine)
        _say(out, result)
        typer.echo(" ".join(tables))


def _asked_for(
    service: "Evaluation", assessment: str, number: int
) -> tuple["AssessmentSummary", "FrozenResult"]:
    """Return the version asked for; ends with status 1 where there is none."""
    from services.evaluation.domain.documents.frozen import FrozenResult

    try:
        every = service.reads.assessments()
        if not assessment and not every:
            typer.echo("还没有年度考评\nthere is no assessment yet", err=True)
            raise typer.Exit(1)
        row = service.reads.assessment(assessment or every[0].id)
        version = service.reads.version(row.id, number or row.number)
    except Problem as problem:
        typer.echo(f"{problem.text('zh')}\n{problem.text('en')}", err=True)
        raise typer.Exit(1) from problem
    published = row.published_on is not None and version.number == row.number
    return row, FrozenResult.of(version, service.rulebook, published=published)


def _say(out: Path, result: "FrozenResult") -> None:
    state = "已公布 published" if result.published else "草案 draft"
    typer.echo(f"{out}\n{state} {result.named}")


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None
