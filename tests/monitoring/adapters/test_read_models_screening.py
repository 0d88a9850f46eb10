"""What pages ask of rounds, samples and follow-up: every query on both databases."""

from datetime import date

import pytest

from services.monitoring.adapters import read_models_follow_up as follow_up
from services.monitoring.adapters import read_models_screening as screening
from services.monitoring.adapters.running_timers import running_timers
from services.monitoring.adapters.screening_focus import focus_households
from services.monitoring.service_layer.application import FileApplication, file_application
from services.monitoring.service_layer.clue import VerifyClue, verify_clue
from services.monitoring.service_layer.reopening import reopen, reopen_without_labour
from services.monitoring.service_layer.sample import (
    DrawSample,
    FreezeSampleList,
    draw_sample,
    freeze_sample_list,
)
from services.monitoring.service_layer.screening import OpenScreeningRound, open_screening_round
from services.monitoring.service_layer.visit import RecordVisit, record_visits
from shared.persistence.engine import reading
from tests.monitoring.case_kit import case_of, registered, to_monitored
from tests.monitoring.kit import VILLAGE

DAY = date(2022, 7, 1)
TOWN, COUNTY = VILLAGE[:9], VILLAGE[:6]


@pytest.fixture
def household_id(both_services):
    return registered(both_services)


def test_coverage(both_services, household_id):
    """One household of one: not reached, then reached, for its town, its village and the county."""
    command = OpenScreeningRound(name="七月排查", first_on=DAY, last_on=DAY)
    round_id = open_screening_round(command, both_services.uow())

    def seen():
        with reading(both_services.engine) as connection:
            by_town = screening.coverage_by_area(connection, round_id, COUNTY, 9)
            left, total = screening.left_in(connection, round_id, TOWN, limit=5)
            none, _ = screening.left_in(connection, round_id, TOWN, among=(), limit=5)
            judged = screening.judgements_in(connection, round_id, COUNTY, limit=5)
        assert ([], ([], 0)) == (none, judged)
        return [(one.area_code, one.reached, one.left) for one in by_town], len(left), total

    assert ([(TOWN, 0, 1)], 1, 1) == seen()
    visit = RecordVisit(household_id=household_id, kind="screening", on=DAY)
    record_visits([visit, visit], both_services.uow(), both_services.clue_policy)
    assert ([(TOWN, 1, 0)], 0, 0) == seen()


def test_focus(both_services, household_id):
    """All eight reasons are asked for, and this household has none."""
    with reading(both_services.engine) as connection:
        assert {} == focus_households(connection, COUNTY, DAY, both_services.screening_policy)


def test_samples(both_services, household_id):
    """The one household is drawn and waits to be inspected."""
    policies = both_services.sample_policies
    inspection_id = freeze_sample_list(FreezeSampleList(title="抽样"), both_services.uow(), policies)
    assert 1 == draw_sample(DrawSample(inspection_id=inspection_id, seed="2022"), both_services.uow())
    with reading(both_services.engine) as connection:
        ((row,), total) = screening.sampled_in(connection, inspection_id, VILLAGE, limit=5)
        assert (household_id, "other", 1) == (row.household_id, row.stratum, total)
        assert VILLAGE == screening.area_of_sampled(connection, row.id)
        assert [inspection_id] == [one.id for one in screening.samples_of(connection)]


def test_follow_up(both_services, clock, household_id):
    """Reopenings, escalations, households without labour and running limits are found where they are."""
    case_id = case_of(both_services, household_id)
    to_monitored(both_services, clock, case_id)
    with both_services.uow() as uow:
        reopen(uow, both_services.screening_policy, case_id, household_id, VILLAGE, "wrong_class", "sample:x")
        uow.connection.exec_driver_sql("UPDATE members SET labour_skill = '004'")
        uow.commit()
    with reading(both_services.engine) as connection:
        (one,), total = follow_up.find_reopenings(connection, TOWN, only_open=True, limit=5)
        assert ("wrong_class", 1) == (one.reason, total)
        (bare,), _ = follow_up.last_resort(connection, COUNTY, limit=5)
        assert (household_id, False) == (bare.household_id, bare.aided)
        assert ["H001"] == [row.household_no for row in follow_up.whose(connection, {household_id}).values()]
        assert [] == follow_up.waiting_escalations(connection, "county", COUNTY)
        timers = running_timers(connection, both_services.case_policy.limits, both_services.screening_policy)
    assert {"helper", "measures", "reopening"} == {timer.kind for timer in timers}
    assert 0 == reopen_without_labour(both_services.uow(), both_services.screening_policy)


def test_answers(both_services, household_id):
    """A clue closed without help, reported by the household, waits for an answer."""
    command = FileApplication(household_id=household_id, risk="100A27001", on=DAY)
    clue_id = file_application(command, both_services.uow(), both_services.clue_policy)
    verify_clue(VerifyClue(clue_id=clue_id, outcome="no_risk", on=DAY), both_services.uow())
    with reading(both_services.engine) as connection:
        assert [clue_id] == [row.clue_id for row in follow_up.answers_waiting(connection, VILLAGE)]
        assert [] == follow_up.answers_waiting(connection, "610327100200")
        assert [] == follow_up.answers_given(connection, clue_id)
        assert [] == follow_up.sheets_of(connection, clue_id)
