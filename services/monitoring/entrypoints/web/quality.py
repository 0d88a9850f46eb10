"""Data quality: how the records stand by rule, by place and by who answers for them; running the rules."""

from dataclasses import dataclass

from services.monitoring.adapters.read_models_quality import (
    RunTotals,
    Tally,
    latest_runs,
    tally,
    waiting_at_gates,
)
from services.monitoring.domain.quality.rule import Rule
from services.monitoring.entrypoints.web.dependencies import MonitoringAct, MonitoringAsk, read
from services.monitoring.entrypoints.web.quality_shown import SEVERITIES, unconfirmed, unit_of
from services.monitoring.service_layer.quality.run import run_rules
from shared.areas import areas
from shared.web.asking import Crumb, Done, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import NoInput, Section

section = Section("quality")

TITLE = Words("数据质量", "Data quality")
_HUNDRED = 100
_NOBODY = Tally("", 0, 0, 0, 0)


@dataclass(frozen=True, slots=True)
class RuleLine:
    """A rule with what stands against it and what the latest run found."""

    id: str
    zh: str
    en: str
    severity: int
    numbers: tuple[str, ...]
    open: int
    overdue: int
    explained: int
    fixed: int
    asked: int | None
    broken: int | None
    runs: bool
    mark: str
    unconfirmed: tuple[str, ...]


def mark_of(rule: Rule, runs: RunTotals, ask: MonitoringAsk) -> str:
    """Return ``not_run``, ``never``, ``always``, or nothing, by the latest run."""
    policy = ask.service.quality
    if not policy.catalogue.runs(rule):
        return "not_run"
    asked, broken = runs.asked.get(rule.id, 0), runs.broken.get(rule.id, 0)
    if not asked:
        return ""
    if not broken:
        return "never"
    always = broken * _HUNDRED > asked * policy.always_fires_percent.on(ask.today)
    return "always" if always else ""


def rule_lines(ask: MonitoringAsk, tallies: list[Tally], runs: RunTotals) -> list[RuleLine]:
    """Return every rule of the catalogue, in its order."""
    counts = {one.key: one for one in tallies}
    policy = ask.service.quality
    lines = []
    for rule in policy.catalogue.rules.values():
        count = counts.get(rule.id, _NOBODY)
        known = rule.id in runs.asked
        line = RuleLine(
            id=rule.id,
            zh=rule.zh,
            en=rule.en,
            severity=rule.severity,
            numbers=rule.numbers,
            open=count.open,
            overdue=count.overdue,
            explained=count.explained,
            fixed=count.fixed,
            asked=runs.asked[rule.id] if known else None,
            broken=runs.broken.get(rule.id, 0) if known else None,
            runs=policy.catalogue.runs(rule),
            mark=mark_of(rule, runs, ask),
            unconfirmed=unconfirmed(ask, rule),
        )
        lines.append(line)
    return lines


_MARKS = {
    "": Badge("green", Words("正常", "in order")),
    "not_run": Badge("grey", Words("未采集，不运行", "not kept: not run")),
    "never": Badge("blue", Words("从未报错", "never fires")),
    "always": Badge("red", Words("几乎全部报错", "fires nearly always")),
}


def _rule_columns() -> tuple[Column[RuleLine], ...]:
    return (
        Column[RuleLine](
            "规则", "Rule", lambda row: row.id, link=lambda row: f"/quality/errors?rule={row.id}"
        ),
        Column[RuleLine]("内容", "What it finds", lambda row: Words(row.zh, row.en)),
        Column[RuleLine]("严重程度", "Severity", lambda row: SEVERITIES[row.severity]),
        Column[RuleLine]("待处理", "Open", lambda row: row.open, "number"),
        Column[RuleLine]("逾期", "Overdue", lambda row: row.overdue, "number"),
        Column[RuleLine]("已说明", "Explained", lambda row: row.explained, "number"),
        Column[RuleLine]("已更正", "Fixed", lambda row: row.fixed, "number"),
        Column[RuleLine]("上次检查", "Asked", lambda row: row.asked, "number"),
        Column[RuleLine]("其中报错", "Fired", lambda row: row.broken, "number"),
        Column[RuleLine]("标记", "Mark", lambda row: _MARKS[row.mark]),
        Column[RuleLine]("依据", "Source", _source),
    )


