from datetime import timedelta

import pytest

from services.evaluation.adapters.read_models_supervision import (
    OrderSearch,
    find_inspections,
    find_orders,
    find_triggers,
    inspections_by_month,
    overdue_by_unit,
    samples,
)
from services.evaluation.service_layer.inspection import PlanInspection, plan_inspection
from services.evaluation.service_layer.inspection_sample import DrawSample, draw_sample
from services.evaluation.service_layer.order import AnswerOrder, IssueOrder, answer_order, issue_order
from services.evaluation.service_layer.supervision_due import propose_for_overdue_orders
from shared.kernel.clock import day_of
from shared.kernel.errors import StaleVersionError
from shared.kernel.period import Days
from tests.evaluation.samples import FIRST, household, sealed

TOWN, OTHER = "610327109", "县人社局"
ALL = {"limit": 50, "offset": 0}


@pytest.fixture(name="office", params=["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def _office(request, new_service):
    """A service on either database with three orders: late, soon, answered."""
    service = new_service(request.getfixturevalue("database") if request.param == "postgresql" else None)
    units = [unit.id for unit in service.units()]

    def issue(unit, hours):
        command = IssueOrder(unit=unit, matter="整改", due_at=service.clock() + timedelta(hours=hours))
        return issue_order(command, service.uow(), units, service.supervision)

    late, _soon, answered = issue(TOWN, 1), issue(OTHER, 200), issue(TOWN, 2)
    answer_order(AnswerOrder(order_id=answered, unit=TOWN, text="已办"), service.uow())
    service.clock.set(service.clock() + timedelta(days=4))
    yield service, late, answered
    service.engine.dispose()


def test_orders_are_found(office):
    """By unit, by state, only the overdue; what is owed first is on top."""
    service, late, answered = office
    with service.engine.connect() as connection:
        every, total = find_orders(connection, OrderSearch(), **ALL)
        mine, _ = find_orders(connection, OrderSearch(unit=TOWN, state="answered"), **ALL)
        overdue, _ = find_orders(connection, OrderSearch(overdue_at=service.clock()), **ALL)
        units = overdue_by_unit(connection, service.clock())
    assert (3, late) == (total, every[0].id)
    assert [answered] == [order.id for order in mine]
    assert [late] == [order.id for order in overdue]
    assert [(TOWN, 1)] == [(row.unit, row.orders) for row in units]


def test_an_overdue_order_is_proposed_on_either_database(office):
    """The sweep finds the overdue order and its file, once."""
    service, late, _ = office
    assert [1, 0] == [propose_for_overdue_orders(service.uow(), service.supervision) for _ in range(2)]
    with service.engine.connect() as connection:
        (trigger,), _total = find_triggers(connection, state="proposed", unit=TOWN, **ALL)
    assert (late, 1) == (trigger.subject, len(trigger.cause_events))


def test_the_second_writer_loses(office):
    """Of two who read the same version of an order, the second save is refused."""
    service, late, _ = office
    with service.uow() as uow:
        first, second = uow.orders.get(late), uow.orders.get(late)
        uow.orders.save(first)
        with pytest.raises(StaleVersionError):
            uow.orders.save(second)


def test_inspections_and_samples_are_found(office, tell):
    """An inspection stands in its month, a sample in its list."""
    service, _, _ = office
    today = day_of(service.clock())
    command = PlanInspection(unit=TOWN, kind="planned", due_on=today, team="一组", subjects=("water",))
    units = [unit.id for unit in service.units()]
    planned = plan_inspection(command, service.uow(), units, service.supervision)
    tell(service, sealed([household("h1", day=FIRST)]))
    draw_sample(DrawSample("1"), service.uow(), service.supervision)
    year = Days(today.replace(month=1, day=1), today.replace(month=12, day=31))
    with service.engine.connect() as connection:
        (found,), _total = find_inspections(connection, year, state="planned", unit=TOWN, **ALL)
        months = inspections_by_month(connection, year)
        (sample,) = samples(connection)
    assert planned == found.id
    assert {"planned": 1, "in_plan": 1} == months[today.month]
    assert "1" == sample.seed
