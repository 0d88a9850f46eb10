"""Reporting tasks as tests need them: made by hand, brought to any state, or opened by a sweep."""

import shutil
from dataclasses import replace
from datetime import date

from services.evaluation.bootstrap import bootstrap
from services.evaluation.domain.reporting.figure import figure_of
from services.evaluation.domain.reporting.task import Attachment, ReportingTask, TaskState
from services.evaluation.service_layer.reporting_due import open_reporting_tasks
from services.evaluation.settings import Settings
from shared.kernel.clock import SetClock, at_hour
from shared.kernel.ids import SeededIds

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


def only(rulebook, indicator):
    """Return the rules with one indicator alone and no scheme of totals: a board of it costs little."""
    return replace(rulebook, indicators=(rulebook.indicator(indicator),), schemes={}, _by_id={})


def office_on(folder, day):
    """Return a service on *day* of the plan's year, with what is owed by then."""
    opened = folder.parent / f"office-{day}.db"
    if not opened.exists():
        _open_tasks(opened, day)
    return _on(shutil.copyfile(opened, folder / "office.db"), day, "office")


def _on(file, day, ids):
    settings = Settings(database_url=f"sqlite:///{file}")
    return bootstrap(settings, clock=SetClock(at_hour(day, 9)), ids=SeededIds(ids))


def _open_tasks(file, day):
    """Make a database with all that is owed by *day*, hundreds of reports; the tests' ids are others."""
    service = _on(file.with_suffix(".new"), day, "owed")
    service.upgrade_database()
    open_reporting_tasks(day, service.uow(), service.reporting)
    service.engine.dispose()
    file.with_suffix(".new").rename(file)
