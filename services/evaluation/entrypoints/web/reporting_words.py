"""Reports in words: states, periods, figures, rules, and whose turn it is."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from services.evaluation.adapters.read_models_reporting import TaskSummary
from services.evaluation.domain.reporting.figure import ReportedFigure
from services.evaluation.domain.reporting.plan import COUNTY
from services.evaluation.domain.reporting.task import STATE_WORDS, ReportingTask, TaskState
from services.evaluation.entrypoints.web.labels import same, unit_words
from shared.web.i18n import Words
from shared.web.paging import Badge, Colour
from shared.web.period_words import period_words

EVALUATOR = Words("县委督查室审核", "the evaluator reviews it")
_COLOURS: Mapping[TaskState, Colour] = {
    TaskState.SUBMITTED: "blue",
    TaskState.RETURNED: "yellow",
    TaskState.ACCEPTED: "green",
    TaskState.UPHELD: "green",
    TaskState.FOUND_WRONG: "red",
}
_SOON = 3
_CADENCES = {
    "year": Words("每年", "a year"),
    "quarter": Words("每季度", "a quarter"),
    "month": Words("每月", "a month"),
}
_REPORTERS = {
    "towns": Words("各镇", "each town"),
    "departments": Words("各责任部门", "each responsible department"),
    "units": Words("各镇和责任部门", "each town and responsible department"),
}
_ABOUT = {
    "towns": Words("各镇数值", "the towns' values"),
    "county": Words("全县数值", "the county's value"),
    "every": Words("各镇和部门数值", "the values of towns and departments"),
    "self": Words("本单位数值", "its own value"),
}


def about_words(unit: str) -> Words:
    """Return what the unit of a value is called; the county is 全县."""
    return Words("全县", "the county") if unit == COUNTY else unit_words(unit)


def state_badge(state: TaskState, due_on: date, today: date) -> Badge:
    """Return where a task stands; an open one in the colour of its due day."""
    words = Words(*STATE_WORDS[state])
    if state is TaskState.DUE or state is TaskState.RETURNED:
        if today > due_on:
            return Badge("red", Words(f"{words.zh}（逾期）", f"{words.en} (overdue)"))
        return Badge("yellow" if (due_on - today).days <= _SOON else "blue", words)
    return Badge(_COLOURS[state], words)


def task_badge(one: TaskSummary | ReportingTask, today: date) -> Badge:
    return state_badge(one.state, one.due_on, today)


def figure_text(figure: ReportedFigure | None) -> Words:
    """Return a reported figure as people read it; None: there is no value."""
    if figure is None:
        return Words("无有效数值", "no valid value")
    if figure.shape in ("rate", "ratio"):
        return same(f"{figure.numerator} / {figure.denominator}")
    if figure.shape == "yes_no":
        return Words("是", "yes") if figure.numerator else Words("否", "no")
    if figure.shape == "done_on":
        return _done_words(figure.done_on)
    if figure.shape == "levels":
        zh = "中央{} 省{} 市{}".format(*figure.levels)
        return Words(zh, "centre {}, province {}, city {}".format(*figure.levels))
    return same(str(figure.numerator))


def _done_words(day: date | None) -> Words:
    return Words(f"{day} 完成", f"done on {day}") if day else Words("尚未完成", "not done yet")


def rule_words(rule: Mapping[str, Any]) -> Words:
    """Return how an indicator is reported in one sentence."""
    reporter = _REPORTERS.get(rule["reporter"], same(str(rule["reporter"])))
    about, cadence = _ABOUT[rule["about"]], _CADENCES[rule["cadence"]]
    summed = rule["combine"] == "sum"
    return Words(
        f"{reporter.zh}{cadence.zh}上报{about.zh}，{'各期累计' if summed else '以最近一期为准'}",
        f"{reporter.en}: {about.en}, once {cadence.en}; {'all add up' if summed else 'the latest counts'}",
    )


def turn_words(waiting: list[TaskSummary]) -> Words | None:
    """Say whose turn it is for a line without a value; None where nothing is owed yet."""
    if not waiting:
        return None
    first = waiting[0]
    if not first.waits_for_unit:
        return EVALUATOR
    name, period = unit_words(first.reporter), period_words(first.period)
    return Words(
        f"轮到{name.zh}上报（{period.zh}，{first.due_on} 前）",
        f"{name.en} reports it ({period.en}, by {first.due_on})",
    )
