"""Reporting tasks as tests need them: made by hand, brought to any state, or opened by a sweep."""

from datetime import date

from services.evaluation.domain.reporting.figure import figure_of
from services.evaluation.domain.reporting.task import Attachment, ReportingTask, TaskState

DUE = date(2022, 7, 10)
UNITS = ("610327100", "610327109")
PAPER = Attachment("a" * 64, "材料.pdf", "application/pdf", 10)


def rate(numerator, denominator):
    return figure_of("rate", numerator=numerator, denominator=denominator)


VALUES = {UNITS[0]: rate(9, 10), UNITS[1]: rate(48, 50)}


def new_task(**about):
    """Return a task of the second quarter that is due on 2022-07-10."""
    given = {
        "id": "t1",
        "indicator": "I07-3",
        "reporter": "县卫健局",
        "about": UNITS,
        "period": "2022Q2",
        "due_on": DUE,
        "opened_on": date(2022, 4, 1),
        "shape": "rate",
        "values": {},
        "found": {},
        **about,
    }
    return ReportingTask(**given)


def task_in(state, **about):
    """Return a task that came to *state* by its own steps, with no facts left."""
    task = new_task(**about)
    if state is not TaskState.DUE:
        task.submit(VALUES, date(2022, 7, 6))
    if state is TaskState.RETURNED:
        task.send_back("数值与材料不符", date(2022, 7, 7))
    if state in (TaskState.ACCEPTED, TaskState.UPHELD, TaskState.FOUND_WRONG):
        task.accept(date(2022, 7, 8))
    if state in (TaskState.UPHELD, TaskState.FOUND_WRONG):
        task.draw("sample")
        wrong = {UNITS[1]: rate(40, 50)} if state is TaskState.FOUND_WRONG else {}
        task.check(wrong, "files", date(2022, 8, 1))
    task.facts.clear()
    return task
