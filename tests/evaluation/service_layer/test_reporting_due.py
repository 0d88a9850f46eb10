from datetime import date

import pytest

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.adapters.read_models_reporting import TaskSearch, find_tasks
from services.evaluation.service_layer.reporting_due import mark_overdue_reports, open_reporting_tasks
from shared.persistence.engine import reading


def tasks(service, search, today):
    with reading(service.engine) as connection:
        return find_tasks(connection, search, today=today, limit=1000)[0]


def told(service, fact):
    return service.reads.search(JournalSearch(fact=f"evaluation.{fact}"), limit=2000)


def test_tasks_are_opened_once(service):
    """Every report of the period that has begun is owed, once, and told; a second sweep finds nothing new."""
    day = date(2022, 1, 1)
    opened = open_reporting_tasks(day, service.uow(), service.reporting)
    assert opened == len(list(service.reporting.owed(day))) == len(told(service, "report_task_opened"))
    assert 0 == open_reporting_tasks(day, service.uow(), service.reporting)
    assert {date(2022, 4, 10), date(2022, 2, 5)} == {one.due_on for one in tasks(service, TaskSearch(), day)}


def test_nothing_is_left_out_while_nothing_swept(service):
    """After half a year without a sweep, all of it is owed."""
    open_reporting_tasks(date(2022, 7, 1), service.uow(), service.reporting)
    periods = {one.period for one in tasks(service, TaskSearch(indicator="I07-3"), date(2022, 7, 1))}
    assert {"2022Q1", "2022Q2", "2022Q3"} == periods


@pytest.mark.parametrize(("today", "marked"), [(date(2022, 4, 10), 0), (date(2022, 4, 11), 1)])
def test_overdue_from_the_day_after(service, today, marked):
    """A report is marked from the day after its due day, told once."""
    open_reporting_tasks(date(2022, 3, 1), service.uow(), service.reporting)
    mark_overdue_reports(today, service.uow())
    late = [one for one in tasks(service, TaskSearch(indicator="I06-4"), today) if one.overdue_on]
    assert marked == len(late)
    before = len(told(service, "report_task_overdue"))
    assert 0 == mark_overdue_reports(today, service.uow())
    assert before == len(told(service, "report_task_overdue"))


def test_the_sweep_of_a_year_that_is_over_opens_nothing(service):
    """In January of the next year nothing of the plan's year is owed anew."""
    service.sweep()
    assert [] == tasks(service, TaskSearch(), date(2023, 1, 10))
