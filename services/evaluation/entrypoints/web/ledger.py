"""The four views of the ledger as tabs, reminders, and statistics."""

from collections.abc import Callable
from dataclasses import dataclass

from services.evaluation.adapters.read_models_ledger import (
    LedgerSearch,
    Tally,
    colours,
    count_reminders,
    find_problems,
    find_reminders,
    tallies,
)
from services.evaluation.domain.ledger.problem import Problem
from services.evaluation.domain.ledger.reminder import Limits
from services.evaluation.domain.ledger.state import LEVEL_WORDS, SOURCE_WORDS, STATE_WORDS, Stage
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk, path_to
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.ledger_words import (
    EVERYTHING,
    LEDGER,
    category_choices,
    category_words,
    code_words,
    colour_badge,
    level_words,
    place_words,
    scope_of,
    source_words,
    state_badge,
)
from shared.persistence.engine import reading
from shared.web.asking import Crumb, View
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("ledger", prefix="/ledger")
_YES, _NO = Words("是", "yes"), Words("否", "no")
_PASSED, _BACK = Words("通过", "passed"), Words("退回", "sent back")
_HELD, _RETURNED = Words("未反弹", "held"), Words("反弹", "came back")


@dataclass(frozen=True, slots=True)
class Tab:
    """One view of the ledger."""

    key: str
    path: str
    words: Words


TABS = (
    Tab("problems", "/ledger", Words("问题清单", "Problems")),
    Tab("tasks", "/ledger/tasks", Words("任务清单", "Tasks")),
    Tab("responsibilities", "/ledger/responsibilities", Words("责任清单", "Responsibilities")),
    Tab("rectification", "/ledger/rectification", Words("整改台账", "Rectification")),
    Tab("reminders", "/ledger/reminders", Words("提醒", "Reminders")),
    Tab("statistics", "/ledger/statistics", Words("统计", "Statistics")),
)


def limits_of(ask: EvaluationAsk) -> Limits:
    """Return the limits of reminders in force today."""
    return Limits.of(ask.service.ledger, ask.today)


def page_of(problem: Problem) -> str:
    """Return the path of a problem's page."""
    return path_to("ledger", "problems", problem.id)


def _lead_columns() -> tuple[Column[Problem], ...]:
    return (
        Column[Problem]("编号", "No.", lambda row: row.number, link=page_of),
        Column[Problem]("责任单位", "Unit", lambda row: unit_words(row.unit)),
        Column[Problem]("问题", "Problem", lambda row: row.text, link=page_of),
    )


def _end_columns(ask: EvaluationAsk) -> tuple[Column[Problem], ...]:
    limits = limits_of(ask)
    return (
        Column[Problem]("状态", "State", lambda row: state_badge(row.state)),
        Column[Problem]("提醒", "Reminder", lambda row: colour_badge(row, ask.today, limits)),
    )


def problem_columns(ask: EvaluationAsk) -> tuple[Column[Problem], ...]:
    """Return the columns of 问题清单."""
    return (
        *_lead_columns(),
        Column[Problem]("来源", "Source", lambda row: source_words(row.source)),
        Column[Problem]("文号", "Document", lambda row: row.document_no or None),
        Column[Problem]("反馈（发现）日期", "Found on", lambda row: row.found_on),
        Column[Problem]("类别", "Category", lambda row: category_words(ask.service, row)),
        Column[Problem]("涉及镇村", "Where", place_words),
        Column[Problem]("责任层级", "Level", lambda row: level_words(row.level or "")),
        Column[Problem]("是否共性", "Systemic", lambda row: _YES if row.systemic else _NO),
        Column[Problem]("是否反复", "Came back", lambda row: _YES if row.recurrences else _NO),
        *_end_columns(ask),
    )


def task_columns(ask: EvaluationAsk) -> tuple[Column[Problem], ...]:
    """Return the columns of 任务清单."""
    return (
        *_lead_columns(),
        Column[Problem]("整改措施", "Measures", lambda row: row.plan.measures or None),
        Column[Problem]("整改目标", "Target", lambda row: row.plan.target or None),
        Column[Problem]("完成标准", "Complete when", lambda row: row.plan.standard or None),
        Column[Problem]("阶段节点", "Stages", _nodes),
        Column[Problem]("整改时限", "Limit", lambda row: row.due_on),
        *_end_columns(ask),
    )


def responsibility_columns(ask: EvaluationAsk) -> tuple[Column[Problem], ...]:
    """Return the columns of 责任清单."""
    return (
        *_lead_columns(),
        Column[Problem]("责任层级", "Level", lambda row: level_words(row.level or "")),
        Column[Problem]("牵头单位", "Lead unit", lambda row: row.responsible.lead_unit or None),
        Column[Problem]("责任领导", "Leader", lambda row: row.responsible.leader or None),
        Column[Problem]("责任人", "Person", lambda row: row.responsible.person or None),
        Column[Problem]("督办单位", "Supervised by", lambda row: row.responsible.supervising_unit or None),
        *_end_columns(ask),
    )


