"""Reports from the clock to the lock; every figure is what its list counts, and stays so."""

from datetime import date

import pytest
from sqlalchemy import func, select

from services.monitoring.adapters.report.counting import ReportFigures, codes_of
from services.monitoring.adapters.report.read_models import town_values
from services.monitoring.adapters.report.report import subjects_of, values_of
from services.monitoring.adapters.tables import report_figures, reports
from services.monitoring.domain.report.period import period_of
from services.monitoring.domain.report.report import Report, ReportState
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.report import (
    LockReport,
    ReturnReport,
    SubmitReport,
    lock_report,
    owe_reports,
    period_of_report,
    return_report,
    submit_report,
)
from services.monitoring.service_layer.visit import RecordVisit, record_visit
from shared.areas import areas
from tests.monitoring.kit import family

GUGUAN, HEBEI = "610327109", "610327112"
WEEK = period_of("weekly", date(2022, 6, 22))
TODAY = date(2022, 6, 27)


@pytest.fixture
def owed(service, clock):
    """Every town's report of the week in which the clue was found."""
    return owe_reports(TODAY, service.uow(), service.report_policy)


def id_of(service, town, kind="weekly"):
    period = WEEK if kind == "weekly" else period_of(kind, date(2022, 5, 20))
    return Report.owed(town, period, service.report_policy).id


def submit(service, report_id, on=date(2022, 6, 28), **given):
    with service.engine.connect() as connection:
        figures = ReportFigures(connection, service.case_policy.limits, service.line)
        return submit_report(SubmitReport(report_id=report_id, on=on, **given), service.uow(), figures)


def values(service, report_id, number):
    with service.engine.connect() as connection:
        return values_of(connection, report_id, number)


def test_every_town_owes_every_report(service, owed, outbox):
    """Week, month and quarter of every town, told once; another sweep owes nothing new."""
    assert 3 * len(areas().towns()) == owed
    assert 0 == owe_reports(TODAY, service.uow(), service.report_policy)
    told = outbox("monitoring.report_due.v1")
    assert {("weekly", "2022W25"), ("monthly", "202205"), ("quarterly", "2022Q1")} == {
        (one["kind"], one["period"]) for one in told
    }
    assert len(told) == len({one["report_id"] for one in told})


def test_no_week_is_forgotten(service, owed):
    """After three weeks without a sweep all three are owed."""
    assert (
        3 * len(areas().towns())
        == owe_reports(date(2022, 7, 18), service.uow(), service.report_policy) - len(areas().towns()) * 2
    )
    with service.engine.connect() as connection:
        weeks = connection.execute(
            select(func.count(reports.c.period.distinct())).where(reports.c.kind == "weekly")
        ).scalar_one()
    assert 4 == weeks


def test_nothing_is_owed_before_the_rule_is_in_force(service):
    """Before 2022 no limit is in force, so no report is owed."""
    assert 0 == owe_reports(date(2022, 1, 2), service.uow(), service.report_policy)


def test_the_figures_are_what_the_lists_count(service, household, owed):
    """A clue and a visit of the week are counted by their ids; another town counts nothing."""
    told = ReportClue(household_id=household, risk="100A27001", source="03", on=date(2022, 6, 22))
    clue = report_clue(told, service.uow(), service.clue_policy)
    visit = RecordVisit(household_id=household, kind="grid", on=date(2022, 6, 26))
    record_visit(visit, service.uow(), service.clue_policy)
    report = id_of(service, GUGUAN)
    assert 1 == submit(service, report)
    found = values(service, report, 1)
    assert codes_of("weekly") == [code for code in codes_of("weekly") if code in found]
    counted = {code: value for code, value in found.items() if value}
    assert {"clues_reported.03": 1, "clues_open": 1, "visits_made": 1} == counted
    with service.engine.connect() as connection:
        assert [clue] == [one.id for one in subjects_of(connection, report, 1, "clues_reported.03")]
    submit(service, id_of(service, HEBEI))
    assert {0} == set(values(service, id_of(service, HEBEI), 1).values())


