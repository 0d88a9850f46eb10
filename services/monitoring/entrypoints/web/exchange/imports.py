"""Imports: sending a file, looking at what it would change, approving it, fetching what is wrong with it."""

import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Annotated, Any

from pydantic import Field

from services.monitoring.adapters.exchange.exported_file import new_file, write_errors
from services.monitoring.adapters.exchange.workbook_reader import LARGEST_FILE
from services.monitoring.adapters.read_models_exchange import (
    ImportRow,
    ImportShown,
    find_import_rows,
    find_imports,
    wrong_rows,
)
from services.monitoring.domain.exchange.format import FileFormat
from services.monitoring.domain.exchange.import_errors import ImportNotFoundError
from services.monitoring.domain.exchange.import_job import STATE_WORDS, ImportJob
from services.monitoring.domain.exchange.registry_row import HOUSEHOLD, PERSON
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.service_layer.exchange.importing import (
    ImportStep,
    approve,
    preview_again,
    upload,
    withdraw,
)
from services.monitoring.service_layer.exchange.importing import Upload as UploadFile
from services.monitoring.service_layer.exchange.working import work_on
from shared.areas import areas
from shared.kernel.period import Month
from shared.spreadsheet import file_pieces
from shared.web.asking import Ask, Crumb, Done, FileAnswer, View, own_area
from shared.web.forms import Choice, Form, Label, Upload, Version
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour, Column, Listing
from shared.web.running import XLSX
from shared.web.section import Section

section = Section("import", "/imports")

AT_ONCE_BYTES, AT_ONCE_ROWS = 3_000_000, 5_000
"""So much is read, or applied, while the person waits; more is left to the worker."""
IMPORTS = Words("导入", "Imports")
_STATES: Mapping[str, tuple[Colour, str]] = {
    "uploaded": ("blue", "uploaded, to be read"),
    "previewed": ("yellow", "previewed, to be confirmed"),
    "approved": ("blue", "confirmed, being applied"),
    "applied": ("green", "applied"),
    "rejected": ("red", "cannot be read"),
    "withdrawn": ("grey", "withdrawn"),
}
_OUTCOMES = {
    "new": Badge("green", Words("新增", "new")),
    "changed": Badge("yellow", Words("变更", "changed")),
    "failed": Badge("red", Words("错误", "wrong")),
}
_PERSONAL = frozenset({"id_number", "phone", "household_phone"})


def formats_for(ask: Ask[Any]) -> list[FileFormat]:
    """Return the kinds of table the officer may send."""
    owners = ask.service.owners()
    every = ask.service.formats.values()
    if ask.officer.role == "department":
        return [one for one in every if owners.get(one.list_kind, one.department) == ask.officer.unit]
    if ask.officer.role == "county":
        return list(every)
    return [one for one in every if one.target == "registry"]


def _choices(ask: Ask[Any]) -> Iterable[Choice]:
    return [Choice(one.key, one.zh, one.en) for one in formats_for(ask)]


class SendForm(Form):
    format: Annotated[str, Field(max_length=40), Label("表格种类", "Kind of table", choices=_choices)]
    file: Annotated[
        Upload,
        Label(
            "文件",
            "File",
            hint_zh="Excel 工作簿（.xlsx、.xls）或 CSV，最大 120 MB；请保留表头，身份证号列设为文本",
            hint_en="a workbook or CSV of at most 120 MB with its headings; ID numbers as text",
        ),
    ]
    month: Annotated[
        str,
        Field(pattern="^([0-9]{6})?$"),
        Label(
            "所属月份",
            "Month",
            hint_zh="部门名单填写，如 202206",
            hint_en="of a department's list, e.g. 202206",
        ),
    ] = ""
    complete: Annotated[
        bool,
        Label(
            "全量名单",
            "Complete list",
            hint_zh="部门名单：不在名单上的人即为未享受、未参保或未在籍",
            hint_en="of a department: whoever is not on it is not entitled, insured or enrolled",
        ),
    ] = False


class StepForm(Form):
    version: Version


def job_area(ask: Ask[Any], given: Mapping[str, Any]) -> str | None:
    """Find the area of the import an address names; another department's is not there."""
    job = _found(ask, given["import_id"])
    return None if job is None else job.area_code


def _found(ask: Ask[Any], import_id: str) -> ImportJob | None:
    with ask.service.uow() as uow:
        try:
            job: ImportJob = uow.imports.get(import_id)
        except ImportNotFoundError:
            return None
    foreign = ask.officer.role == "department" and job.department != ask.officer.unit
    return None if foreign else job


def state_badge(state: str, failed: int) -> Badge:
    """Return how far an import is."""
    if state == "previewed" and failed:
        return Badge("red", Words("有错误，待改正", "wrong rows, to be corrected"))
    colour, en = _STATES[state]
    return Badge(colour, Words(STATE_WORDS[state], en))  # type: ignore[index]  # one of the states