def rectification_columns(ask: EvaluationAsk) -> tuple[Column[Problem], ...]:
    """Return the columns of 整改台账."""
    return (
        *_lead_columns(),
        Column[Problem]("整改进展", "Progress", _progress),
        Column[Problem]("佐证", "Evidence", lambda row: row.progress[-1].evidence if row.progress else None),
        Column[Problem]("整改时限", "Limit", lambda row: row.due_on),
        Column[Problem]("完成日期", "Completed on", lambda row: row.completed_on),
        Column[Problem]("自查", "Own check", lambda row: _checked(row, Stage.SELF)),
        Column[Problem]("镇审", "Town", lambda row: _checked(row, Stage.TOWN)),
        Column[Problem]("部门复核", "Department", lambda row: _checked(row, Stage.DEPARTMENT)),
        Column[Problem]("县认定", "County", lambda row: _checked(row, Stage.COUNTY)),
        Column[Problem]("销号日期", "Closed on", lambda row: row.closed_on),
        Column[Problem]("长效机制", "Mechanism", lambda row: row.mechanism or None),
        Column[Problem]("回头看结果", "Looked back", _looked_back),
        *_end_columns(ask),
    )


def _nodes(row: Problem) -> str | None:
    done = {True: "✓", False: ""}
    parts = [f"{node.due_on} {node.what}{done[node.done_on is not None]}" for node in row.plan.nodes]
    return "；".join(parts) or None


def _progress(row: Problem) -> str | None:
    return "；".join(f"{one.on} {one.text}" for one in row.progress) or None


def _checked(row: Problem, stage: Stage) -> Words | None:
    of_stage = [one for one in row.checks if one.stage is stage and one.round == row.round]
    return (_PASSED if of_stage[-1].passed else _BACK) if of_stage else None


def _looked_back(row: Problem) -> Words | None:
    return (_HELD if row.look_backs[-1].held else _RETURNED) if row.look_backs else None


VIEWS = {
    "problems": problem_columns,
    "tasks": task_columns,
    "responsibilities": responsibility_columns,
    "rectification": rectification_columns,
}