def test_frozen_figures_stay(service, household, owed):
    """What was handed in does not change with the tables; the next submission counts anew."""
    report = id_of(service, GUGUAN)
    submit(service, report)
    told = ReportClue(household_id=household, risk="100A27001", source="03", on=date(2022, 6, 22))
    report_clue(told, service.uow(), service.clue_policy)
    assert 0 == values(service, report, 1)["clues_open"]
    return_report(ReturnReport(report_id=report, reason="incomplete", on=date(2022, 6, 29)), service.uow())
    assert 2 == submit(service, report, on=date(2022, 6, 30))
    assert (0, 1) == (values(service, report, 1)["clues_open"], values(service, report, 2)["clues_open"])


def test_as_of_the_periods_end(service, household, owed):
    """What happened after the week is not the week's: a clue of Monday, a check of Monday."""
    told = ReportClue(household_id=household, risk="100A27001", source="03", on=date(2022, 6, 22))
    clue = report_clue(told, service.uow(), service.clue_policy)
    verify_clue(VerifyClue(clue_id=clue, outcome="risk", on=date(2022, 6, 27)), service.uow())
    later = ReportClue(household_id=household, risk="100A27003", source="03", on=date(2022, 6, 27))
    report_clue(later, service.uow(), service.clue_policy)
    report = id_of(service, GUGUAN)
    submit(service, report)
    found = values(service, report, 1)
    assert (1, 0, 1) == (found["clues_open"], found["cases_open"], found["clues_reported.03"])


def test_return_lock_and_what_is_told(service, owed, outbox):
    """Handed in late, returned, handed in again, locked: each told with the number of the submission."""
    report = id_of(service, GUGUAN)
    submit(service, report, on=date(2022, 6, 28))
    return_report(ReturnReport(report_id=report, reason="wrong", on=date(2022, 6, 29)), service.uow())
    submit(service, report, on=date(2022, 6, 30))
    lock_report(LockReport(report_id=report, on=date(2022, 7, 1)), service.uow())
    assert [1, 2] == [one["version"] for one in outbox("monitoring.report_submitted.v1")]
    assert [("wrong", 1)] == [
        (one["reason"], one["version"]) for one in outbox("monitoring.report_returned.v1")
    ]
    assert [2] == [one["version"] for one in outbox("monitoring.report_locked.v1")]
    with service.uow() as uow:
        kept = uow.reports.get(report)
    assert (ReportState.LOCKED, True, WEEK) == (kept.state, kept.late, period_of_report(kept))


@pytest.mark.parametrize("kind", ["weekly", "monthly", "quarterly"])
def test_the_county_is_the_sum_of_its_towns(service, owed, kind):
    """Counted for the whole county at once, each figure is the sum of what the towns handed in."""
    for number, village in enumerate(("610327109203", "610327112200", "610327109205")):
        told = family(f"H{number}", area_code=village, persons=(), on=date(2022, 3, 1))
        one = register_household(told, service.uow(), service.checks)
        clue = ReportClue(household_id=one, risk="100A27001", source="03", on=date(2022, 6, 22))
        report_clue(clue, service.uow(), service.clue_policy)
    for town in areas().towns():
        submit(
            service, id_of(service, town.code, kind) if kind != "quarterly" else _quarter(service, town.code)
        )
    period = {"weekly": WEEK, "monthly": period_of("monthly", date(2022, 5, 1))}.get(
        kind, period_of("quarterly", date(2022, 3, 1))
    )
    with service.engine.connect() as connection:
        by_town = town_values(connection, kind, period.key)
        whole = ReportFigures(connection, service.case_policy.limits, service.line).count(period, "610327")
    summed = {code: sum(found[code] for found in by_town.values()) for code in codes_of(kind)}
    assert {code: len(found) for code, found in whole.items()} == summed
    assert kind == "monthly" or any(summed.values())


def _quarter(service, town):
    return Report.owed(town, period_of("quarterly", date(2022, 3, 1)), service.report_policy).id


def test_every_value_is_the_length_of_its_list(service, household, owed):
    """No number stands without the ids it counts."""
    submit(service, id_of(service, GUGUAN))
    with service.engine.connect() as connection:
        for value, found in connection.execute(select(report_figures.c.value, report_figures.c.subjects)):
            assert value == len(found)
