"""Errors, cycles, runs and villages on SQLite and PostgreSQL: what is kept, and what moves along."""

from datetime import date

import pytest
from sqlalchemy import select, update

from services.monitoring.adapters.read_models_quality import (
    ErrorSearch,
    find_cycles,
    find_errors,
    latest_runs,
    rounds,
    tally,
    village_states,
    waiting_at_gates,
)
from services.monitoring.adapters.tables import data_errors, members, record_cycles
from services.monitoring.domain.quality.errors import DataErrorNotFoundError, RecordCycleNotFoundError
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from services.monitoring.service_layer.quality.cleaning import OpenRound, open_round
from services.monitoring.service_layer.quality.gates import (
    DrawRecords,
    SignOff,
    approve_records,
    check_alerts,
    draw_records,
    review_records,
)
from services.monitoring.service_layer.quality.run import run_rules
from services.monitoring.service_layer.quality.village import RecordVillage, record_village
from shared.kernel.errors import StaleVersionError
from tests.monitoring.domain.quality.records import village
from tests.monitoring.kit import OTHER_VILLAGE, VILLAGE, family, person, son, wife

TODAY = date(2022, 7, 1)
COUNTY = "610327"


@pytest.fixture
def broken(both_services):
    """A household with a child at school counted as labour: D-12 and E-1."""
    persons = (person(), wife(), son(labour_skill="001"))
    return register_household(family(persons=persons), both_services.uow(), both_services.checks)


def errors(service, **given):
    with service.engine.connect() as connection:
        return find_errors(connection, ErrorSearch(area_code=COUNTY, **given), limit=50, offset=0)


def test_errors_are_found_by_what_pages_ask(both_services, broken):
    """Rule, state, severity, household and day narrow the list; counts agree with it."""
    assert 2 == errors(both_services)[1]
    assert 1 == errors(both_services, rule="D-12")[1]
    assert 0 == errors(both_services, severity=5)[1]
    assert 2 == errors(both_services, household_id=broken, overdue_on=date(2022, 7, 17))[1]
    assert 0 == errors(both_services, overdue_on=date(2022, 7, 16))[1]
    with both_services.engine.connect() as connection:
        (town,) = tally(connection, "town", area_code=COUNTY, today=TODAY)
    assert ("610327109", 2, 0) == (town.key, town.open, town.fixed)


def test_errors_and_cycle_move_with_the_household(both_services, broken):
    """A household corrected to another village takes its open errors and its cycle along."""
    correct_household(
        CorrectHousehold(household_id=broken, changes={"area_code": OTHER_VILLAGE}, on=TODAY),
        both_services.uow(),
    )
    with both_services.engine.connect() as connection:
        areas = set(connection.execute(select(data_errors.c.area_code)).scalars())
        cycles = set(connection.execute(select(record_cycles.c.area_code)).scalars())
    assert ({OTHER_VILLAGE}, {OTHER_VILLAGE}) == (areas, cycles)


def test_run_settles_in_bulk(both_services, broken):
    """A run opens what changed unseen and closes what is right again; the counts are kept."""
    with both_services.engine.begin() as connection:
        connection.execute(update(members).values(education="003", school_status=None, labour_skill="001"))
    towns = run_rules(both_services.uow(), both_services.quality)
    gone = errors(both_services, state="gone")[1]
    with both_services.engine.connect() as connection:
        totals = latest_runs(connection, COUNTY)
    assert ({"D-12"}, 1) == ({row.rule for row in errors(both_services, state="gone")[0]}, gone)
    assert (TODAY, sum(one.records for one in towns)) == (totals.ran_on, totals.records)


def test_through_the_gates(both_services, broken):
    """A record is reviewed, approved, drawn and checked; who read it before somebody's step is refused."""
    with both_services.engine.connect() as connection:
        (row,), _ = find_cycles(connection, area_code=VILLAGE, state="entered", limit=9)
        assert ({"entered": 1}, 2) == (waiting_at_gates(connection, COUNTY), row.open_errors)
    sign = SignOff(cycle_ids=[row.id], on=TODAY, by="x1")
    uow, stale = both_services.uow(), both_services.uow()
    with stale:
        old = stale.record_cycles.get(row.id)
    review_records(sign, uow)
    old.review(on=TODAY, by="x2")
    with pytest.raises(StaleVersionError), stale:
        stale.record_cycles.keep([old])
    approve_records(sign, uow)
    assert 1 == sum(
        draw_records(DrawRecords(area_code=COUNTY, seed="s-07", on=TODAY), uow, both_services.quality)
    )
    with both_services.engine.connect() as connection:
        state = connection.execute(select(record_cycles.c.state)).scalar_one()
    if state == "inspected":
        assert (0, 1) == check_alerts(sign, uow, both_services.quality)


def test_what_is_not_there(both_services):
    """Ids nobody has are refused as not found."""
    with pytest.raises(DataErrorNotFoundError), both_services.uow() as uow:
        uow.data_errors.get("nobody")
    with pytest.raises(RecordCycleNotFoundError), both_services.uow() as uow:
        uow.record_cycles.get_many(["nobody"])


def test_village_and_round_are_kept(both_services):
    """A village's record comes back as entered, decimals and all; a round stands open."""
    told = village(cultivated=None)
    record_village(RecordVillage(view=told, year=2022, on=TODAY), both_services.uow(), both_services.quality)
    with both_services.uow() as uow:
        kept = uow.village_records.find(VILLAGE)
    assert (1, told.road_km, None) == (kept.version, kept.view.road_km, kept.view.cultivated)
    open_round(OpenRound(on=TODAY), both_services.uow())
    with both_services.engine.connect() as connection:
        assert [True] == [one.is_open for one in rounds(connection)]
        assert {VILLAGE: TODAY} == village_states(connection, COUNTY)
