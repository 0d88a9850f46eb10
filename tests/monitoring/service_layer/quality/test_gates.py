from datetime import date

import pytest
from sqlalchemy import select

from services.monitoring.adapters.tables import record_cycles
from services.monitoring.domain.quality.errors import GateNotPermittedError, OwnEntryError
from services.monitoring.service_layer.household import (
    CorrectHousehold,
    correct_household,
    register_household,
)
from services.monitoring.service_layer.quality.gates import (
    DrawRecords,
    SendBack,
    SignOff,
    approve_records,
    check_alerts,
    draw_records,
    inspect_records,
    review_records,
    send_back_records,
)
from shared.contracts.codes import UnknownCodeError
from tests.monitoring.kit import family, person, son, wife

GATE, RETURNED = "monitoring.record_gate_passed.v1", "monitoring.record_returned.v1"
TODAY = date(2022, 7, 1)


@pytest.fixture
def cycles(service):
    """The ids of two changed records: one in order, one with an open error."""
    uow = service.uow()
    uow.by = "v1"
    register_household(family(), uow, service.checks)
    bad = (person(number=7), wife(number=7), son(number=7, labour_skill="001"))
    register_household(family("H002", persons=bad), uow, service.checks)
    with service.engine.connect() as connection:
        rows = connection.execute(select(record_cycles.c.id).order_by(record_cycles.c.id)).scalars()
        return list(rows)


def sign(cycles, by):
    return SignOff(cycle_ids=cycles, on=TODAY, by=by)


def test_through_all_five_gates(service, cycles, outbox):
    """Both are signed off in bulk; the one without open errors passes the last gate, the other waits."""
    assert 2 == review_records(sign(cycles, "t1"), service.uow())
    assert 2 == approve_records(sign(cycles, "c1"), service.uow())
    drawn, passed = draw_records(
        DrawRecords(area_code="610327", seed="2022-07", on=TODAY, by="c1"), service.uow(), service.quality
    )
    if drawn:
        with service.engine.connect() as connection:
            chosen = select(record_cycles.c.id).where(record_cycles.c.sampled)
            ids = list(connection.execute(chosen).scalars())
        inspect_records(sign(ids, "c1"), service.uow())
    assert (2, (1, 1)) == (drawn + passed, check_alerts(sign(cycles, "c1"), service.uow(), service.quality))
    gates = [event["gate"] for event in outbox(GATE)]
    assert [2, 2, 2, 2, 1] == [
        gates.count(one) for one in ("entered", "reviewed", "approved", "inspected", "alert_checked")
    ]


def test_all_or_none(service, cycles, outbox):
    """When one of several cannot pass, none does."""
    review_records(sign(cycles[:1], "t1"), service.uow())
    with pytest.raises(GateNotPermittedError):
        approve_records(sign(cycles, "c1"), service.uow())
    assert "approved" not in [event["gate"] for event in outbox(GATE)]


def test_who_entered_does_not_sign_off(service, cycles):
    """The account that entered the change is refused as its reviewer."""
    with pytest.raises(OwnEntryError):
        review_records(sign(cycles, "v1"), service.uow())


def test_sent_back_with_a_reason_of_the_list(service, cycles, outbox):
    """The reason is a code of the list; the county is told, without the note."""
    back = SendBack(cycle_ids=cycles[:1], reason="no_evidence", on=TODAY, by="t1", note="缺户主签字")
    assert 1 == send_back_records(back, service.uow())
    assert ["no_evidence"] == [event["reason"] for event in outbox(RETURNED)]
    assert "缺户主签字" not in str(outbox())
    with pytest.raises(UnknownCodeError):
        send_back_records(SendBack(cycle_ids=cycles[1:], reason="whim", on=TODAY), service.uow())


def test_corrected_record_begins_again(service, cycles, household_of_first, outbox):
    """A change of a returned record takes it to the first gate again, in the same cycle."""
    send_back_records(SendBack(cycle_ids=cycles[:1], reason="wrong", on=TODAY, by="t1"), service.uow())
    household_of_first("改后住址")
    gates = [(event["gate"], event["sequence"]) for event in outbox(GATE) if event["cycle_id"] == cycles[0]]
    assert [("entered", 1), ("entered", 3)] == gates


@pytest.fixture
def household_of_first(service, cycles):
    """A function that corrects the address of the first record's household."""

    def correct(address):
        with service.engine.connect() as connection:
            query = select(record_cycles.c.household_id).where(record_cycles.c.id == cycles[0])
            household_id = connection.execute(query).scalar_one()
        command = CorrectHousehold(household_id=household_id, changes={"address": address}, on=TODAY)
        correct_household(command, service.uow())

    return correct
