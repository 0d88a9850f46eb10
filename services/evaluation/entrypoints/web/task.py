"""My tasks: everything of the supervision office that waits for this officer, the earliest first."""

from services.evaluation.entrypoints.web.appeal_task import assessment_tasks
from services.evaluation.entrypoints.web.dependencies import EvaluationAsk
from services.evaluation.entrypoints.web.dispatch_task import dispatch_tasks
from services.evaluation.entrypoints.web.field_work_task import field_work_tasks
from services.evaluation.entrypoints.web.labels import unit_words
from services.evaluation.entrypoints.web.ledger_task import ledger_tasks
from services.evaluation.entrypoints.web.reporting_review import reporting_tasks
from services.evaluation.entrypoints.web.supervision_task import supervision_tasks
from services.evaluation.entrypoints.web.task_item import Source, Task
from shared.persistence.engine import reading
from shared.web.asking import View
from shared.web.i18n import Words
from shared.web.paging import Badge, Column, Listing
from shared.web.section import Section

section = Section("task")

SOURCES: tuple[Source, ...] = (
    assessment_tasks,
    ledger_tasks,
    supervision_tasks,
    reporting_tasks,
    dispatch_tasks,
    field_work_tasks,
)
"""Each subject's tasks; see :mod:`services.evaluation.entrypoints.web.task_item`."""

NEAR_DAYS = 3
"""How long before its day a task is marked as due soon; nothing follows from the mark."""

OVERDUE = Badge("red", Words("已逾期", "overdue"))
SOON = Badge("yellow", Words("即将到期", "due soon"))
OPEN = Badge("blue", Words("办理中", "open"))


def _mark(task: Task, ask: EvaluationAsk) -> Badge:
    left = (task.due_on - ask.today).days
    if left < 0:
        return OVERDUE
    return SOON if left <= NEAR_DAYS else OPEN


def _about(task: Task) -> str:
    """Return what tasks of one day are sorted by; the same in both languages."""
    return task.about if isinstance(task.about, str) else task.about.zh


def _columns(ask: EvaluationAsk) -> tuple[Column[Task], ...]:
    return (
        Column[Task]("期限", "Due", lambda task: _mark(task, ask)),
        Column[Task]("截止日期", "By", lambda task: task.due_on),
        Column[Task]("事项", "To do", lambda task: task.what, link=lambda task: task.path),
        Column[Task]("关于", "About", lambda task: task.about),
        Column[Task]("单位", "Unit", lambda task: unit_words(task.unit)),
    )


@section.page("/tasks", "task.read", "evaluation/tasks.html")
def my_tasks(ask: EvaluationAsk) -> View:
    """Show what waits for the officer, sorted by the day it is due."""
    with reading(ask.service.engine) as connection:
        tasks = [task for source in SOURCES for task in source(ask, connection)]
    tasks.sort(key=lambda task: (task.due_on, _about(task), task.path))
    marks = [_mark(task, ask) for task in tasks]
    data = {"red": marks.count(OVERDUE), "yellow": marks.count(SOON), "blue": marks.count(OPEN)}
    part = tasks[ask.paging.offset : ask.paging.offset + ask.paging.size]
    return View(Words("我的待办", "My tasks"), data, Listing(_columns(ask), part, len(tasks), ask.paging))
