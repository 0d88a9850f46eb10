from datetime import timedelta

import pytest

from services.evaluation.adapters.read_models_owed import Owed, debts
from services.evaluation.service_layer.order import AnswerOrder, IssueOrder, answer_order, issue_order
from shared.kernel.clock import day_of
from tests.evaluation.reporting_tasks import DUE, new_task

TOWN, OTHER = "610327109", "县人社局"


@pytest.fixture(name="office", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _office(request, new_service):
    """A service on either database with three orders: one hour, two hundred hours, answered."""
    service = new_service(request.getfixturevalue("database") if request.param == "postgresql" else None)
    units = [unit.id for unit in service.units()]
    for unit, hours in ((TOWN, 1), (OTHER, 200), (TOWN, 2)):
        command = IssueOrder(unit=unit, matter="整改", due_at=service.clock() + timedelta(hours=hours))
        last = issue_order(command, service.uow(), units, service.supervision)
    answer_order(AnswerOrder(order_id=last, unit=TOWN, text="已办"), service.uow())
    yield service
    service.engine.dispose()


def test_an_order_is_late_from_its_minute(office):
    """An order is owed until it is answered, and late once its minute is over."""
    now = office.clock()
    with office.engine.connect() as connection:
        at_once = debts(connection, day_of(now), now)
        later = debts(connection, day_of(now), now + timedelta(hours=1, seconds=1))
        mine = debts(connection, day_of(now), now, TOWN)
    assert (Owed(1, 0), Owed(1, 0)) == (at_once[TOWN]["orders"], at_once[OTHER]["orders"])
    assert (Owed(1, 1), Owed(1, 0)) == (later[TOWN]["orders"], later[OTHER]["orders"])
    assert {TOWN} == set(mine)


def test_what_is_owed_by_day_is_late_the_day_after(office):
    """A report is not late on the day it is due, and is on the next."""
    with office.uow() as uow:
        uow.reporting.tasks.add_new([new_task(reporter=TOWN)])
        uow.commit()
    now = office.clock()
    with office.engine.connect() as connection:
        on_the_day = debts(connection, DUE, now, TOWN)[TOWN]["reports"]
        next_day = debts(connection, DUE + timedelta(days=1), now, TOWN)[TOWN]["reports"]
    assert (Owed(1, 0), Owed(1, 1)) == (on_the_day, next_day)
