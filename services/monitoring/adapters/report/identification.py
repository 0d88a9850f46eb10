"""Figures of clues, cases, the stock of monitored households, elimination and relapse."""

from collections.abc import Iterable, Iterator
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select

from services.monitoring.adapters.report.scope import Counted, Scope
from services.monitoring.adapters.tables import (
    case_steps,
    cases,
    clue_reports,
    clues,
    households,
    measures,
    members,
    relapses,
    visits,
)
from services.monitoring.domain.case_steps import CaseState, Step
from shared.kernel.period import add_days, add_months

_ENDED = (str(CaseState.REJECTED), str(CaseState.CLOSED))


def rows(connection: Connection, code: str, query: Select[Any]) -> Iterator[Counted]:
    """Yield what a query of ids and households counts for the figure *code*."""
    for id_, household_id in connection.execute(query):
        yield code, id_, household_id


def clues_reported(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Every clue with a report in the period, under each source it was reported from."""
    query = (
        select(clues.c.id, clues.c.household_id, clue_reports.c.source)
        .join(clue_reports, clue_reports.c.clue_id == clues.c.id)
        .join(households, households.c.id == clues.c.household_id)
        .where(scope.during(clue_reports.c.reported_on), scope.here(households.c.area_code))
        .distinct()
    )
    for id_, household_id, source in connection.execute(query):
        yield f"clues_reported.{source}", id_, household_id


def clues_open(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Clues of the present round that were not checked by the end."""
    query = (
        select(clues.c.id, clues.c.household_id)
        .join(households, households.c.id == clues.c.household_id)
        .where(
            scope.here(households.c.area_code),
            clues.c.first_reported_on <= scope.last,
            or_(clues.c.verified_on.is_(None), clues.c.verified_on > scope.last),
        )
    )
    yield from rows(connection, "clues_open", query)


def _in_procedure(scope: Scope) -> ColumnElement[bool]:
    ended = and_(cases.c.state.in_(_ENDED), cases.c.last_step_on <= scope.last)
    return and_(
        scope.here(cases.c.area_code),
        cases.c.opened_on <= scope.last,
        or_(cases.c.identified_on.is_(None), cases.c.identified_on > scope.last),
        ~ended,
    )


def cases_open(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Cases between the check and the county's decision at the end."""
    query = select(cases.c.id, cases.c.household_id).where(_in_procedure(scope))
    yield from rows(connection, "cases_open", query)


def cases_overdue(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Those of them whose first clue is longer ago than the limit."""
    limit = add_days(scope.last, -scope.identification_days)
    query = select(cases.c.id, cases.c.household_id).where(
        _in_procedure(scope), cases.c.first_clue_on < limit
    )
    yield from rows(connection, "cases_overdue", query)


def identified(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Cases the county identified in the period, by class."""
    query = select(cases.c.id, cases.c.household_id, cases.c.monitored_class).where(
        scope.here(cases.c.area_code), scope.during(cases.c.identified_on)
    )
    for id_, household_id, monitored_class in connection.execute(query):
        yield f"identified.{monitored_class}", id_, household_id


def identified_persons(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Who belonged to those households on that day."""
    query = (
        select(members.c.id, members.c.household_id)
        .join(cases, cases.c.household_id == members.c.household_id)
        .where(
            scope.here(cases.c.area_code),
            scope.during(cases.c.identified_on),
            members.c.joined_on <= cases.c.identified_on,
            or_(members.c.left_on.is_(None), members.c.left_on > cases.c.identified_on),
        )
    )
    yield from rows(connection, "identified_persons", query)


def cases_rejected(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Cases that ended in the period without identification."""
    query = (
        select(cases.c.id, cases.c.household_id)
        .join(case_steps, case_steps.c.case_id == cases.c.id)
        .where(
            scope.here(cases.c.area_code),
            case_steps.c.to_state.in_(_ENDED),
            scope.during(case_steps.c.occurred_on),
        )
        .distinct()
    )
    yield from rows(connection, "cases_rejected", query)


def measures_overdue(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Identified cases that had no measure on record a month later."""
    limit = add_months(scope.last, -scope.measure_months)
    asked = (
        select(measures.c.id)
        .where(measures.c.case_id == cases.c.id, measures.c.requested_on <= scope.last)
        .exists()
    )
    query = select(cases.c.id, cases.c.household_id).where(
        scope.here(cases.c.area_code), cases.c.identified_on < limit, ~asked, ~eliminated_by(scope)
    )
    yield from rows(connection, "measures_overdue", query)


def visits_made(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Households somebody visited in the period."""
    query = (
        select(visits.c.household_id, visits.c.household_id)
        .where(scope.here(visits.c.area_code), scope.during(visits.c.made_on))
        .distinct()
    )
    yield from rows(connection, "visits_made", query)


def eliminated_by(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a case counts as eliminated at the end: not rolled back since."""

    def last(step: Step) -> ColumnElement[int]:
        found = select(func.max(case_steps.c.sequence)).where(
            case_steps.c.case_id == cases.c.id,
            case_steps.c.step == str(step),
            case_steps.c.occurred_on <= scope.last,
        )
        return func.coalesce(found.correlate(cases).scalar_subquery(), 0)

    return last(Step.ELIMINATE) > last(Step.ROLL_BACK)


def monitored(scope: Scope) -> ColumnElement[bool]:
    """Return the condition that a case is its household's latest identified by the end.

    A household that was identified again after its risk was gone is one household
    of the stock, with the class and the risks it has now.
    """
    numbered = (
        select(
            cases.c.id,
            func.row_number()
            .over(
                partition_by=cases.c.household_id,
                order_by=(cases.c.identified_on.desc(), cases.c.opened_on.desc(), cases.c.id.desc()),
            )
            .label("place"),
        )
        .where(cases.c.identified_on <= scope.last)
        .subquery()
    )
    latest = select(numbered.c.id).where(numbered.c.place == 1)
    return and_(scope.here(cases.c.area_code), cases.c.id.in_(latest))


def stock(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Every household identified by the end, by class, and whether its risk is eliminated."""
    query = select(
        cases.c.id,
        cases.c.household_id,
        cases.c.monitored_class,
        eliminated_by(scope).label("eliminated"),
    ).where(monitored(scope))
    for id_, household_id, monitored_class, gone in connection.execute(query):
        yield f"stock.{monitored_class}", id_, household_id
        yield ("stock_eliminated" if gone else "stock_open"), id_, household_id


def stock_persons(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Who belongs, at the end, to a household whose risk is not eliminated."""
    query = (
        select(members.c.id, members.c.household_id)
        .join(cases, cases.c.household_id == members.c.household_id)
        .where(
            monitored(scope),
            ~eliminated_by(scope),
            members.c.joined_on <= scope.last,
            or_(members.c.left_on.is_(None), members.c.left_on > scope.last),
        )
    )
    yield from rows(connection, "stock_persons", query)


def risks(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Households whose risk is not eliminated, under each of their risks: up to five a household."""
    query = select(cases.c.id, cases.c.household_id, cases.c.risks).where(
        monitored(scope), ~eliminated_by(scope)
    )
    for id_, household_id, held in connection.execute(query):
        for risk in held:
            yield f"risks.{risk}", id_, household_id


def _step_taken(connection: Connection, scope: Scope, step: Step, code: str) -> Iterable[Counted]:
    query = (
        select(cases.c.id, cases.c.household_id)
        .join(case_steps, case_steps.c.case_id == cases.c.id)
        .where(
            scope.here(cases.c.area_code),
            case_steps.c.step == str(step),
            scope.during(case_steps.c.occurred_on),
        )
        .distinct()
    )
    return rows(connection, code, query)


def eliminated(connection: Connection, scope: Scope) -> Iterable[Counted]:
    """Cases whose risk was eliminated in the period."""
    return _step_taken(connection, scope, Step.ELIMINATE, "eliminated")


def rolled_back(connection: Connection, scope: Scope) -> Iterable[Counted]:
    """Cases whose elimination was taken back in the period."""
    return _step_taken(connection, scope, Step.ROLL_BACK, "rolled_back")


def relapsed(connection: Connection, scope: Scope) -> Iterator[Counted]:
    """Households found to have fallen back in the period."""
    query = select(relapses.c.id, relapses.c.household_id).where(
        scope.here(relapses.c.area_code), scope.during(relapses.c.found_on)
    )
    yield from rows(connection, "relapsed", query)
