"""Rates as the county publishes them: percent with two decimals, half up; and the colour of one."""

from datetime import date
from decimal import Decimal
from typing import Literal

from services.finance.domain.policy import CreditPolicy
from shared.kernel.money import half_up

Alarm = Literal["green", "amber", "red"]


def percent(part: int, whole: int) -> Decimal | None:
    """Return *part* of *whole* in percent; None where there is nothing to divide by.

    Verified on a published table: 235.15 of 5,390.04 are 4.36 (domain 1.5).
    """
    return None if whole == 0 else half_up(Decimal(part) * 100 / Decimal(whole))


def alarm(overdue_fen: int, stock_fen: int, day: date, policy: CreditPolicy) -> Alarm:
    """Return the colour of an overdue rate on *day*, by the exact rate and not the rounded one.

    Red from the plan's line on (0.5 %, work point 13); amber below it is unconfirmed.
    """
    exact = Decimal(overdue_fen) * 100 / Decimal(stock_fen) if stock_fen else Decimal(0)
    if exact >= policy.overdue_red_percent.on(day):
        return "red"
    return "amber" if exact >= policy.overdue_amber_percent.on(day) else "green"
