from datetime import date

from services.evaluation.service_layer.dispatch.owing import owe_dispatch
from tests.evaluation.dispatch_kit import policy
from tests.evaluation.service_layer.dispatch.told import told

TOWNS = ["610327109", "610327100"]


def owe(service, day):
    """Let what falls due by *day* be owed."""
    return owe_dispatch(day, service.uow(), policy(), TOWNS)


def test_the_first_time_only_the_present(service):
    """Two actions and two towns: four reports of the month, two meetings, six sites; asked again nothing."""
    assert 4 + 2 + 6 == owe(service, date(2022, 3, 15))
    assert 0 == owe(service, date(2022, 3, 31))
    assert {"202203"} == {one["month"] for one in told(service, "progress_due")}
    assert {"2022Q1"} == {one["quarter"] for one in told(service, "quarter_meeting_due")}


def test_months_nobody_swept_are_owed_later(service):
    """After two months of rest each month is owed with its own days, and the quarter that began."""
    owe(service, date(2022, 3, 15))
    assert 2 * 4 + 2 == owe(service, date(2022, 5, 2))
    due = {(one["month"], one["occurred_on"], one["due_on"]) for one in told(service, "progress_due")}
    assert {
        ("202203", "2022-03-01", "2022-03-31"),
        ("202204", "2022-04-01", "2022-04-30"),
        ("202205", "2022-05-01", "2022-05-31"),
    } == due


def test_the_next_day_of_a_new_month(service):
    """On the last day of a month nothing new is owed, on the first of the next it is."""
    owe(service, date(2022, 4, 15))
    assert 0 == owe(service, date(2022, 4, 30))
    assert 4 == owe(service, date(2022, 5, 1))


def test_a_new_year_has_its_own_sites(service):
    """On 1 January months, meetings and sites begin anew."""
    owe(service, date(2022, 12, 31))
    assert 4 + 2 + 6 == owe(service, date(2023, 1, 1))
    assert {2022, 2023} == {one["year"] for one in told(service, "site_planned")}


def test_nothing_is_owed_before_the_policy(service):
    """Before the actions are in force nobody owes anything."""
    assert 0 == owe(service, date(2021, 12, 31))
    assert [] == told(service, "progress_due")
