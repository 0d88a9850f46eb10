"""Importing and exporting files on the command line, for operators and for county-wide files."""

import hashlib
from pathlib import Path
from typing import Annotated

import typer

from services.monitoring.adapters.exchange.exported_file import write_errors, write_national
from services.monitoring.adapters.read_models_exchange import EXPORTED, wrong_rows
from services.monitoring.bootstrap import Monitoring, bootstrap
from services.monitoring.domain.exchange.import_errors import UnknownFormatError
from services.monitoring.domain.exchange.import_job import ImportJob
from services.monitoring.service_layer.exchange.exporting import AskForExport, ask_for_export
from services.monitoring.service_layer.exchange.importing import ImportStep, Upload, approve, upload
from services.monitoring.service_layer.exchange.working import work_on
from shared.areas import COUNTY, areas
from shared.audit import Sealed
from shared.audit.by_hand import deed_by_hand
from shared.persistence.engine import reading

_PIECE = 1 << 20
_OPERATOR = "operator-cli"


def add_exchange_commands(cli: typer.Typer) -> None:
    """Add ``import``, ``export`` and ``formats`` to the service's command line."""
    cli.command("import")(import_file)
    cli.command("export")(export_list)
    cli.command("formats")(list_formats)


def list_formats() -> None:
    """列出可导入的表格种类。List the kinds of table that can be imported."""
    service = bootstrap()
    for key, one in service.formats.items():
        typer.echo(f"{key:24} {one.zh}（{one.department or service.owners().get(key, '')}）")
    service.engine.dispose()


def import_file(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="XLSX, XLS or CSV")],
    format_key: Annotated[str, typer.Option("--format", help="see the command formats")],
    month: Annotated[str, typer.Option(help="YYYYMM, of a department's list")] = "",
    complete: Annotated[bool, typer.Option("--complete", help="whoever is not on the list is not")] = False,  # noqa: FBT002  (an option)
    apply: Annotated[bool, typer.Option("--apply", help="record it when no row is wrong")] = False,  # noqa: FBT002
    errors: Annotated[
        Path | None, typer.Option(help="where the rows with errors are written (.xlsx)")
    ] = None,
) -> None:
    """预览一份文件会改变什么，加 --apply 才导入。Show what a file would change; --apply imports it."""
    service = bootstrap()
    try:
        job = _previewed(service, file, format_key, month, complete=complete)
        _tell(job)
        if errors is not None and job.counts.failed:
            with reading(service.engine) as connection:
                wrong = wrong_rows(connection, job.id, "zh")
            wanted = service.formats[format_key]
            write_errors(errors, file, wanted, wrong, all_rows=False, language="zh")
            typer.echo(f"错误清单 · wrong rows: {errors}")
        if apply:
            deed = deed_by_hand("import.approve", about=("import", job.id))
            approve(ImportStep(import_id=job.id, by=_OPERATOR), service.uow(Sealed(deed)), service.formats)
            work_on(job.id, service.desk())
            job = _job(service, job.id)
            _tell(job)
    finally:
        service.engine.dispose()
    if job.state == "rejected" or job.counts.failed or (apply and job.state != "applied"):
        raise typer.Exit(1)


def _previewed(service: Monitoring, file: Path, format_key: str, month: str, *, complete: bool) -> ImportJob:
    digest = hashlib.sha256()
    with file.open("rb") as stream:
        while piece := stream.read(_PIECE):
            digest.update(piece)
    command = Upload(
        path=file,
        name=file.name,
        file_hash=digest.hexdigest(),
        size=file.stat().st_size,
        format=format_key,
        area_code=COUNTY,
        by=_OPERATOR,
        month=month,
        complete=complete,
    )
    import_id = upload(command, service.uow(), service.formats, service.owners())
    work_on(import_id, service.desk())
    return _job(service, import_id)


def _job(service: Monitoring, import_id: str) -> ImportJob:
    with service.uow() as uow:
        return uow.imports.get(import_id)


def _tell(job: ImportJob) -> None:
    counts = job.counts
    typer.echo(
        f"{job.id}  {job.state}  新增 new {counts.new}  变更 changed {counts.changed}  "
        f"无变化 unchanged {counts.unchanged}  错误 wrong {counts.failed}  户 households {counts.households}"
    )
    if job.problem_code:
        typer.echo(f"{job.problem_zh}\n{job.problem_en}")


def export_list(
    file: Annotated[Path, typer.Argument(dir_okay=False, help="ends in .xlsx or .csv")],
    format_key: Annotated[str, typer.Option("--format")] = EXPORTED[0],
    area: Annotated[str, typer.Option(help="area code")] = COUNTY,
    whole_numbers: Annotated[bool, typer.Option("--whole-numbers", help="needs --reason")] = False,  # noqa: FBT002
    reason: Annotated[str, typer.Option(help="why whole numbers are needed; kept on record")] = "",
) -> None:
    """导出名单，证件号码默认隐去。Export a national list, numbers masked unless there is a reason."""
    service = bootstrap()
    try:
        if format_key not in EXPORTED:
            raise UnknownFormatError(format=format_key[:40])
        areas().get(area)
        command = AskForExport(
            format=format_key,
            file_kind=file.suffix.removeprefix(".")[:4],
            area_code=area,
            by=_OPERATOR,
            whole_numbers=whole_numbers,
            reason=reason,
        )
        deed = deed_by_hand("export.ask", format=format_key, area_code=area, whole_numbers=whole_numbers)
        ask_for_export(command, service.uow(Sealed(deed)))
        wanted = service.formats[format_key]
        lines = write_national(file, service.engine, wanted, area, whole_numbers=whole_numbers)
        typer.echo(f"{lines} 行 · rows")
    finally:
        service.engine.dispose()
