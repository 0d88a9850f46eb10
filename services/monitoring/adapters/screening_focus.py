"""Which households are to be visited first: one statement per reason, over an area or the whole county."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, exists, or_, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import cases, changes, clues, households, income_ledgers, members
from services.monitoring.domain.screening.focus import (
    FAILED_BUSINESS,
    HEAVY_CHANGES,
    MONTHS_BACK,
    NON_COMPULSORY,
    UNSTABLE_JOB,
    Focus,
    ScreeningPolicy,
    reasons_by_household,
)
from shared.kernel.money import Fen
from shared.kernel.period import add_months

_Ids = Select[Any]
AIDED = ("1", "2")
"""Codes of ``low_income`` and ``destitute`` of those who get it."""
_LATEST = income_ledgers.alias("latest")


def focus_households(
    connection: Connection, area_code: str, on: date, policy: ScreeningPolicy
) -> dict[str, tuple[str, ...]]:
    """Return per household of *area_code* why it is visited first, as the record stands *on* this day."""
    since = add_months(on, -MONTHS_BACK)
    income: Fen = policy.focus_income.on(on)
    aided = or_(members.c.low_income.in_(AIDED), members.c.destitute.in_(AIDED))
    queries: Mapping[Focus, tuple[_Ids, ...]] = {
        Focus.LOW_INCOME: (_incomes(area_code).where(_LATEST.c.net_per_head_fen < income),),
        Focus.FALLING_INCOME: (_falling(area_code),),
        Focus.UNSTABLE_JOB: (_clues(area_code, UNSTABLE_JOB, since),),
        Focus.FAILED_BUSINESS: (
            _clues(area_code, FAILED_BUSINESS, since),
            _changes(area_code, ("industry_failure",), since),
        ),
        Focus.HEAVY_SPENDING: (_changes(area_code, HEAVY_CHANGES, since),),
        Focus.STUDENTS: (_members(area_code).where(members.c.school_status.in_(NON_COMPULSORY)),),
        Focus.DISABILITY: _disabled(area_code, date(on.year, 1, 1)),
        Focus.ASSISTANCE: (_outside(area_code).where(aided),),
    }
    found = {
        focus: [id_ for query in parts for id_ in connection.execute(query.distinct()).scalars()]
        for focus, parts in queries.items()
    }
    return reasons_by_household(found)


def _incomes(area_code: str) -> _Ids:
    later = income_ledgers.alias("later")
    newer = exists().where(
        later.c.household_id == _LATEST.c.household_id, later.c.period_last > _LATEST.c.period_last
    )
    return (
        select(households.c.id)
        .join(_LATEST, _LATEST.c.household_id == households.c.id)
        .where(inside(households.c.area_code, area_code), ~newer)
    )


def _falling(area_code: str) -> _Ids:
    """Lifted-out households whose newest ledger is below the one of the period before."""
    earlier = income_ledgers.alias("earlier")
    between = income_ledgers.alias("between")
    nearer = exists().where(
        between.c.household_id == earlier.c.household_id,
        between.c.period_last > earlier.c.period_last,
        between.c.period_last < _LATEST.c.period_first,
    )
    return (
        _incomes(area_code)
        .join(
            earlier,
            and_(
                earlier.c.household_id == _LATEST.c.household_id,
                earlier.c.period_last < _LATEST.c.period_first,
            ),
        )
        .where(households.c.lifted_out, ~nearer, earlier.c.net_per_head_fen > _LATEST.c.net_per_head_fen)
    )


def _clues(area_code: str, risk: str, since: date) -> _Ids:
    return (
        select(households.c.id)
        .join(clues, clues.c.household_id == households.c.id)
        .where(
            inside(households.c.area_code, area_code),
            clues.c.risk == risk,
            clues.c.last_reported_on >= since,
        )
    )


def _changes(area_code: str, kinds: tuple[str, ...], since: date) -> _Ids:
    return (
        select(households.c.id)
        .join(changes, changes.c.household_id == households.c.id)
        .where(
            inside(households.c.area_code, area_code),
            changes.c.kind.in_(kinds),
            changes.c.happened_on >= since,
        )
    )


def _members(area_code: str) -> _Ids:
    return (
        select(households.c.id)
        .join(members, members.c.household_id == households.c.id)
        .where(inside(households.c.area_code, area_code), members.c.left_on.is_(None))
    )


def _outside(area_code: str) -> _Ids:
    """Members of households that are neither lifted out nor in a case: outside the system."""
    in_case = exists().where(cases.c.open_household == households.c.id)
    return _members(area_code).where(households.c.lifted_out.is_(False), ~in_case)


def _disabled(area_code: str, year_start: date) -> tuple[_Ids, ...]:
    """With a new card or a disability of this year, or disabled and outside the system."""
    columns = members.c
    return (
        _outside(area_code).where(columns.disability_kind.is_not(None), columns.disability_kind != ""),
        _members(area_code).where(columns.disability_card_year == year_start.year),
        _changes(area_code, ("disability",), year_start),
    )