def _view(ask: EvaluationAsk, key: str, search: LedgerSearch) -> View:
    scope, limits = scope_of(ask.officer), limits_of(ask)
    with reading(ask.service.engine) as connection:
        rows, total = find_problems(
            connection,
            search,
            scope,
            today=ask.today,
            limits=limits,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        counted = colours(connection, scope, today=ask.today, limits=limits)
    tab = next(one for one in TABS if one.key == key)
    data = {
        "tabs": TABS,
        "tab": key,
        "search": search,
        "colours": counted,
        "today": ask.today,
        **_filters(ask),
    }
    listing = Listing(VIEWS[key](ask), rows, total, ask.paging)
    return View(tab.words, data, listing, crumbs=(Crumb(LEDGER, "/ledger"), Crumb(tab.words)))


def _filters(ask: EvaluationAsk) -> dict[str, object]:
    language = ask.language
    units = [(unit.id, unit.name) for unit in ask.service.units()]
    return {
        "units": units if ask.officer.role in EVERYTHING else [],
        "states": [(key.value, Words(*words).pick(language)) for key, words in STATE_WORDS.items()],
        "sources": [(key.value, Words(*words).pick(language)) for key, words in SOURCE_WORDS.items()],
        "levels": [(key.value, Words(*words).pick(language)) for key, words in LEVEL_WORDS.items()],
        "categories": [(one.value, one.words.pick(language)) for one in category_choices(ask)],
    }


@section.page("", "ledger.read", "evaluation/ledger.html")
def list_problems(
    ask: EvaluationAsk,
    unit: str = "",
    state: str = "",
    colour: str = "",
    source: str = "",
    category: str = "",
    level: str = "",
    text: str = "",
) -> View:
    """问题清单: what is wrong, found by whom, where it stands."""
    return _view(ask, "problems", LedgerSearch(unit, state, colour, source, category, level, text))


@section.page("/tasks", "ledger.read", "evaluation/ledger.html")
def list_tasks(
    ask: EvaluationAsk,
    unit: str = "",
    state: str = "",
    colour: str = "",
    source: str = "",
    category: str = "",
    level: str = "",
    text: str = "",
) -> View:
    """任务清单: what is done about it, by when."""
    return _view(ask, "tasks", LedgerSearch(unit, state, colour, source, category, level, text))


@section.page("/responsibilities", "ledger.read", "evaluation/ledger.html")
def list_responsibilities(
    ask: EvaluationAsk,
    unit: str = "",
    state: str = "",
    colour: str = "",
    source: str = "",
    category: str = "",
    level: str = "",
    text: str = "",
) -> View:
    """责任清单: who answers for it."""
    return _view(ask, "responsibilities", LedgerSearch(unit, state, colour, source, category, level, text))


@section.page("/rectification", "ledger.read", "evaluation/ledger.html")
def list_rectification(
    ask: EvaluationAsk,
    unit: str = "",
    state: str = "",
    colour: str = "",
    source: str = "",
    category: str = "",
    level: str = "",
    text: str = "",
) -> View:
    """整改台账: how far it is."""
    return _view(ask, "rectification", LedgerSearch(unit, state, colour, source, category, level, text))


@section.page("/reminders", "ledger.read", "evaluation/ledger_reminders.html")
def list_reminders(ask: EvaluationAsk, unit: str = "") -> View:
    """Show what is overdue, behind or near, in this order."""
    scope, limits = scope_of(ask.officer), limits_of(ask)
    with reading(ask.service.engine) as connection:
        part = find_reminders(
            connection,
            unit,
            scope,
            today=ask.today,
            limits=limits,
            limit=ask.paging.size,
            offset=ask.paging.offset,
        )
        total = count_reminders(connection, unit, scope, today=ask.today, limits=limits)
        counted = colours(connection, scope, today=ask.today, limits=limits)
    columns = (
        *_lead_columns(),
        Column[Problem]("整改时限", "Limit", lambda row: row.due_on),
        Column[Problem]("下一节点", "Next stage", lambda row: row.running.next_node_on),
        Column[Problem]("最近进展", "Last moved", lambda row: row.moved_on),
        Column[Problem]("牵头单位", "Lead unit", lambda row: row.responsible.lead_unit or None),
        *_end_columns(ask),
    )
    data = {"tabs": TABS, "tab": "reminders", "colours": counted, "limits": limits, "unit": unit}
    title = Words("整改提醒", "Reminders")
    listing = Listing(columns, part, total, ask.paging)
    return View(title, data, listing, crumbs=(Crumb(LEDGER, "/ledger"), Crumb(title)))


_BY = {
    "unit": Words("责任单位", "Unit"),
    "category": Words("类别", "Category"),
    "source": Words("来源", "Source"),
    "level": Words("责任层级", "Level"),
}


def _tally_words(ask: EvaluationAsk, by: str, key: str) -> Words:
    if by == "unit":
        return unit_words(key)
    if by == "category":
        return code_words(ask.service.ledger.categories, key, ask.today)
    return source_words(key) if by == "source" else level_words(key)


@section.page("/statistics", "ledger.read", "evaluation/ledger_statistics.html")
def statistics(ask: EvaluationAsk, by: str = "unit") -> View:
    """Count the problems by unit, category, source or level; each number leads to its list."""
    chosen = by if by in _BY else "unit"
    with reading(ask.service.engine) as connection:
        rows = tallies(connection, chosen, scope_of(ask.officer), today=ask.today)

    def link(**more: str) -> Callable[[Tally], str]:
        parts = "".join(f"&{name}={value}" for name, value in more.items())
        return lambda row: f"/ledger?{chosen}={row.key}{parts}"

    columns = (
        Column[Tally](_BY[chosen].zh, _BY[chosen].en, lambda row: _tally_words(ask, chosen, row.key)),
        Column[Tally]("问题数", "Problems", lambda row: row.total, "number", link()),
        Column[Tally]("未销号", "Open", lambda row: row.open, "number"),
        Column[Tally]("超期", "Overdue", lambda row: row.overdue, "number", link(colour="red")),
        Column[Tally]("已销号", "Closed", lambda row: row.closed, "number", link(state="closed")),
        Column[Tally]("整改完成率", "Done", _rate),
        Column[Tally]("反复次数", "Came back", lambda row: row.recurred, "number"),
    )
    data = {"tabs": TABS, "tab": "statistics", "by": chosen, "dimensions": list(_BY.items())}
    title = Words("整改统计", "Statistics")
    part = rows[ask.paging.offset : ask.paging.offset + ask.paging.size]
    listing = Listing(columns, part, len(rows), ask.paging)
    return View(title, data, listing, crumbs=(Crumb(LEDGER, "/ledger"), Crumb(title)))


def _rate(row: Tally) -> str:
    hundredths = (row.closed * 20_000 + row.total) // (2 * row.total)  # half up, exact
    return f"{hundredths // 100}.{hundredths % 100:02d}%"
