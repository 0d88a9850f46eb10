"""Commands on supervision orders: issue, answer, send back, close, withdraw."""

from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime

from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.order import Order, OrderOrigin
from services.evaluation.domain.supervision import SupervisionPolicy
from services.evaluation.domain.supervision_errors import NotYourOrderError
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class IssueOrder:
    """Issue a supervision order (督办函) to *unit*, a town's code or a department's official name.

    *due_at* is an aware instant; None: the next day at the hour the policy names. *origin_id* names
    the inspection, problem or decision it came of. *order_id*: for a caller that must not issue twice.
    Without a *number* the next one of the year is taken.
    """

    unit: str
    matter: str = field(repr=False)
    requirement: str = field(default="", repr=False)
    due_at: datetime | None = None
    origin: OrderOrigin = "leader"
    origin_id: str = ""
    number: str = ""
    order_id: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerOrder:
    """The unit replies; *unit* is whose officer does. Late replies are taken and stay late."""

    order_id: str
    unit: str
    text: str = field(repr=False)
    by: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SendBackOrder:
    """The reply is not enough; *due_at* None gives the policy's default from now."""

    order_id: str
    reason: str = field(repr=False)
    due_at: datetime | None = None
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseOrder:
    """The reply is accepted."""

    order_id: str
    note: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawOrder:
    """The order should not have been issued."""

    order_id: str
    reason: str = field(repr=False)
    version: int | None = None


def issue_order(
    command: IssueOrder, uow: UnitOfWork, units: Collection[str], policy: SupervisionPolicy
) -> str:
    """Issue the order in a transaction of its own and return its id; *units* are all that can be named.

    Raises UnknownUnitError, WithoutWordsError or OrderDeadlineError.
    """
    with uow:
        order_id = issue_inside(command, uow, units, policy)
        uow.commit()
    return order_id


def issue_inside(
    command: IssueOrder, uow: UnitOfWork, units: Collection[str], policy: SupervisionPolicy
) -> str:
    """Do the same inside a transaction that is open; whoever opened it commits."""
    if command.unit not in units:
        raise UnknownUnitError(unit=command.unit[:64])
    now = uow.clock()
    order = Order.issue(
        order_id=command.order_id or uow.ids(),
        number=command.number.strip() or uow.orders.next_number(day_of(now).year),
        unit=command.unit,
        origin=command.origin,
        origin_id=command.origin_id,
        matter=command.matter,
        requirement=command.requirement,
        issued_at=now,
        due_at=command.due_at or policy.default_deadline(now),
    )
    uow.orders.add(order)
    return order.id


def answer_order(command: AnswerOrder, uow: UnitOfWork) -> int:
    """Take the reply and return its number; raises NotYourOrderError for another unit's order."""
    with uow:
        order = _opened(command.order_id, command.version, uow)
        if order.unit != command.unit:
            raise NotYourOrderError
        reply = order.answer(command.text, at=uow.clock(), by=command.by)
        uow.orders.save(order)
        uow.orders.keep(reply)
        uow.commit()
    return reply.number


def send_back_order(command: SendBackOrder, uow: UnitOfWork, policy: SupervisionPolicy) -> None:
    """Send the reply back with a new deadline."""
    with uow:
        order = _opened(command.order_id, command.version, uow)
        now = uow.clock()
        order.send_back(command.reason, at=now, due_at=command.due_at or policy.default_deadline(now))
        uow.orders.save(order)
        uow.commit()


def close_order(command: CloseOrder, uow: UnitOfWork) -> None:
    """Accept the reply."""
    with uow:
        order = _opened(command.order_id, command.version, uow)
        order.close(at=uow.clock(), note=command.note)
        uow.orders.save(order)
        uow.commit()


def withdraw_order(command: WithdrawOrder, uow: UnitOfWork) -> None:
    """Take the order back."""
    with uow:
        order = _opened(command.order_id, command.version, uow)
        order.withdraw(command.reason, at=uow.clock())
        uow.orders.save(order)
        uow.commit()


def _opened(order_id: str, version: int | None, uow: UnitOfWork) -> Order:
    order = uow.orders.get(order_id)
    order.expect_version(version)
    return order
