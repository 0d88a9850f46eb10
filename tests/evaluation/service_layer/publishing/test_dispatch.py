from datetime import date

from services.evaluation.domain.dispatch.progress import Progress, ProgressReport
from services.evaluation.service_layer.publishing import publish
from shared.kernel.period import Month
from tests.evaluation.dispatch_kit import ACTION, TOWN, policy

ON = date(2022, 4, 1)


def told(report):
    """Return the events of everything that was raised."""
    return [event for fact in report.facts for event in publish(fact)]


def test_a_towns_month_lies_in_the_town():
    """What a town owes and files has its place; each filing is an event of the same report."""
    report = ProgressReport.owed_by_town(TOWN, Month(2022, 4), policy(), on=ON)
    report.file(Progress(2, 1), on=date(2022, 4, 30))
    due, filed = told(report)
    assert (TOWN, TOWN) == (due.area_code, filed.area_code)
    assert (report.id, date(2022, 4, 30), 1) == (filed.report_id, filed.occurred_on, filed.number)
    assert ("evaluation.progress_due.v1", date(2022, 4, 30)) == (due.type, due.due_on)


def test_a_departments_month_lies_nowhere():
    """A lead department has no place; its action is told."""
    (due,) = told(ProgressReport.owed_by_lead(ACTION, Month(2022, 4), policy(), on=ON))
    assert ("", "a01", "县农业农村局") == (due.area_code, due.action, due.unit)
