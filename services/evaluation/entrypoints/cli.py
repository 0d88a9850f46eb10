"""Evaluation on the command line: assess, explain, replay, write and verify a pack."""

from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import orjson
import typer

from services.evaluation.entrypoints.aggregate_cli import add_aggregate_command
from services.evaluation.entrypoints.causation_cli import add_causation_command
from services.evaluation.entrypoints.documents_cli import add_document_commands
from services.evaluation.entrypoints.packs_cli import add_packs_command
from services.evaluation.entrypoints.rubric_cli import add_rubric_commands
from services.evaluation.entrypoints.what_if_cli import add_what_if_command
from shared.command_line import add_operating_commands
from shared.kernel.errors import Problem

if TYPE_CHECKING:
    from services.evaluation.bootstrap import Evaluation
    from services.evaluation.domain.scoreboard import UnitScore

app = typer.Typer(
    name="evaluation", help="考核评估 · scores, their evidence, and the journal.", no_args_is_help=True
)

Day = Annotated[datetime, typer.Option(formats=["%Y-%m-%d"])]
MaybeDay = Annotated[datetime | None, typer.Option(formats=["%Y-%m-%d"])]
DataDir = Annotated[
    Path | None, typer.Option(help="the folder of the embedded county (else EVALUATION_DATABASE_URL)")
]


def open_service(data_dir: Path | None = None) -> "Evaluation":
    """Return the service on *data_dir*'s database, or on the one the environment names."""
    from services.evaluation.bootstrap import bootstrap
    from services.evaluation.settings import Settings

    if data_dir is None:
        return bootstrap()
    database = data_dir / "evaluation.db"
    if not database.is_file():
        typer.echo(f"no evaluation database in {data_dir}", err=True)
        raise typer.Exit(2)
    return bootstrap(Settings(database_url=f"sqlite:///{database}", clock_file=data_dir / "clock.json"))


def _day(given: datetime | None) -> date | None:
    return given.date() if given else None


def _refused(problem: Problem) -> typer.Exit:
    typer.echo(f"{problem.text('zh')}\n{problem.text('en')}", err=True)
    return typer.Exit(1)


@app.command()
def assess(
    as_of: Day,
    known_at: MaybeDay = None,
    as_json: Annotated[bool, typer.Option("--json", help="every line, as JSON")] = False,  # noqa: FBT002
    data_dir: DataDir = None,
) -> None:
    """Score every town and department as of a day; without --known-at as it stood at the end of that day."""
    from services.evaluation.domain.board_document import assessed_document

    service = open_service(data_dir)
    try:
        board = service.scores.board(as_of.date(), _day(known_at))
    except Problem as problem:
        raise _refused(problem) from problem
    if as_json:
        typer.echo(
            orjson.dumps(assessed_document(board, service.rulebook), option=orjson.OPT_INDENT_2).decode()
        )
        return
    typer.echo(f"截至 as of {board.as_of} · 知悉 known at {board.known_at} · 未确认分值 points unconfirmed")
    for title, scores in (("各镇 Towns", board.towns), ("县级部门 Departments", board.departments)):
        typer.echo(f"\n{title}")
        for score in scores:
            typer.echo(_board_line(score))


def _board_line(score: "UnitScore") -> str:
    total = "—" if score.total is None else str(score.total)
    grade = score.grade.name.zh if score.grade else "未计分"
    scored = sum(line.status == "scored" for line in score.lines)
    vetoes = f"  否优 {','.join(score.vetoes)}" if score.vetoes else ""
    counted = f"({scored}/{len(score.lines)})"
    return f"{score.rank or '':>3}  {total:>6}  {grade}  {score.unit.name}  {counted}{vetoes}"


@app.command()
def explain(
    score: Annotated[str, typer.Argument(help="e.g. 610327109:I01-5@2022-12-31")],
    data_dir: DataDir = None,
) -> None:
    """Print one score line: value, target, arithmetic, rule, and every event behind it."""
    from services.evaluation.domain.board_document import line_document

    service = open_service(data_dir)
    try:
        board, line = service.scores.line(score)
    except Problem as problem:
        raise _refused(problem) from problem
    document = line_document(board, line)
    events = document.pop("events")
    for name, value in document.items():
        typer.echo(f"{name:<18}{'' if value is None else value}")
    typer.echo(f"{'events':<18}{len(events)}")
    for entry in service.reads.events(events):
        typer.echo(f"  {entry.occurred_on}  {entry.fact:<38}  {entry.household_id:<38}  {entry.id}")


@app.command("replay")
def replay_journal(data_dir: DataDir = None) -> None:
    """Rebuild every projection from the journal; print the digests before and after."""
    from services.evaluation.service_layer.replay import replay
    from shared.audit.by_hand import enter_by_hand

    service = open_service(data_dir)
    replayed = replay(service.uow())
    enter_by_hand(service.engine, "evaluation.replay", equal=replayed.equal)
    typer.echo(f"before {replayed.before}\nafter  {replayed.after}\nhouseholds {replayed.households}")
    if not replayed.equal:
        typer.echo("投影与日志不一致，已按日志重建 · the projections differed and were rebuilt", err=True)
        raise typer.Exit(1)


@app.command()
def pack(
    folder: Path,
    as_of: Day,
    known_at: MaybeDay = None,
    data_dir: DataDir = None,
) -> None:
    """Write the pack of a day to FOLDER: scores, lines, events, rules, digest."""
    try:
        written = open_service(data_dir).write_pack(folder, as_of=as_of.date(), known_at=_day(known_at))
    except Problem as problem:
        raise _refused(problem) from problem
    typer.echo(f"{written.folder}\nevents {written.events}\nlines  {written.lines}\ndigest {written.digest}")


@app.command("verify-pack")
def verify(
    folder: Path,
    digest: Annotated[str, typer.Option(help="the digest that was published")] = "",
) -> None:
    """Recompute a pack from itself alone; name the first difference."""
    raise typer.Exit(report_on_pack(folder, digest))


def report_on_pack(folder: Path, digest: str = "") -> int:
    """Verify the pack in *folder*, say what came of it, and return the exit status: 0 sound, 1 not."""
    from services.evaluation.adapters.pack_check import verify_pack

    verdict = verify_pack(folder, digest=digest)
    if not verdict.sound:
        typer.echo(f"不一致 DIFFERENT {verdict.file}: {verdict.what}")
        return 1
    typer.echo(f"一致 SOUND {verdict.digest}\nevents {verdict.events}\nlines  {verdict.lines}")
    return 0


add_operating_commands(app, open_service)
add_rubric_commands(app)
add_packs_command(app)
add_aggregate_command(app)
add_what_if_command(app, open_service)
add_document_commands(app, open_service)
add_causation_command(app, open_service)

if __name__ == "__main__":
    app()
