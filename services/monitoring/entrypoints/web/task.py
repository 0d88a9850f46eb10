"""My tasks: everything that waits for this officer, what is due first on top."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection

from services.monitoring.adapters.read_models_case import find_to_replan, open_eliminations
from services.monitoring.adapters.read_models_clue import find_clues
from services.monitoring.adapters.read_models_task import CaseRow, open_cases, waiting_measures
from services.monitoring.domain.case_steps import STEPS, CaseState, Step
from services.monitoring.domain.elimination import STEPS as ELIMINATION_STEPS
from services.monitoring.domain.elimination import EliminationStep
from services.monitoring.domain.timer import (
    TimerState,
    helper_due,
    identification_due,
    measures_due,
    timer_state,
)
from services.monitoring.entrypoints.web.comparison.task import comparison_tasks
from services.monitoring.entrypoints.web.dependencies import MonitoringAsk, read
from services.monitoring.entrypoints.web.exchange.task import exchange_tasks
from services.monitoring.entrypoints.web.five_steps_task import five_steps_tasks
from services.monitoring.entrypoints.web.governance_tasks import governance_tasks
from services.monitoring.entrypoints.web.labels import due_badge, words_of
from services.monitoring.entrypoints.web.people import rows_for
from services.monitoring.entrypoints.web.people_guarantees import people_tasks
from services.monitoring.entrypoints.web.place.tasks import place_tasks
from services.monitoring.entrypoints.web.quality_task import quality_tasks
from services.monitoring.entrypoints.web.report import report_tasks
from services.monitoring.entrypoints.web.task_item import Source, Task
from shared.areas import areas
from shared.kernel.period import add_days
from shared.web.asking import View, own_area
from shared.web.i18n import Words
from shared.web.paging import Column, Listing
from shared.web.section import Section

section = Section("task")

SOURCES: tuple[Source, ...] = (
    exchange_tasks,
    five_steps_tasks,
    place_tasks,
    governance_tasks,
    report_tasks,
    people_tasks,
    comparison_tasks,
    quality_tasks,
)
"""Subjects with tasks of their own, besides clues, cases, measures and eliminations."""

_MOST_CLUES = 1000
_NOT_WAITING = frozenset(
    {
        Step.REFUSE_AUTHORISATION,
        Step.HELP_FIRST,
        Step.NOTE_RISK,
        Step.RAISE_OBJECTION,
        Step.ELIMINATE,
        Step.ROLL_BACK,
    }
)
"""Steps that are possible but that nobody waits for."""
_ELIMINATION_NOT_WAITING = frozenset({EliminationStep.RAISE_OBJECTION})
_DECIDED = frozenset({CaseState.IDENTIFIED, CaseState.MONITORED})


@section.page("/", "task.read", "monitoring/tasks.html", area_of=own_area)
def my_tasks(ask: MonitoringAsk) -> View:
    """Show what waits for the officer, sorted by the day it is due."""
    with read(ask) as connection:
        tasks = sorted(_tasks(ask, connection), key=lambda task: (task.due_on, task.household_no, task.path))
    near = ask.service.case_policy.limits.near_days.on(ask.today)
    states = [timer_state(task.due_on, ask.today, done_on=None, near_days=near) for task in tasks]
    part = tasks[ask.paging.offset : ask.paging.offset + ask.paging.size]
    data = {
        "red": states.count(TimerState.RED),
        "yellow": states.count(TimerState.YELLOW),
        "blue": states.count(TimerState.BLUE),
    }
    listing = Listing(_columns(ask, near), rows_for(ask.officer, part), len(tasks), ask.paging)
    return View(Words("我的待办", "My tasks"), data, listing)


def _columns(ask: MonitoringAsk, near_days: int) -> tuple[Column[Task], ...]:
    return (
        Column[Task]("期限", "Due", lambda task: due_badge(task.due_on, ask.today, near_days)),
        Column[Task]("截止日期", "By", lambda task: task.due_on),
        Column[Task]("事项", "To do", lambda task: task.what, link=lambda task: task.path),
        Column[Task]("户主", "Head", lambda task: task.head_name),
        Column[Task]("户编号", "Household no.", lambda task: task.household_no),
        Column[Task]("所在村", "Village", lambda task: areas().full_name(task.area_code)),
    )


def _tasks(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    role = ask.officer.role
    if role in ("evaluator", "operator"):
        return
    for source in SOURCES:
        yield from source(ask, connection)
    if role == "grid":
        return
    if role == "department":
        yield from _measures(ask, connection)
        return
    if role in ("village", "town"):
        yield from _clues(ask, connection)
    for row in open_cases(connection, ask.officer.area_code):
        yield from _case_tasks(row, ask)
    if role == "town":
        yield from _declined(ask, connection)
    yield from _eliminations(ask, connection)


def _clues(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    rows, _total = find_clues(
        connection, area_code=ask.officer.area_code, only_open=True, limit=_MOST_CLUES, offset=0
    )
    for row in rows:
        risk = words_of("risk", row.risk)
        yield Task(
            Words(f"入户核实线索：{risk.zh}", f"Check a clue at the household: {risk.en}"),
            f"/clues/{row.id}",
            row.household_no,
            row.head_name,
            row.area_code,
            row.verify_due_on,
        )


def _case_tasks(row: CaseRow, ask: MonitoringAsk) -> Iterator[Task]:
    case, limits = row.case, ask.service.case_policy.limits
    for step in case.permitted_steps(ask.officer.role, ask.today):
        if not (step.permitted and step.reached) or step.step in _NOT_WAITING:
            continue
        if step.step is Step.ASSIGN_HELPER and case.helper_no:
            continue
        due_on = identification_due(case.first_clue_on, limits)
        if case.identified_on is not None:
            due_on = helper_due(case.identified_on, limits)
        yield _case_task(row, Words(STEPS[step.step].zh, STEPS[step.step].en), due_on)
    if ask.officer.role == "town" and case.state in _DECIDED and not row.measures and case.identified_on:
        words = Words("制定并提请帮扶措施", "Plan the measures and ask for them")
        yield _case_task(row, words, measures_due(case.identified_on, limits), "/measures")


def _case_task(row: CaseRow, words: Words, due_on: date, page: str = "") -> Task:
    path = f"/cases/{row.case.id}{page}"
    return Task(words, path, row.household_no, row.head_name, row.case.area_code, due_on)


def _measures(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    for row in waiting_measures(connection, ask.officer.unit):
        category = words_of("measure_category", row.category)
        value = words_of(f"measure_{row.category}", row.code)
        yield Task(
            Words(f"落实帮扶措施：{category.zh}·{value.zh}", f"Deliver a measure: {category.en}, {value.en}"),
            f"/measures/{row.id}",
            row.household_no,
            row.head_name,
            row.area_code,
            row.due_on,
        )


def _declined(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    rows, _total = find_to_replan(connection, area_code=ask.officer.area_code, limit=_MOST_CLUES)
    for row in rows:
        category = words_of("measure_category", row.category)
        yield Task(
            Words(f"重新安排被退回的措施：{category.zh}", f"Re-plan a declined measure: {category.en}"),
            f"/cases/{row.case_id}/measures",
            row.household_no,
            row.head_name,
            row.area_code,
            row.due_on,
        )


def _eliminations(ask: MonitoringAsk, connection: Connection) -> Iterator[Task]:
    limits = ask.service.case_policy.limits
    for row in open_eliminations(connection, ask.officer.area_code):
        for step, (_state, roles, zh, en) in ELIMINATION_STEPS.items():
            waits = step not in _ELIMINATION_NOT_WAITING and row.elimination.refusal(step, ask.today) is None
            if not waits or ask.officer.role not in roles:
                continue
            since = row.elimination.last_step_on
            yield Task(
                Words(f"风险消除：{zh}", f"Elimination: {en}"),
                f"/eliminations/{row.elimination.id}",
                row.household_no,
                row.head_name,
                row.elimination.area_code,
                add_days(since, limits.elimination_days.on(since)),
            )
