"""The county's reports: the sum of its towns, and every report as an official table in a workbook."""

from collections.abc import Mapping
from decimal import Decimal

from services.monitoring.adapters.report.counting import codes_of
from services.monitoring.adapters.report.read_models import (
    PeriodRow,
    county_subjects,
    named,
    of_period,
    periods,
    town_values,
)
from services.monitoring.adapters.report.report import values_of
from services.monitoring.adapters.report.workbook import Cell, Sheet, write_report
from services.monitoring.domain.report.errors import ReportNotFoundError
from services.monitoring.domain.report.figure import figure_of, lines_of, shares_of
from services.monitoring.domain.report.period import KINDS
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.people import rows_for
from services.monitoring.entrypoints.web.report import (
    KIND_WORDS,
    TITLE,
    called,
    figure_words,
    line_words,
    period_words,
    report_area,
    report_of,
    report_state,
    subject_columns,
)
from shared.areas import areas
from shared.spreadsheet.writer import file_pieces
from shared.web.asking import Crumb, FileAnswer, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("report_county")
_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_COUNTY = Words("全县汇总", "The whole county")
_BELOW = Words(
    "说明：报表内容和报送时限为推定，未经县级确认；全县数为各镇已报送数之和。",
    "Note: contents and limits are inferred, not confirmed; the county's figures are sums of its towns'.",
)
_SIGN = Words(
    "填报人：            审核人：            单位负责人：            （盖章）    年    月    日",
    "Filled in by:            Reviewed by:            Head of unit:            (seal)            Date:",
)

_COLUMNS = (
    Column[PeriodRow](
        "报告期",
        "Period",
        lambda row: period_words(row.period),
        link=lambda row: f"/county-reports/{row.kind}/{row.period}",
    ),
    Column[PeriodRow]("种类", "Kind", lambda row: KIND_WORDS[row.kind]),
    Column[PeriodRow]("报送期限", "Due", lambda row: row.due_on),
    Column[PeriodRow]("应报（镇）", "Towns", lambda row: row.towns, "number"),
    Column[PeriodRow]("已报", "Handed in", lambda row: row.submitted, "number"),
    Column[PeriodRow]("迟报", "Late", lambda row: row.late, "number"),
    Column[PeriodRow]("已锁定", "Locked", lambda row: row.locked, "number"),
)


@section.page("/county-reports", "report.county", "monitoring/report_periods.html", area_of=own_area)
def list_periods(ask: MonitoringAsk) -> View:
    """List the periods, how many towns handed in, and how many late."""
    with read(ask) as connection:
        rows, total = periods(connection, limit=ask.paging.size, offset=ask.paging.offset)
    return View(
        _COUNTY, {}, Listing(_COLUMNS, rows, total, ask.paging), (Crumb(TITLE, "/reports"), Crumb(_COUNTY))
    )


def _table(
    by_town: Mapping[str, Mapping[str, int]], kind: str, language: str
) -> tuple[list[str], list[list[Cell]]]:
    """Return headings and lines: each figure of the county beside those of its towns."""
    towns = areas().towns()
    zh = language == "zh"
    total = {code: sum(found.get(code, 0) for found in by_town.values()) for code in codes_of(kind)}
    lines: list[list[Cell]] = []
    for code in lines_of(codes_of(kind), total):
        figure = figure_of(code)
        unit = figure.unit_zh if zh else figure.unit_en
        words = line_words(code, total[code])
        cells: list[Cell] = [
            by_town[town.code].get(code, 0) if town.code in by_town else None for town in towns
        ]
        lines.append([words.zh if zh else words.en, unit, total[code], *cells])
    for share in shares_of(kind):  # type: ignore[arg-type]  # one of the three kinds
        parts: list[Decimal | None] = [
            share.of(by_town[town.code]) if town.code in by_town else None for town in towns
        ]
        lines.append([share.zh if zh else share.en, "%", share.of(total), *parts])
    headings = ["指标" if zh else "Figure", "单位" if zh else "Unit", "全县" if zh else "County"]
    return [*headings, *(town.name for town in towns)], lines


@section.page(
    "/county-reports/{kind}/{period}", "report.county", "monitoring/report_county.html", area_of=own_area
)
def show_county(ask: MonitoringAsk, kind: str, period: str) -> View:
    """Show what the towns handed in last for a period, beside their sum."""
    with read(ask) as connection:
        every = of_period(connection, kind, period)
        if kind not in KINDS or not every:
            raise ReportNotFoundError
        by_town = town_values(connection, kind, period)
    headings, lines = _table(by_town, kind, ask.language)
    totals = {code: sum(found.get(code, 0) for found in by_town.values()) for code in codes_of(kind)}
    paths = {
        one.unit: f"/reports/{one.id}/figures/{{}}?number={one.submissions}"
        for one in every
        if one.submissions
    }
    above = f"/county-reports/{kind}/{period}/figures/{{}}"
    every_path = [above, *(paths.get(town.code, "") for town in areas().towns())]
    data = {
        "links": [[path.format(code) for path in every_path] for code in lines_of(codes_of(kind), totals)],
        "kind": kind,
        "period": period,
        "headings": headings,
        "lines": lines,
        "towns": [
            (areas().get(one.unit).name, f"/reports/{one.id}", report_state(ask, one)) for one in every
        ],
        "below": _BELOW,
    }
    of, name = period_words(period), KIND_WORDS[kind]
    words = Words(f"全县{of.zh}{name.zh}", f"The county's {name.en} {of.en}")
    return View(
        words, data, crumbs=(Crumb(TITLE, "/reports"), Crumb(_COUNTY, "/county-reports"), Crumb(words))
    )


