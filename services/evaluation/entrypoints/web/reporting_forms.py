"""The forms of a report, one for each kind of figure, and the figures they make."""

from collections.abc import Iterable
from datetime import date
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Field

from services.evaluation.domain.reporting.errors import WrongFigureError
from services.evaluation.domain.reporting.figure import ReportedFigure, Shape, figure_of
from services.evaluation.domain.reporting.plan import COUNTY
from services.evaluation.domain.reporting.task import ReportingTask
from shared.web.asking import Ask
from shared.web.forms import Choice, Form, Label, Note, Upload, Version

_MOST = Decimal(10) ** 13


def every_unit(ask: Ask[Any]) -> Iterable[Choice]:
    """Return every unit a value may be about."""
    yield Choice(COUNTY, "全县", "the county")
    for unit in ask.service.units():
        yield Choice(unit.id, unit.name, unit.name)


UnitField = Annotated[str, Field(max_length=64), Label("单位", "Unit", choices=every_unit)]
Number = Annotated[Decimal, Field(ge=0, le=_MOST, decimal_places=4)]
Many = Annotated[int, Field(ge=0, le=1000)]


class ShareRow(Form):
    unit: UnitField
    numerator: Annotated[Number, Label("分子", "Numerator")]
    denominator: Annotated[
        Number, Label("分母", "Denominator", hint_zh="没有对象填 0", hint_en="0 where there are none")
    ]


class ShareForm(Form):
    version: Version
    rows: Annotated[tuple[ShareRow, ...], Label("数值", "Values", rows=1)]
    note: Note = ""


class CountRow(Form):
    unit: UnitField
    number: Annotated[
        Number, Label("数值", "Number", hint_zh="没有发生填 0", hint_en="0 where there was none")
    ]


class CountForm(Form):
    version: Version
    rows: Annotated[tuple[CountRow, ...], Label("数值", "Values", rows=1)]
    note: Note = ""


class YesNoForm(Form):
    version: Version
    answer: Annotated[
        Literal["yes", "no"],
        Label(
            "是否完成", "Done", choices=(Choice("yes", "是", "yes"), Choice("no", "否", "no")), widget="radio"
        ),
    ]
    note: Note = ""


class DayForm(Form):
    version: Version
    done_on: Annotated[
        date | None,
        Label("完成日期", "Done on", hint_zh="尚未完成则不填", hint_en="empty while it is not done"),
    ] = None
    note: Note = ""


class LevelsForm(Form):
    version: Version
    central: Annotated[Many, Label("中央级项数", "Of the centre")]
    province: Annotated[Many, Label("省级项数", "Of the province")]
    city: Annotated[Many, Label("市级项数", "Of the city")]
    note: Note = ""


class FileForm(Form):
    version: Version
    file: Annotated[
        Upload,
        Label(
            "佐证材料",
            "Evidence",
            hint_zh="PDF、JPG、PNG、XLSX、DOCX，每份不超过 10 MB",
            hint_en="PDF, JPG, PNG, XLSX or DOCX of at most 10 MB",
        ),
    ]


class SheetForm(Form):
    version: Version
    file: Annotated[
        Upload,
        Label(
            "填好的表格",
            "The filled-in form",
            hint_zh="用本页下载的表格",
            hint_en="the form this page offers",
        ),
    ]


class DetachForm(Form):
    version: Version
    sha256: Annotated[str, Field(max_length=64), Label("材料", "File", widget="hidden")]


class StepForm(Form):
    version: Version


class ReturnForm(Form):
    version: Version
    reason: Annotated[str, Field(min_length=2, max_length=500), Label("退回原因", "Reason", lines=3)]


class FoundRow(Form):
    unit: UnitField
    result: Annotated[
        Literal["corrected", "withdrawn"],
        Label(
            "处理",
            "Result",
            choices=(Choice("corrected", "更正", "corrected"), Choice("withdrawn", "作废", "withdrawn")),
        ),
    ]
    numerator: Annotated[
        Number | None,
        Label(
            "实际分子（数值）", "Numerator or number", hint_zh="是填 1、否填 0", hint_en="1 for yes, 0 for no"
        ),
    ] = None
    denominator: Annotated[Number | None, Label("实际分母", "Denominator")] = None
    done_on: Annotated[date | None, Label("实际完成日期", "Done on")] = None
    levels: Annotated[
        str,
        Field(pattern=r"^([0-9]{1,3}/[0-9]{1,3}/[0-9]{1,3})?$"),
        Label("中央/省/市项数", "Centre/province/city", hint_zh="如 0/1/2", hint_en="e.g. 0/1/2"),
    ] = ""


class CheckForm(Form):
    version: Version
    how: Annotated[
        Literal["files", "on_the_spot"],
        Label(
            "核查方式",
            "How",
            choices=(Choice("files", "核对材料", "files"), Choice("on_the_spot", "实地核查", "on the spot")),
        ),
    ] = "files"
    found: Annotated[
        tuple[FoundRow, ...],
        Label("有误的数值（属实则不填）", "What was wrong (nothing when all was right)", rows=2),
    ] = ()


class FreezeForm(Form):
    title: Annotated[str, Field(min_length=2, max_length=60), Label("名称", "Title")]


class SeedForm(Form):
    seed: Annotated[
        str,
        Field(min_length=4, max_length=64, pattern="^[0-9A-Za-z]+$"),
        Label(
            "抽样种子",
            "Seed",
            hint_zh="公布名单摘要之后当众产生；只填数字和字母",
            hint_en="found in public after the digest; digits and letters only",
        ),
    ]


def figures_of(task: ReportingTask, form: ShareForm | CountForm) -> dict[str, ReportedFigure]:
    """Return the figures of a form with rows, by unit; the task refuses what is missing or strange."""
    found = {}
    for row in form.rows:
        if isinstance(row, ShareRow):
            figure = figure_of(task.shape, numerator=row.numerator, denominator=row.denominator)
        else:
            figure = figure_of(task.shape, numerator=row.number)
        found[row.unit] = figure
    return found


def first_rows(task: ReportingTask) -> list[dict[str, Any]]:
    """Return the rows a form begins with: every unit, with what was handed in before."""
    names = ("number",) if task.shape == "count" else ("numerator", "denominator")
    rows = []
    for unit in task.about:
        figure = task.values.get(unit)
        known = (figure.numerator, figure.denominator) if figure else (None, None)
        rows.append({"unit": unit, **dict(zip(names, known, strict=False))})
    return rows


def found_figure(shape: Shape, row: FoundRow) -> ReportedFigure | None:
    """Return what a check found for one unit; None where the value goes."""
    if row.result == "withdrawn":
        return None
    if shape == "yes_no" and row.numerator is None:
        raise WrongFigureError(what_zh="请填写 1（是）或 0（否）", what_en="Give 1 for yes or 0 for no")
    return figure_of(
        shape,
        numerator=row.numerator,
        denominator=row.denominator,
        yes=bool(row.numerator) if shape == "yes_no" else None,
        done_on=row.done_on,
        levels=tuple(int(part) for part in row.levels.split("/")) if row.levels else (),
    )
