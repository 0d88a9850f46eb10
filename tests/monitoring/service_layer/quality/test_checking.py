from dataclasses import replace
from datetime import date

import pytest

from services.monitoring.domain.quality.data_error import DataError, ErrorState
from services.monitoring.domain.quality.rule import Hit
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.income import RecordIncome, record_income
from services.monitoring.service_layer.member import CorrectMember, correct_member
from services.monitoring.service_layer.quality.checking import Settling, settled
from tests.monitoring.domain.quality.records import POLICY
from tests.monitoring.kit import DAY, VILLAGE, family, person, son, wife

FOUND, FIXED = "monitoring.data_error_found.v1", "monitoring.data_error_fixed.v1"
GATE = "monitoring.record_gate_passed.v1"
HOW = Settling(date(2022, 7, 1), "", corrected=False)


def standing(rule="D-1", state=ErrorState.OPEN):
    return DataError(
        id="e1",
        origin="rule",
        rule=rule,
        severity=3,
        household_id="h1",
        person_id="p1",
        area_code=VILLAGE,
        found_on=date(2022, 6, 1),
        due_on=date(2022, 6, 16),
        state=state,
    )


def settle(hits, errors, how=HOW):
    ids = iter(["n1", "n2"])
    return settled(hits, errors, {"h1": VILLAGE}, POLICY, how, lambda: next(ids))


def test_what_is_found_is_opened_with_its_day():
    """A new hit becomes an open error, due by its severity, at the household's village."""
    (new,) = settle([Hit("h1", "p1", "D-1")], [])
    assert (ErrorState.OPEN, date(2022, 7, 16), 3, VILLAGE) == (
        new.state,
        new.due_on,
        new.severity,
        new.area_code,
    )


@pytest.mark.parametrize("state", [ErrorState.OPEN, ErrorState.EXPLAINED])
def test_what_stands_is_not_found_again(state):
    """An error that is open, or was explained, stands while the rule is broken: nothing changes."""
    assert [] == settle([Hit("h1", "p1", "D-1")], [standing(state=state)])


@pytest.mark.parametrize(("corrected", "state"), [(False, ErrorState.GONE), (True, ErrorState.CORRECTED)])
def test_what_is_no_longer_broken_ends(corrected, state):
    """Without its hit an error is gone in a run, and corrected in the transaction of a change."""
    (over,) = settle([], [standing()], replace(HOW, corrected=corrected))
    assert state is over.state


def test_an_explained_error_ends_quietly():
    """Nothing is told of an explanation that is no longer needed, and it can be found anew."""
    (over,) = settle([], [standing(state=ErrorState.EXPLAINED)])
    assert (ErrorState.EXPLAINED, True, []) == (over.state, over.over, over.facts)


def test_change_opens_and_closes_in_its_transaction(service, outbox):
    """Registering a child at school counted as labour opens D-12; correcting it closes the error."""
    household = register_household(
        family(persons=(person(), wife(), son(labour_skill="001"))), service.uow(), service.checks
    )
    found = {event["rule"]: event for event in outbox(FOUND)}
    assert {"D-12", "E-1"} == set(found)
    person_id = found["D-12"]["person_id"]
    correct_member(
        CorrectMember(household_id=household, person_id=person_id, changes={"labour_skill": "004"}, on=DAY),
        service.uow(),
        service.checks,
    )
    assert [("corrected", True)] * 2 == [
        (event["how"], event["error_id"] in {one["error_id"] for one in found.values()})
        for event in outbox(FIXED)
    ]


def test_unchanged_record_finds_nothing_twice(service, household, outbox):
    """A second change that leaves the same rules broken opens nothing again."""
    before = len(outbox(FOUND))
    ledger = RecordIncome(household_id=household, items={"A1": 3_000_000}, on=DAY)
    record_income(ledger, service.uow(), service.line)
    assert before == len(outbox(FOUND))


def test_entries_go_to_the_first_gate(service, household, outbox):
    """A registration and a ledger before anybody looked are one entry at the first gate."""
    record_income(RecordIncome(household_id=household, items={}, on=DAY), service.uow(), service.line)
    assert ["entered"] == [event["gate"] for event in outbox(GATE)]


def test_same_telephone_in_two_households(service, outbox):
    """A telephone of somebody in another household is found; inside one household it is not."""
    shared = {"phone": "13909170001"}
    register_household(family(persons=(person(**shared), wife(**shared))), service.uow(), service.checks)
    assert [] == [event for event in outbox(FOUND) if event["rule"] == "A-10"]
    register_household(family("H002", persons=(person(number=9, **shared),)), service.uow(), service.checks)
    assert ["A-10"] == [event["rule"] for event in outbox(FOUND) if event["rule"] == "A-10"]