@section.page("", "import.read", "monitoring/exchange/imports.html", area_of=own_area)
def list_imports(ask: MonitoringAsk, format: str = "") -> View:  # noqa: A002  (the name of the query parameter)
    """List the imports of the officer's area or department, the newest first."""
    department = ask.officer.unit if ask.officer.role == "department" else ""
    with read(ask) as connection:
        rows, total = find_imports(
            connection,
            area_code=ask.officer.area_code,
            department=department,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    month = str(Month.of(ask.today).plus(-1))
    given = {"month": month} if ask.officer.role in ("county", "department") else {}
    if any(one.key == format for one in formats_for(ask)):
        given["format"] = format
    data = {"given": given, "formats": [(one.key, Words(one.zh, one.en)) for one in formats_for(ask)]}
    return View(IMPORTS, data, Listing(_columns(ask), rows, total, ask.paging))


def _columns(ask: MonitoringAsk) -> tuple[Column[ImportShown], ...]:
    formats = ask.service.formats
    return (
        Column[ImportShown](
            "表格", "Table", lambda one: _words(formats, one.format), link=lambda one: f"/imports/{one.id}"
        ),
        Column[ImportShown]("文件", "File", lambda one: one.file_name),
        Column[ImportShown]("范围", "Area", lambda one: one.department or areas().full_name(one.area_code)),
        Column[ImportShown]("月份", "Month", lambda one: one.month or None),
        Column[ImportShown]("上传时间", "Sent", lambda one: one.uploaded_at),
        Column[ImportShown]("新增", "New", lambda one: one.counts["new"], "number"),
        Column[ImportShown]("变更", "Changed", lambda one: one.counts["changed"], "number"),
        Column[ImportShown]("无变化", "Unchanged", lambda one: one.counts["unchanged"], "number"),
        Column[ImportShown]("错误", "Wrong", lambda one: one.counts["failed"], "number"),
        Column[ImportShown]("状态", "State", lambda one: state_badge(one.state, one.counts["failed"])),
    )


def _words(formats: Mapping[str, FileFormat], key: str) -> Words:
    one = formats.get(key)
    return Words(one.zh, one.en) if one else Words(key, key)


@section.page("/{import_id}", "import.read", "monitoring/exchange/import.html", area_of=job_area)
def show_import(ask: MonitoringAsk, import_id: str, outcome: str = "") -> View:
    """Show one import: what it would change, row by row, and what is wrong."""
    job = _found(ask, import_id)
    if job is None:
        raise ImportNotFoundError
    # Whoever has wrong rows wants to see those first.
    outcome = outcome or ("failed" if job.counts.failed else "all")
    with read(ask) as connection:
        rows, total = find_import_rows(
            connection,
            import_id,
            outcome="" if outcome == "all" else outcome,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    wanted = ask.service.formats[job.format]
    title = _words(ask.service.formats, job.format)
    data = {
        "job": {name: getattr(job, name) for name in _SHOWN},
        "counts": job.counts,
        "total": job.counts.total,
        "state": state_badge(job.state, job.counts.failed),
        "outcome": outcome,
        "problem": Words(job.problem_zh, job.problem_en) if job.problem_code else None,
        "is_list": wanted.target == "list",
        "only_checked": wanted.target == "list" and not wanted.list_kind,
        "confirmed": wanted.confirmed,
        "source": wanted.source,
    }
    crumbs = (Crumb(IMPORTS, "/imports"), Crumb(title))
    return View(title, data, Listing(_row_columns(wanted), rows, total, ask.paging), crumbs)


_SHOWN = (
    "id",
    "version",
    "state",
    "file_name",
    "file_size",
    "month",
    "uploaded_at",
    "previewed_at",
    "ended_at",
)


def _row_columns(wanted: FileFormat) -> tuple[Column[ImportRow], ...]:
    return (
        Column[ImportRow]("行号", "Line", lambda row: row.number, "number"),
        Column[ImportRow]("结果", "Outcome", lambda row: _OUTCOMES[row.outcome]),
        Column[ImportRow]("户编号", "Household no.", lambda row: row.household_no or None),
        Column[ImportRow]("变更内容或错误原因", "Changes, or what is wrong", lambda row: _what(row, wanted)),
    )


def _what(row: ImportRow, wanted: FileFormat) -> Words:
    if row.outcome == "failed":
        return Words(
            "；".join(f"{_label(wanted, one[0]).zh}：{one[2]}" for one in row.problems),
            "; ".join(f"{_label(wanted, one[0]).en} {one[3]}" for one in row.problems),
        )
    if row.outcome == "new":
        return Words("新登记", "to be registered")
    told = [_change(wanted, name, row) for name in row.new]
    return Words("；".join(one.zh for one in told), "; ".join(one.en for one in told))


def _change(wanted: FileFormat, name: str, row: ImportRow) -> Words:
    label = _label(wanted, name)
    if name in _PERSONAL:
        return Words(f"{label.zh}：有变更", f"{label.en}: changed")
    before, now = _shown(wanted, name, row.before.get(name)), _shown(wanted, name, row.new[name])
    return Words(f"{label.zh}：{before}→{now}", f"{label.en}: {before} → {now}")


_BACK = {to: name for name, to in (*PERSON.items(), *HOUSEHOLD.items())}


def _label(wanted: FileFormat, name: str) -> Words:
    column = wanted.column(name) or wanted.column(_BACK.get(name, ""))
    if column is not None:
        return Words(column.heading, column.en)
    return {"area_code": Words("所在村", "Village"), "lifted_out": Words("是否脱贫户", "Lifted out")}.get(
        name, Words(name, name)
    )


def _shown(wanted: FileFormat, name: str, value: object) -> str:
    column = wanted.column(name) or wanted.column(_BACK.get(name, ""))
    if value is None or value == "":
        return "（空）"
    if isinstance(value, bool):
        return "是" if value else "否"
    if name == "area_code":
        return areas().full_name(str(value))
    if isinstance(value, list):
        return "、".join(column.names.get(str(one), str(one)) if column else str(one) for one in value)
    return column.names.get(str(value), str(value)) if column else str(value)


@section.action(
    "",
    "import.send",
    Words("上传文件", "Send a file"),
    SendForm,
    area_of=own_area,
    largest_file=LARGEST_FILE,
)
def send(act: MonitoringAct, form: SendForm) -> Done:
    department = act.officer.unit if act.officer.role == "department" else ""
    command = UploadFile(
        path=form.file.path,
        name=form.file.name,
        file_hash=form.file.sha256,
        size=form.file.size,
        format=form.format,
        area_code=act.officer.area_code,
        by=act.officer.account_id,
        department=department,
        registry_only=act.officer.role not in ("county", "department"),
        month=form.month,
        complete=form.complete,
    )
    import_id = upload(command, act.uow(), act.service.formats, act.service.owners())
    if form.file.size <= AT_ONCE_BYTES:
        work_on(import_id, act.service.desk())
        return Done(
            f"/imports/{import_id}",
            "已读取，请核对预览",
            "Read; look at the preview",
            {"id": import_id},
            created=True,
        )
    return Done(
        f"/imports/{import_id}", "已上传，正在读取", "Sent; it is being read", {"id": import_id}, created=True
    )


def _step(act: MonitoringAct, form: StepForm, import_id: str) -> ImportStep:
    return ImportStep(import_id=import_id, by=act.officer.account_id, version=form.version)


@section.action(
    "/{import_id}/approve",
    "import.approve",
    Words("确认导入", "Confirm and import"),
    StepForm,
    area_of=job_area,
)
def confirm(act: MonitoringAct, form: StepForm, import_id: str) -> Done:
    approve(_step(act, form, import_id), act.uow(), act.service.formats)
    job = _found(act, import_id)
    if job is not None and job.counts.total <= AT_ONCE_ROWS:
        work_on(import_id, act.service.desk())
    return Done(f"/imports/{import_id}", "已确认", "Confirmed", {"id": import_id})


@section.action(
    "/{import_id}/preview",
    "import.preview",
    Words("重新预览", "Preview again"),
    StepForm,
    permission="import.send",
    area_of=job_area,
)
def look_again(act: MonitoringAct, form: StepForm, import_id: str) -> Done:
    preview_again(_step(act, form, import_id), act.uow())
    job = _found(act, import_id)
    if job is not None and job.file_size <= AT_ONCE_BYTES:
        work_on(import_id, act.service.desk())
    return Done(f"/imports/{import_id}", "已重新读取", "Read again", {"id": import_id})


@section.action(
    "/{import_id}/withdraw",
    "import.withdraw",
    Words("撤回", "Withdraw"),
    StepForm,
    permission="import.send",
    area_of=job_area,
)
def give_up(act: MonitoringAct, form: StepForm, import_id: str) -> Done:
    withdraw(_step(act, form, import_id), act.uow())
    return Done(
        "/imports", "已撤回，未导入任何内容", "Withdrawn; nothing of it is recorded", {"id": import_id}
    )


@section.download("/{import_id}/errors", "import.read", area_of=job_area)
def fetch_errors(ask: MonitoringAsk, import_id: str, rows: str = "wrong") -> FileAnswer:
    """Give the file back with the reason beside each wrong row: only those, or with ``rows=all`` all."""
    job = _found(ask, import_id)
    if job is None:
        raise ImportNotFoundError
    wanted = ask.service.formats[job.format]
    with read(ask) as connection:
        wrong = wrong_rows(connection, import_id, ask.language)
    path = new_file("xlsx")
    with tempfile.TemporaryDirectory(prefix="shouxian-import-") as folder:
        source = Path(folder) / "file"
        with ask.service.uow() as uow:
            uow.imports.copy_file(job.file_hash, source)
        write_errors(path, source, wanted, wrong, all_rows=rows == "all", language=ask.language)
    return FileAnswer(f"{wanted.zh}-错误清单.xlsx", XLSX, file_pieces(path))
