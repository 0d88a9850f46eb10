from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import false

from services.evaluation.adapters.read_models import JournalSearch
from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.order import OrderState
from services.evaluation.domain.supervision_errors import (
    NotYourOrderError,
    OrderNotFoundError,
    OrderNumberTakenError,
)
from services.evaluation.service_layer.order import (
    AnswerOrder,
    CloseOrder,
    IssueOrder,
    SendBackOrder,
    WithdrawOrder,
    answer_order,
    close_order,
    issue_order,
    send_back_order,
    withdraw_order,
)
from shared.kernel.clock import at_hour, day_of
from shared.kernel.errors import StaleVersionError
from tests.evaluation.samples import TODAY

TOWN = "610327109"


@pytest.fixture(name="issue")
def _issue(service):
    units = [unit.id for unit in service.units()]

    def issue(**about):
        command = IssueOrder(**{"unit": TOWN, "matter": "李甲家饮水", **about})
        return issue_order(command, service.uow(), units, service.supervision)

    return issue


def kept(service, order_id):
    with service.uow() as uow:
        return uow.orders.get(order_id)


def test_issued_with_the_default_deadline_and_a_number(service, issue):
    """Without a deadline it is the next day at 18:00; letters are numbered in their year."""
    first, second = kept(service, issue()), kept(service, issue())
    assert at_hour(day_of(service.clock()) + timedelta(days=1), 18) == first.due_at
    assert [f"陇督办〔{TODAY.year}〕{number}号" for number in (1, 2)] == [first.number, second.number]


def test_a_number_is_given_once(service, issue):
    """A letter typed as number 7 is followed by 8; a second 7 is refused."""
    typed = f"陇督办〔{TODAY.year}〕7号"
    issue(number=typed)
    issue(number="县委督〔2022〕99号")
    assert f"陇督办〔{TODAY.year}〕8号" == kept(service, issue()).number
    with pytest.raises(OrderNumberTakenError, match="7号"):
        issue(number=typed)


def test_two_letters_at_once(service, issue):
    """Of two that took one number at the same moment, the second is told to try again."""
    order = kept(service, issue())
    with service.uow() as uow:
        uow.orders._connection = Blind(uow.orders._connection)
        with pytest.raises(StaleVersionError):
            uow.orders.add(replace(order, id="another"))


class Blind:
    """A connection to which no letter is visible that another transaction has not committed yet."""

    def __init__(self, connection):
        self._connection = connection

    def execute(self, statement, *values):
        if statement.is_select:
            return self._connection.execute(statement.where(false()))
        return self._connection.execute(statement, *values)


def test_its_course_is_told_without_words(service, issue):
    """Each step is an event of its own, and none of them quotes what was written."""
    order_id = issue()
    answer_order(AnswerOrder(order_id=order_id, unit=TOWN, text="李甲家已通水"), service.uow())
    send_back_order(SendBackOrder(order_id=order_id, reason="无照片"), service.uow(), service.supervision)
    answer_order(AnswerOrder(order_id=order_id, unit=TOWN, text="附照片"), service.uow())
    close_order(CloseOrder(order_id=order_id), service.uow())
    entries = service.reads.search(JournalSearch(), limit=10)
    told = sorted(entry.envelope.fact.removeprefix("evaluation.order_") for entry in entries)
    assert ["answered", "answered", "closed", "issued", "sent_back"] == told
    assert not any(word in entry.envelope.to_json() for entry in entries for word in ("李甲", "照片"))


def test_only_the_unit_answers(service, issue):
    """Another unit's answer is refused, and the order still waits."""
    order_id = issue()
    with pytest.raises(NotYourOrderError):
        answer_order(AnswerOrder(order_id=order_id, unit="县人社局", text="x"), service.uow())
    assert OrderState.ISSUED is kept(service, order_id).state


def test_who_saw_an_older_version_is_refused(service, issue):
    """Of two officers who read the same order, the second is told to reload."""
    order_id = issue()
    withdraw_order(WithdrawOrder(order_id=order_id, reason="误发", version=1), service.uow())
    with pytest.raises(StaleVersionError):
        answer_order(AnswerOrder(order_id=order_id, unit=TOWN, text="x", version=1), service.uow())


def test_unknown_units_and_orders(service, issue):
    """Only an assessed unit gets an order, and only an order there is can be closed."""
    with pytest.raises(UnknownUnitError):
        issue(unit="610327999")
    with pytest.raises(OrderNotFoundError):
        close_order(CloseOrder(order_id="none"), service.uow())
