"""What falls due by the clock: reports are owed when their period begins, and marked when they are late."""

from datetime import date

from services.evaluation.domain.reporting.plan import Owed, ReportingPlan
from services.evaluation.domain.reporting.task import Opened, ReportingTask
from services.evaluation.service_layer.ports import UnitOfWork


def open_reporting_tasks(today: date, uow: UnitOfWork, plan: ReportingPlan) -> int:
    """Open a task for every report of the plan's year whose period has begun; return how many are new.

    However long nothing swept, none is left out. Taken out of the policy, nothing more is opened.
    """
    with uow:
        there = uow.reporting.tasks.owed_keys()
        new = [
            _task(owed, uow.ids(), today)
            for owed in plan.owed(today)
            if (owed.indicator, owed.reporter, owed.period.key) not in there
        ]
        opened = uow.reporting.tasks.add_new(new)
        uow.commit()
    return opened


def mark_overdue_reports(today: date, uow: UnitOfWork) -> int:
    """Mark every open task whose due day has passed, once; return how many are new."""
    with uow:
        marked = [task for task in uow.reporting.tasks.past_due(today) if task.mark_overdue(today)]
        for task in marked:
            uow.reporting.tasks.save(task)
        uow.commit()
    return len(marked)


def _task(owed: Owed, task_id: str, today: date) -> ReportingTask:
    task = ReportingTask(
        id=task_id,
        indicator=owed.indicator,
        reporter=owed.reporter,
        about=owed.about,
        period=owed.period.key,
        due_on=owed.due_on,
        opened_on=today,
        shape=owed.rule.shape,
        evidence=owed.rule.evidence,
        values={},
        found={},
    )
    task.raise_fact(Opened(task))
    return task
