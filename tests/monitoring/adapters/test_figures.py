from datetime import date, timedelta

from services.monitoring.service_layer.clue import ReportClue, report_clue
from tests.monitoring.case_kit import case_of, registered


def figures(service):
    return {(one.name, *one.labels.values()): one.value for one in service.figures()}


def test_cases_and_limits(service, clock):
    """A case counts at its step, all other steps at zero; a limit counts as overdue from the day after."""
    household_id = registered(service)
    case_of(service, household_id)
    counted = figures(service)
    assert (1, 1, 0) == (
        counted["households",],
        sum(value for (name, *_), value in counted.items() if name == "cases"),
        counted["cases", "monitored"],
    )
    assert counted["timers_running", "identification"] == 1
    assert counted["timers_overdue", "identification"] == 0
    clock.set(clock() + timedelta(days=400))
    assert figures(service)["timers_overdue", "identification"] == 1


def test_a_clue_that_waits(service):
    """A clue nobody verified runs against its limit."""
    household_id = registered(service)
    command = ReportClue(household_id=household_id, risk="100A27001", source="01", on=date(2022, 7, 1))
    report_clue(command, service.uow(), service.clue_policy)
    assert figures(service)["timers_running", "clue"] == 1
