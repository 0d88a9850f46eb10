"""What falls due in supervision by the clock: what is overdue or recurs is proposed as a trigger."""

from datetime import timedelta

from services.evaluation.domain.supervision import SupervisionPolicy
from services.evaluation.service_layer.accountability import ProposeTrigger, propose_inside
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


def propose_for_overdue_orders(uow: UnitOfWork, policy: SupervisionPolicy) -> int:
    """Propose one trigger for each order that is overdue so many days; return how many are new.

    Its file is every event of the order there is. Where no number of days is in force, none is proposed.
    """
    with uow:
        now = uow.clock()
        if not policy.order_trigger_days.in_force_on(day_of(now)):
            return 0
        days = policy.order_trigger_days.on(day_of(now))
        orders = uow.orders.overdue_without_trigger(now - timedelta(days=days))
        if not orders:
            return 0
        files = uow.orders.events_of(orders)
        new = 0
        for order in orders:
            command = ProposeTrigger(
                kind="order_overdue",
                unit=order.unit,
                subject=order.id,
                times=policy.overdue_days(order.due_at, now),
                cause_events=files[order.id],
            )
            new += propose_inside(command, uow, policy) is not None
        uow.commit()
    return new


def propose_for_recurrences(uow: UnitOfWork, policy: SupervisionPolicy) -> int:
    """Propose one trigger for each recurrence that the ledger marks as one; return how many are new.

    Its file: when the problems were registered, and each time the same problem came back.
    """
    with uow:
        if not policy.recurrence_trigger_times.in_force_on(day_of(uow.clock())):
            return 0
        new = 0
        for found in uow.triggers.recurrences_without_trigger():
            command = ProposeTrigger(
                kind="recurrence",
                unit=found.unit,
                subject=found.problem_id,
                times=found.times,
                cause_events=found.cause_events,
            )
            new += propose_inside(command, uow, policy) is not None
        uow.commit()
    return new