@section.page(
    "/county-reports/{kind}/{period}/figures/{code}",
    "report.county",
    "monitoring/report_figure.html",
    area_of=own_area,
)
def show_county_figure(ask: MonitoringAsk, kind: str, period: str, code: str) -> View:
    """List what a figure of the whole county counts: what every town counted when it handed in last."""
    if kind not in KINDS or code not in codes_of(kind):
        raise ReportNotFoundError
    with read(ask) as connection:
        found = county_subjects(connection, kind, period, code)
        part = found[ask.paging.offset : ask.paging.offset + ask.paging.size]
        rows = rows_for(ask.officer, named(connection, part))
    figure = figure_of(code)
    words = figure_words(figure, code)
    crumbs = (
        Crumb(TITLE, "/reports"),
        Crumb(_COUNTY, "/county-reports"),
        Crumb(Words(period, period), f"/county-reports/{kind}/{period}"),
        Crumb(words),
    )
    data = {"number": None, "county": True}
    return View(words, data, Listing(subject_columns(figure, ask), rows, len(found), ask.paging), crumbs)


@section.download("/county-reports/{kind}/{period}/workbook", "report.county", area_of=own_area)
def county_workbook(ask: MonitoringAsk, kind: str, period: str) -> FileAnswer:
    """Give the county's table as a workbook."""
    with read(ask) as connection:
        every = of_period(connection, kind, period)
        if kind not in KINDS or not every:
            raise ReportNotFoundError
        by_town = town_values(connection, kind, period)
    headings, lines = _table(by_town, kind, ask.language)
    title = Words(
        f"陇县防返贫动态监测和帮扶工作{KIND_WORDS[kind].zh}",
        f"Longxian, watch against relapse, {KIND_WORDS[kind].en} report",
    )
    above = Words(
        f"填报单位：县乡村振兴局    报告期：{every[0].first} 至 {every[0].last}（{period}）    "
        f"已报 {len(by_town)}/{len(every)} 镇",
        f"From: the county's office. Period: {every[0].first} to {every[0].last} ({period}). "
        f"Towns: {len(by_town)} of {len(every)}",
    )
    return _file(
        ask,
        Sheet(
            title.pick(ask.language),
            above.pick(ask.language),
            headings,
            lines,
            [_BELOW.pick(ask.language)],
            _SIGN.pick(ask.language),
        ),
        f"county-{kind}-{period}",
    )


@section.download("/reports/{report_id}/workbook", "report.read", area_of=report_area)
def report_workbook(ask: MonitoringAsk, report_id: str) -> FileAnswer:
    """Give the report as it was handed in last, as a workbook."""
    with read(ask) as connection:
        report = report_of(connection, report_id)
        if not report.submissions:
            raise ReportNotFoundError
        values = values_of(connection, report_id, report.submissions)
    zh = ask.language == "zh"
    lines: list[list[Cell]] = []
    for code in lines_of(codes_of(report.kind), values):
        figure = figure_of(code)
        lines.append(
            [
                line_words(code, values.get(code, 0)).pick(ask.language),
                figure.unit_zh if zh else figure.unit_en,
                values.get(code, 0),
            ]
        )
    lines += [[one.zh if zh else one.en, "%", one.of(values)] for one in shares_of(report.kind)]
    town = areas().get(report.unit).name
    above = Words(
        f"填报单位：{town}    报告期：{report.first} 至 {report.last}    "
        f"首次报送：{report.submitted_on}    第{report.submissions}次",
        f"From: {town}. Period: {report.first} to {report.last}. First handed in: {report.submitted_on}; "
        f"number {report.submissions}",
    )
    headings = ["指标", "单位", "数值"] if zh else ["Figure", "Unit", "Value"]
    sheet = Sheet(
        called(report).pick(ask.language),
        above.pick(ask.language),
        headings,
        lines,
        [_BELOW.pick(ask.language)],
        _SIGN.pick(ask.language),
    )
    return _file(ask, sheet, f"{report.unit}-{report.kind}-{report.period}")


def _file(_ask: MonitoringAsk, sheet: Sheet, name: str) -> FileAnswer:
    return FileAnswer(f"{name}.xlsx", _XLSX, file_pieces(write_report(sheet)))
