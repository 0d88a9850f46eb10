"""Figures of help, work, income, samples and grids."""

from collections.abc import Iterator

from sqlalchemy import Connection, and_, func, or_, select

from services.monitoring.adapters.report.identification import eliminated_by, monitored, rows
from services.monitoring.adapters.report.scope import Counted, Scope
from services.monitoring.adapters.tables import (
    cases,
    households,
    income_ledgers,
    measures,
    sampled_households,
    work_seen,
)
from shared.contracts.codes import codes

_BANDS = ((1_000_000, "to_10000"), (1_500_000, "to_15000"), (2_000_000, "to_20000"))


def help_given(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Households whose risk is not eliminated, by which kinds of measures were asked for by the end."""
    query = (
        select(cases.c.id, cases.c.household_id, measures.c.category)
        .outerjoin(measures, and_(measures.c.case_id == cases.c.id, measures.c.requested_on <= scope.last))
        .where(monitored(scope), ~eliminated_by(scope))
    )
    kinds = {code.value: code.extra["kind"] for code in codes()["measure_category"]}
    for id_, household_id, category in connection.execute(query):
        kind = kinds.get(category)
        if kind == "development":
            yield "helped_development", id_, household_id
        elif kind == "last_resort":
            yield "helped_relief", id_, household_id
        if category is None:
            yield "helped_none", id_, household_id


def work(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Persons in work at the end, and whose work began or ended in the period, as employment told it."""
    spell = work_seen.c
    query = (
        select(spell.person_id, spell.household_id, spell.started_on, spell.ended_on)
        .join(households, households.c.id == spell.household_id)
        .where(
            scope.here(households.c.area_code),
            or_(spell.started_on <= scope.last, spell.ended_on <= scope.last),
            or_(spell.ended_on.is_(None), spell.ended_on >= scope.first),
        )
    )
    for person_id, household_id, started_on, ended_on in connection.execute(query):
        began = started_on is not None and started_on <= scope.last
        if began and (ended_on is None or ended_on > scope.last):
            yield "working", person_id, household_id
        if began and started_on >= scope.first:
            yield "work_started", person_id, household_id
        if ended_on is not None and scope.first <= ended_on <= scope.last:
            yield "work_ended", person_id, household_id


def income_bands(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Households by the net income per head of the ledger with the latest months recorded by the end."""
    ledger = income_ledgers.c
    newest = (
        func.row_number()
        .over(
            partition_by=ledger.household_id, order_by=(ledger.period_last.desc(), ledger.recorded_at.desc())
        )
        .label("place")
    )
    latest = (
        select(ledger.household_id, ledger.net_per_head_fen, newest)
        .where(ledger.recorded_on <= scope.last)
        .subquery()
    )
    query = (
        select(latest.c.household_id, latest.c.net_per_head_fen)
        .join(households, households.c.id == latest.c.household_id)
        .where(latest.c.place == 1, scope.here(households.c.area_code))
    )
    for household_id, net in connection.execute(query):
        yield f"income_bands.{_band(net, scope.line)}", household_id, household_id


def _band(net: int, line: int | None) -> str:
    if line is not None and net < line:
        return "below_line"
    return next((name for above, name in _BANDS if net < above), "above")


def sampled(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Households looked at in a sample inspection in the period, and what was found there."""
    row = sampled_households.c
    query = select(row.id, row.household_id, row.finding).where(
        scope.here(row.area_code), scope.during(row.inspected_on)
    )
    for id_, household_id, finding in connection.execute(query):
        yield "sampled", id_, household_id
        if finding:
            yield f"sample_findings.{finding}", id_, household_id


def households_and_grids(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Every household registered by the end, and those that lie in a grid now."""
    here = scope.here(households.c.area_code)
    query = select(households.c.id, households.c.id).where(here, households.c.registered_on <= scope.last)
    yield from rows(connection, "households", query)
    yield from rows(connection, "in_grids", query.where(households.c.grid_id.is_not(None)))
