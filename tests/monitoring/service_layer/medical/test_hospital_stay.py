from datetime import date

import pytest

from services.monitoring.domain.guarantee_errors import PartsExceedTotalError
from services.monitoring.domain.medical.hospital_stay import Bill
from services.monitoring.service_layer.medical.hospital_stay import (
    RecordStay,
    SettleStay,
    SettleStays,
    StayRow,
    record_stay,
    settle_stay,
    settle_stays,
)
from tests.monitoring.guarantee_kit import needy
from tests.monitoring.kit import DAY

TOLD = "monitoring.inpatient_settled.v1"
BILL = Bill(1_000_000, 600_000, 100_000, 50_000, 249_970)


def stay(service, home, left_on=DAY):
    command = RecordStay(
        household_id=home.id,
        person_id=home.members[1].id,
        hospital="县医院",
        in_county=True,
        left_on=left_on,
    )
    return record_stay(command, service.uow(), service.medical)


def rows(home, *numbers, bill=BILL):
    who = home.members[1].id
    return tuple(StayRow(one, home.id, who, "市医院", False, DAY, DAY, bill) for one in numbers)


@pytest.mark.parametrize(("day", "at_once"), [(DAY, True), (date(2022, 6, 16), False)])
def test_a_stay_is_settled_through_three_layers(service, outbox, day, at_once):
    """What is told is what each layer paid and what is left, as computed and not as the list has it."""
    id_ = stay(service, needy(service))
    settle_stay(SettleStay(stay_id=id_, on=day, bill=BILL), service.uow())
    (told,) = outbox(TOLD)
    assert (at_once, 250_000) == (told["at_once"], told["self_paid_fen"])
    with service.uow() as uow:
        assert -30 == uow.medical.stays.get(id_).bill.difference


def test_an_impossible_bill_leaves_it_open(service, outbox):
    """Layers that pay more than the cost settle nothing."""
    id_ = stay(service, needy(service))
    with pytest.raises(PartsExceedTotalError):
        settle_stay(SettleStay(stay_id=id_, on=DAY, bill=Bill(100, 101)), service.uow())
    assert [] == outbox(TOLD)


def test_a_list_of_stays_is_taken_once(service, outbox):
    """The same settlements again are not new; one more is."""
    home = needy(service)
    taken = [
        settle_stays(SettleStays(rows=rows(home, *numbers)), service.uow(), service.medical)
        for numbers in (("S-1", "S-2"), ("S-1", "S-2", "S-3"))
    ]
    assert [2, 1] == taken
    assert 3 == len(outbox(TOLD))
