"""The monthly payment of allowances, in batches.

::

    pay_allowances(PayAllowances(month="202206", on=…, kind="low_income"), uow)  -> int paid
"""

from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.assistance.entitlement import MEASURE_OF, UNIT_OF, expect_come, month_named
from services.monitoring.domain.guarantee_errors import NotYourRegisterError
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.guaranteeing import AT_ONCE, answer_measures
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class PayAllowances:
    """Pay what is granted and not paid for *month* (``202206``), inside *area_code*.

    *kind* empty: every kind, or, for a *unit*, every kind it answers for.
    """

    month: str
    on: date
    kind: str = ""
    area_code: str = ""
    unit: str = ""


def pay_allowances(command: PayAllowances, uow: UnitOfWork) -> int:
    """Return how many were paid; again it pays nobody twice. Measures that asked for it are delivered.

    Refuses a month that begins after the day of payment, whoever is due.
    """
    month = month_named(command.month)
    on = not_after_today(command.on, uow.clock)
    expect_come(month, on=on)
    return sum(_pay(kind, command, uow, on=on, month=month) for kind in _kinds(command))


def _kinds(command: PayAllowances) -> list[str]:
    if not command.kind:
        return [kind for kind, unit in UNIT_OF.items() if command.unit in ("", unit)]
    code_in("assistance_kind", command.kind)
    if command.unit not in ("", UNIT_OF[command.kind]):
        raise NotYourRegisterError(unit=UNIT_OF[command.kind])
    return [command.kind]


def _pay(kind: str, command: PayAllowances, uow: UnitOfWork, *, on: date, month: Month) -> int:
    paid = 0
    while True:
        with uow:
            due = uow.assistance.unpaid(month, kind, command.area_code, AT_ONCE)
            payments = [one.pay(month, on=max(on, one.decided_on or on)) for one in due]
            uow.assistance.add_payments(payments)
            uow.assistance.entitlements.put(due)
            answer_measures(
                [one.household_id for one in due],
                [MEASURE_OF[kind]],
                uow,
                on=on,
                persons={one.subject for one in due},
            )
            uow.commit()
        paid += len(due)
        if len(due) < AT_ONCE:
            return paid
