from datetime import date, timedelta

from services.evaluation.service_layer.order import IssueOrder, issue_order
from services.evaluation.service_layer.reporting_due import open_reporting_tasks


def figures(service):
    return {(one.name, *one.labels.values()): one.value for one in service.figures()}


def test_orders_and_reports_that_are_late(service):
    """An order counts from its hour, a report from the day after its own; states of problems are all told."""
    due_at = service.clock() + timedelta(hours=5)
    units = [unit.id for unit in service.units()]
    issue_order(
        IssueOrder(unit="610327109", matter="三户饮水问题未解决", due_at=due_at),
        service.uow(),
        units,
        service.supervision,
    )
    open_reporting_tasks(date(2022, 7, 1), service.uow(), service.reporting)
    assert (0, 0) == (figures(service)["orders_overdue",], figures(service)["problems", "registered"])
    service.clock.set(service.clock() + timedelta(days=400))
    late = figures(service)
    assert 1 == late["orders_overdue",]
    assert late["reports_overdue",] > 0
