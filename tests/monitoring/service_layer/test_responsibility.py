from datetime import date
from typing import Any

import pytest

from services.monitoring.adapters.report.responsibility import lines_of
from services.monitoring.domain.report.responsibility import Responsibility
from services.monitoring.service_layer.responsibility import (
    ApproveResponsibility,
    WriteResponsibility,
    approve_responsibility,
    write_responsibility,
)
from shared.contracts.codes import UnknownCodeError, codes
from tests.monitoring.kit import DAY


def write(service, **given):
    told: dict[str, Any] = {
        "item": "household",
        "area_code": "610327109",
        "unit": "固关镇",
        "person": "李华",
        "within_days": 5,
    }
    return write_responsibility(WriteResponsibility(**told | {"on": DAY} | given), service.uow())


def approve(service, line, on=date(2022, 6, 20)):
    approve_responsibility(ApproveResponsibility(responsibility_id=line, on=on, by="a1"), service.uow())


def read(service, line) -> Responsibility:
    with service.uow() as uow:
        return uow.responsibilities.get(line)


def test_a_new_line_replaces_the_one_before(service, outbox):
    """The line in force ends on the day the next is approved; both stay, dated, and nobody is told names."""
    first, second = write(service), write(service, person="王格")
    approve(service, first)
    assert None is read(service, first).until
    approve(service, second, date(2022, 6, 25))
    assert (date(2022, 6, 25), None) == (read(service, first).until, read(service, second).until)
    assert [] == outbox()


def test_how_fresh_an_item_is(service, household):
    """The last day anything of the item was recorded in the area; None where nothing ever was."""
    write(service)
    write(service, item="income")
    with service.engine.connect() as connection:
        fresh = {
            one.line.item: one.last_change for one in lines_of(connection, "610327109", only_current=True)
        }
    assert {"household": DAY, "income": None} == fresh


@pytest.mark.parametrize("item", [code.value for code in codes()["responsibility_item"]])
def test_every_item_can_be_looked_up(service, item):
    """For every item of the list there is something to tell how fresh it is."""
    write(service, item=item)
    with service.engine.connect() as connection:
        assert [item] == [one.line.item for one in lines_of(connection, "610327", only_current=True)]


def test_an_unknown_item_is_refused(service):
    """The items are those of the list."""
    with pytest.raises(UnknownCodeError):
        write(service, item="weather")
