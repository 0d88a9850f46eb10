"""Rubrics on the command line: check one, score values with it, explain a number."""

import sys
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from shared.kernel.errors import Problem

if TYPE_CHECKING:
    from collections.abc import Iterable

    from services.evaluation.adapters.rubric.fault import Fault
    from services.evaluation.adapters.rubric.load import RubricFile
    from services.evaluation.adapters.rubric.values import ReadValues
    from services.evaluation.domain.rubric.result import RubricResult

Format = Literal["json", "csv", "table"]
REFUSED = 1
_ENDINGS: dict[str, Format] = {".json": "json", ".csv": "csv"}

rubric = typer.Typer(
    name="rubric", help="考核细则 · a scoring table as a file (docs/rubrics.md).", no_args_is_help=True
)

RubricArgument = Annotated[
    Path, typer.Argument(metavar="RUBRIC.yaml", help="the rubric; see docs/rubrics.md")
]
ValuesArgument = Annotated[Path, typer.Argument(metavar="VALUES.csv", help="unit, item, value …")]
Out = Annotated[Path | None, typer.Option(help="write here (.json, .csv or text) instead of the screen")]
Form = Annotated[Format | None, typer.Option("--format", help="json, csv or table; else by --out's ending")]
AsOf = Annotated[
    datetime | None, typer.Option(formats=["%Y-%m-%d"], help="the day of scoring, where the rubric needs one")
]
Explain = Annotated[
    str, typer.Option(metavar="UNIT[:ITEM]", help="tell how one total or one item came about")
]
Units = Annotated[list[str], typer.Argument(metavar="UNIT…", help="the units' names or codes")]
Files = Annotated[list[Path], typer.Argument(metavar="FILE…", help="rubrics")]


def add_rubric_commands(cli: typer.Typer) -> None:
    """Add ``score`` and ``rubric check`` to evaluation's *cli*."""
    cli.command("score")(score)
    cli.add_typer(rubric)


@rubric.callback()
def _rubric() -> None:
    """Keep ``check`` a command of its own: a group of one would be called without its name."""


@rubric.command("check")
def check(files: Files) -> None:
    """Say what is wrong with rubrics. Status 0: usable (there may be warnings), 1: there are errors."""
    from services.evaluation.adapters.rubric.check import check_file

    wrong = 0
    for file in files:
        _, faults = check_file(file)
        counted = {
            level: sum(one.level == level for one in faults) for level in ("error", "warning", "accepted")
        }
        wrong += counted["error"]
        _tell(file, faults, to_errors=False)
        verdict = "不能使用 UNUSABLE" if counted["error"] else "可以使用 USABLE"
        typer.echo(
            f"{file}: {verdict} · 错误 errors {counted['error']} · 提醒 warnings {counted['warning']}"
            f" · 已知 accepted {counted['accepted']}"
        )
    raise typer.Exit(REFUSED if wrong else 0)


@rubric.command("blank")
def blank(rubric_file: RubricArgument, units: Units, out: Out = None) -> None:
    """Print the values file that a rubric asks for, with every line to be filled in for each unit."""
    from services.evaluation.adapters.rubric.blank import blank_values
    from services.evaluation.adapters.rubric.load import load_rubric

    try:
        file = load_rubric(rubric_file)
        answer = blank_values(file.rubric, units, file.units)
    except Problem as refused:
        raise _refused(refused) from refused
    _give(answer, out)


def score(
    rubric_file: RubricArgument,
    values_file: ValuesArgument,
    out: Out = None,
    form: Form = None,
    as_of: AsOf = None,
    explain: Explain = "",
) -> None:
    """Score units by a rubric. Status 0: scored, 1: the rubric or the values cannot be used."""
    try:
        answer = _answer(rubric_file, values_file, _form(out, form), as_of.date() if as_of else None, explain)
    except Problem as refused:
        raise _refused(refused) from refused
    _give(answer, out)


def _give(answer: bytes, out: Path | None) -> None:
    if out is None:
        sys.stdout.buffer.write(answer)
        sys.stdout.flush()
        return
    try:
        out.write_bytes(answer)
    except OSError as problem:
        typer.echo(f"写不了文件 cannot write {out}: {problem.strerror}", err=True)
        raise typer.Exit(REFUSED) from problem
    typer.echo(f"{out}")


def _refused(refused: Problem) -> typer.Exit:
    from services.evaluation.adapters.rubric.fault import UnusableFileError
    from services.evaluation.adapters.rubric.reading import told

    # Faults of files are told in both languages line by line already.
    lines = [refused.text("zh")] if isinstance(refused, UnusableFileError) else told(refused)
    typer.echo("\n".join(lines), err=True)
    return typer.Exit(REFUSED)


def _form(out: Path | None, form: Format | None) -> Format:
    if form is not None:
        return form
    return "table" if out is None else _ENDINGS.get(out.suffix.lower(), "table")


def _answer(rubric_file: Path, values_file: Path, form: Format, as_of: date | None, explain: str) -> bytes:
    from services.evaluation.adapters.rubric.scored import score_files

    scored = score_files(rubric_file, values_file, as_of)
    _tell(rubric_file, (one for one in scored.rubric_faults if one.level == "warning"))
    _tell(values_file, scored.read.faults)
    if explain:
        from services.evaluation.adapters.rubric.result_explained import explained

        return explained(scored.file, scored.result, scored.read.lines, explain).encode()
    return _written(scored.file, scored.read, scored.result, form, as_of)


def _written(
    file: "RubricFile", read: "ReadValues", result: "RubricResult", form: Format, as_of: date | None
) -> bytes:
    from services.evaluation.adapters.rubric.result_document import as_json, result_document
    from services.evaluation.adapters.rubric.result_listing import as_csv, as_table

    if form == "json":
        return as_json(result_document(file, read.values, result, as_of))
    if form == "csv":
        return as_csv(file.rubric, read.values, result)
    return as_table(file.rubric, read.values, result).encode()


def _tell(file: Path, faults: "Iterable[Fault]", *, to_errors: bool = True) -> None:
    from services.evaluation.adapters.rubric.fault import sentence

    for fault in faults:
        typer.echo(sentence(file, fault), err=to_errors)