def _source(row: RuleLine) -> object:
    zh, en = "、".join(row.numbers), ", ".join(row.numbers)
    if row.unconfirmed:
        return Words(f"{zh}（未确认）", f"{en} (unconfirmed)")
    return Words(zh or "—", en or "—")


@section.page("/quality", "quality.read", "monitoring/quality/overview.html", area_of=own_area)
def overview(ask: MonitoringAsk, family: str = "", mark: str = "") -> View:
    """Show every rule of the catalogue with what stands against it, its source, and how it ran last."""
    area = ask.officer.area_code
    with read(ask) as connection:
        tallies = tally(connection, "rule", area_code=area, today=ask.today, unit=unit_of(ask))
        runs = latest_runs(connection, area)
        gates = waiting_at_gates(connection, area)
    lines = rule_lines(ask, tallies, runs)
    chosen = [
        line
        for line in lines
        if (not family or line.id.startswith(family)) and (not mark or line.mark == mark)
    ]
    chosen.sort(
        key=lambda line: -line.open
    )  # What has most to be done comes first, else the catalogue's order.
    part = chosen[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {
        "open": sum(one.open for one in tallies),
        "overdue": sum(one.overdue for one in tallies),
        "rules": len(lines),
        "running": sum(line.runs for line in lines),
        "never": sum(line.mark == "never" for line in lines),
        "always": sum(line.mark == "always" for line in lines),
        "ran_on": runs.ran_on,
        "records": runs.records,
        "waiting": sum(gates.values()),
        "family": family,
        "mark": mark,
        "families": "ABCDEFGHIJKL",
    }
    return View(TITLE, data, Listing(_rule_columns(), part, len(chosen), ask.paging))


def _key_words(by: str, key: str, people: dict[str, str]) -> str:
    if by == "responsible":
        return people.get(key, key) if key else "—"
    return areas().full_name(key) if key in areas() else key


@section.page("/quality/statistics", "quality.read", "monitoring/quality/statistics.html", area_of=own_area)
def statistics(ask: MonitoringAsk, by: str = "town") -> View:
    """Count errors by town, by village or by the person who entered the record."""
    by = by if by in ("town", "village", "responsible") else "town"
    with read(ask) as connection:
        rows = tally(connection, by, area_code=ask.officer.area_code, today=ask.today, unit=unit_of(ask))
    people: dict[str, str] = {}
    query = {"town": "area", "village": "area", "responsible": "responsible"}[by]
    columns = (
        Column[Tally](
            *{"town": ("镇", "Town"), "village": ("村", "Village"), "responsible": ("责任人", "Responsible")}[
                by
            ],
            lambda row: _key_words(by, row.key, people),
            link=lambda row: f"/quality/errors?{query}={row.key}",
        ),
        Column[Tally]("待处理", "Open", lambda row: row.open, "number"),
        Column[Tally]("其中逾期", "Overdue", lambda row: row.overdue, "number"),
        Column[Tally]("已说明", "Explained", lambda row: row.explained, "number"),
        Column[Tally]("已更正或消除", "Fixed", lambda row: row.fixed, "number"),
        Column[Tally]("合计", "Total", lambda row: row.total, "number"),
    )
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    words = Words("错误信息统计", "Errors counted")
    crumbs = (Crumb(TITLE, "/quality"), Crumb(words))
    return View(words, {"by": by}, Listing(columns, part, len(rows), ask.paging), crumbs=crumbs)


@section.action(
    "/quality/run",
    "quality.run",
    Words("对全部记录运行规则", "Run all rules over all records"),
    area_of=own_area,
)
def run(act: MonitoringAct, _form: NoInput) -> Done:
    # Many transactions, each repeatable by itself: the request's own key would fit only the first.
    towns = run_rules(
        act.service.uow(), act.service.quality, area_code=act.officer.area_code, by=act.officer.account_id
    )
    found, gone = sum(one.found for one in towns), sum(one.gone for one in towns)
    return Done(
        "/quality",
        f"检查完毕：新发现 {found} 条，自行消除 {gone} 条",
        f"Done: {found} new, {gone} gone",
        {"found": found, "gone": gone},
    )
