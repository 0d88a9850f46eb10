"""Warnings: the list, one with its path to an outcome, and how good each rule is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from services.monitoring.adapters.read_models_comparison import WarningShown, find_warnings, warning_shown
from services.monitoring.adapters.read_models_warning import followed_warnings, found_households
from services.monitoring.domain.comparison.catalogue import rule_of
from services.monitoring.domain.comparison.rule import RULES
from services.monitoring.domain.comparison.statistics import RuleFigures, rule_figures
from services.monitoring.entrypoints.web.comparison.place import (
    month_asked,
    month_words,
    outcome_badge,
    require_own,
    unit_of,
    warning_area,
)
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.labels import words_of
from services.monitoring.entrypoints.web.people import called, rows_for
from shared.areas import areas
from shared.contracts.codes import codes
from shared.kernel.errors import NotFoundError
from shared.kernel.period import Days, Month, add_days
from shared.web.asking import Crumb, View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("warning")

WARNINGS = Words("部门预警", "Warnings")


@dataclass(frozen=True, slots=True)
class RuleShown:
    """A rule with its figures of the period."""

    id: str
    label: Words
    department: str
    figures: RuleFigures
    thresholds: Words
    confirmed: bool
    source: str
    compares: bool


@section.page("/warnings", "warning.read", "monitoring/warnings.html", area_of=own_area)
def list_warnings(
    ask: MonitoringAsk, rule: str = "", state: str = "", month: str = "", household: str = ""
) -> View:
    """List the warnings of the officer's area, or of the department; what waits on top."""
    days = _month_days(month)
    with read(ask) as connection:
        rows, total = find_warnings(
            connection,
            area_code=ask.officer.area_code,
            department=unit_of(ask.officer),
            rule=rule,
            state=state,
            household_id=household,
            days=(days.first, days.last) if days else None,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
    data = {
        "rule": rule,
        "state": state,
        "month": month,
        "rules": [(one, rule_words(ask, one)) for one in sorted(RULES)],
        "states": [(one.value, Words(one.zh, one.en)) for one in codes()["warning_outcome"]],
    }
    return View(WARNINGS, data, Listing(columns(ask), rows_for(ask.officer, rows), total, ask.paging))


@section.page("/warnings/statistics", "warning.statistics", "monitoring/warning_statistics.html")
def statistics(ask: MonitoringAsk, month: str = "") -> View:
    """Show per rule what was raised and found, how exact and how early, in a month or this year."""
    days = _month_days(month) or Days(date(ask.today.year, 1, 1), ask.today)
    policy = ask.service.comparison
    before = policy.recall_days.entry_on(ask.today)
    with read(ask) as connection:
        warnings = followed_warnings(connection, add_days(days.first, -before.value), days.last)
        found = found_households(connection, days.first, days.last)
    given: dict[str, Any] = {"first": days.first, "last": days.last, "days_before": before.value}
    shown = [
        _rule_shown(ask, one, rule_figures(one, warnings, found, risk=_risk(ask, one), **given))
        for one in sorted(RULES)
        if unit_of(ask.officer) in ("", policy.rules[one].entry_on(ask.today).value["department"])
    ]
    whole = rule_figures("", warnings, found, risk="", **given)
    shown.sort(key=lambda one: (-one.figures.raised, one.id))
    listing = Listing(_figure_columns(month), shown, len(shown), ask.paging)
    data = {
        "whole": whole,
        "month": month,
        "first": days.first,
        "last": days.last,
        "recall_days": before.value,
        "recall_source": before.source,
        "months": [
            (str(one), month_words(str(one)))
            for one in (Month.of(ask.today).plus(-number) for number in range(12))
        ],
    }
    crumbs = (Crumb(WARNINGS, "/warnings"), Crumb(Words("规则成效", "How good the rules are")))
    return View(Words("预警规则成效", "How good the rules are"), data, listing, crumbs)


@section.page("/warnings/{warning_id}", "warning.read", "monitoring/warning.html", area_of=warning_area)
def show_warning(ask: MonitoringAsk, warning_id: str) -> View:
    """Show one warning: by which rule, what it became, and what was found."""
    with read(ask) as connection:
        one = warning_shown(connection, warning_id)
    if one is None:
        raise NotFoundError
    require_own(ask, one.department)
    entry = ask.service.comparison.rules[one.rule].entry_on(one.raised_on)
    title = rule_words(ask, one.rule)
    data = {
        "warning": one,
        "rule": title,
        "month": month_words(one.month),
        "household": called(ask.officer, one.household_no, one.head_name),
        "village": areas().full_name(one.area_code),
        "risk": words_of("risk", one.risk),
        "outcome": outcome_badge(one.state),
        "compares": rule_of(one.rule).compares,
        "thresholds": _thresholds(entry.value),
        "source": entry.source,
        "confirmed": entry.confirmed,
        "days": (one.ended_on - one.raised_on).days if one.ended_on else None,
    }
    return View(title, data, crumbs=(Crumb(WARNINGS, "/warnings"), Crumb(title)))


def rule_words(ask: MonitoringAsk, rule: str) -> Words:
    """Return a rule's id and label."""
    label = ask.service.comparison.rules[rule].figure.label
    return Words(f"{rule} {label.zh}", f"{rule} {label.en}")


def columns(ask: MonitoringAsk) -> tuple[Column[WarningShown], ...]:
    """Return the columns of a list of warnings."""
    return (
        Column[WarningShown](
            "规则", "Rule", lambda row: rule_words(ask, row.rule), link=lambda row: f"/warnings/{row.id}"
        ),
        Column[WarningShown]("部门", "Department", lambda row: row.department),
        Column[WarningShown]("名单月份", "Month", lambda row: month_words(row.month)),
        Column[WarningShown]("姓名", "Name", lambda row: row.head_name),
        Column[WarningShown]("户编号", "Household no.", lambda row: row.household_no),
        Column[WarningShown]("所在村", "Village", lambda row: areas().full_name(row.area_code)),
        Column[WarningShown]("指向风险", "Risk", lambda row: words_of("risk", row.risk)),
        Column[WarningShown]("预警日期", "Raised", lambda row: row.raised_on),
        Column[WarningShown]("核查结果", "Outcome", lambda row: outcome_badge(row.state)),
        Column[WarningShown]("办结日期", "Ended", lambda row: row.ended_on),
    )


def _threshold_shown(row: RuleShown) -> Words:
    zh, en = row.thresholds.zh or "在名单即预警", row.thresholds.en or "on the list"
    return Words(zh, en) if row.confirmed else Words(f"{zh}（未确认）", f"{en} (unconfirmed)")


def _risk(ask: MonitoringAsk, rule: str) -> str:
    return str(ask.service.comparison.rules[rule].entry_on(ask.today).value["risk"])


def _rule_shown(ask: MonitoringAsk, rule: str, figures: RuleFigures) -> RuleShown:
    entry = ask.service.comparison.rules[rule].entry_on(ask.today)
    label = ask.service.comparison.rules[rule].figure.label
    return RuleShown(
        rule,
        Words(label.zh, label.en),
        str(entry.value["department"]),
        figures,
        _thresholds(entry.value),
        entry.confirmed,
        entry.source,
        RULES[rule].compares,
    )


_WORDS = {
    "threshold": ("{yuan}元", "{yuan} yuan"),
    "step": ("每增加{yuan}元再预警", "again each {yuan} yuan more"),
    "share": ("{percent}", "{percent}"),
    "days": ("超过{value}天", "more than {value} days"),
    "months": ("满{value}个月", "{value} months"),
    "ages": ("{first}至{last}岁", "age {first} to {last}"),
    "grades": ("{several}级", "grade {several}"),
}


def _thresholds(value: Mapping[str, Any]) -> Words:
    said = [
        Words(*(text.format_map(_written(value[name])) for text in texts))
        for name, texts in _WORDS.items()
        if name in value
    ]
    return Words("；".join(one.zh for one in said), "; ".join(one.en for one in said))


def _written(value: Any) -> dict[str, object]:  # noqa: ANN401  (a figure)
    written: dict[str, object] = {"value": value}
    if isinstance(value, int):
        written["yuan"] = f"{value // 100:,}"
    elif isinstance(value, Decimal):
        written["percent"] = f"{value * 100:.0f}%"
    else:
        written |= {"first": value[0], "last": value[-1], "several": "、".join(map(str, value))}
    return written


def _month_days(month: str) -> Days | None:
    one = month_asked(month)
    return None if one is None else Days(one.first_day, one.last_day)


def _figure_columns(month: str) -> tuple[Column[RuleShown], ...]:
    def drill(state: str = "") -> Any:  # noqa: ANN401  (a link of a column)
        end = (f"&month={month}" if month else "") + (f"&state={state}" if state else "")
        return lambda row: f"/warnings?rule={row.id}{end}"

    return (
        Column[RuleShown](
            "规则", "Rule", lambda row: Words(f"{row.id} {row.label.zh}", f"{row.id} {row.label.en}")
        ),
        Column[RuleShown]("阈值", "Threshold", _threshold_shown),
        Column[RuleShown]("部门", "Department", lambda row: row.department),
        Column[RuleShown]("预警", "Raised", lambda row: row.figures.raised, "number", drill()),
        Column[RuleShown]("待结", "Waiting", lambda row: row.figures.waiting, "number", drill("to_check")),
        Column[RuleShown]("已核查", "Checked", lambda row: row.figures.checked, "number"),
        Column[RuleShown](
            "认定", "Identified", lambda row: row.figures.identified, "number", drill("identified")
        ),
        Column[RuleShown]("准确率", "Precision", lambda row: row.figures.precision, "percent"),
        Column[RuleShown]("同类认定户", "Found", lambda row: row.figures.found, "number"),
        Column[RuleShown]("提前发现率", "Recall", lambda row: row.figures.recall, "percent"),
        Column[RuleShown](
            "提前天数（中位）", "Lead days (median)", lambda row: row.figures.lead_days, "number"
        ),
    )
