from datetime import date

import pytest
from sqlalchemy import update

from services.monitoring.adapters.read_models_quality import latest_runs
from services.monitoring.adapters.tables import members
from services.monitoring.service_layer.quality.run import TownRun, asked, run_rules, sweep_quality
from shared.kernel.clock import SetClock, at_hour

RUN, FOUND, FIXED = (
    "monitoring.quality_run_completed.v1",
    "monitoring.data_error_found.v1",
    "monitoring.data_error_fixed.v1",
)
TOWN = "610327109"


def change(service, **values):
    with service.engine.begin() as connection:
        connection.execute(update(members).values(**values))


def test_run_finds_what_nobody_changed(service, household, outbox):
    """What became wrong without a command is found by a run, and gone by the next once it is right.

    D-1 and D-2 of three people go; the child is still in no school, which is D-10.
    """
    change(service, school_status=None, education=None)
    run_rules(service.uow(), service.quality)
    assert {"D-1", "D-2"} <= {event["rule"] for event in outbox(FOUND)}
    change(service, education="003")
    (again,) = [one for one in run_rules(service.uow(), service.quality) if one.households]
    assert (6, {"gone"}) == (again.gone, {event["how"] for event in outbox(FIXED)})


def test_second_run_changes_nothing(service, household, outbox):
    """A run over an unchanged registry opens and closes nothing; each town is told of every time."""
    run_rules(service.uow(), service.quality, area_code=TOWN)
    before = len(outbox(FOUND))
    (town,) = run_rules(service.uow(), service.quality, area_code=TOWN)
    assert (0, 0, before) == (town.found, town.gone, len(outbox(FOUND)))
    assert [4, 4] == [event["records"] for event in outbox(RUN)]


def test_counts_are_kept_for_the_marks(service, household):
    """How many households each rule was asked about, and how many broke it, is kept by the run."""
    change(service, education="003", school_status="003")
    run_rules(service.uow(), service.quality, area_code=TOWN)
    with service.engine.connect() as connection:
        totals = latest_runs(connection, "610327")
    assert (1, 1, 0) == (totals.asked["D-1"], totals.broken["D-1"], totals.asked["J-1"])


def test_village_rules_are_asked_about_villages(service):
    """A rule on villages was asked about as many villages as have a record."""
    counts = asked(TownRun(TOWN, villages=3), service.quality)
    assert (3, 0) == (counts["L-1"], counts["D-1"])


@pytest.mark.parametrize(
    ("day", "runs"), [(date(2022, 7, 31), 0), (date(2022, 8, 1), 10), (date(2022, 8, 2), 10)]
)
def test_sweep_runs_once_a_month(service, outbox, day, runs):
    """On the last day of the month of the latest run nothing happens; from the first of the next it runs."""
    sweep_quality(service.uow(), service.quality)
    before = len(outbox(RUN))
    service.clock._instant = at_hour(day, 10)
    assert isinstance(service.clock, SetClock)
    sweep_quality(service.uow(), service.quality)
    assert runs == len(outbox(RUN)) - before
