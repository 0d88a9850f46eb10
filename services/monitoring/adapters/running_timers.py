"""Every limit of the five steps that is not met yet, with whose it is; a few statements for the county."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy import Connection, func, select

from services.monitoring.adapters.case import case_from
from services.monitoring.adapters.elimination import elimination_from
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import (
    cases,
    clues,
    eliminations,
    measure_answers,
    measures,
    plans,
    reopenings,
    return_visits,
)
from services.monitoring.domain.case import Case
from services.monitoring.domain.case_steps import PROCEDURE, CaseState
from services.monitoring.domain.elimination import Elimination, EliminationState
from services.monitoring.domain.escalation import RunningTimer
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.domain.reopening import ELIMINATION_DOUBTS
from services.monitoring.domain.return_visit import next_return_visit
from services.monitoring.domain.screening.focus import ScreeningPolicy
from services.monitoring.domain.timer import Limits, helper_due, identification_due, measures_due
from shared.kernel.period import add_days

_FINAL = (str(MeasureStatus.DELIVERED), str(MeasureStatus.DECLINED), str(MeasureStatus.WITHDRAWN))
_CASE_LEVELS = {CaseState.TOWN_REVIEW: "town", CaseState.COUNTY_APPROVAL: "county"}
_ELIMINATION_LEVELS = {EliminationState.TOWN_REVIEW: "town", EliminationState.COUNTY_APPROVAL: "county"}
_LENGTHS = {"village": 12, "town": 9, "county": 6}


def running_timers(
    connection: Connection, limits: Limits, policy: ScreeningPolicy, area_code: str = ""
) -> list[RunningTimer]:
    """Return every limit that runs inside an area, in no order.

    The unit is an area code, or a department's name; without an area: of the county.
    """
    return [
        *_clues(connection, area_code),
        *_cases(connection, limits, policy, area_code),
        *_measures(connection, area_code),
        *_eliminations(connection, limits, area_code),
        *_return_visits(connection, policy, area_code),
        *_reopenings(connection, area_code),
    ]


def unit_of(level: str, area_code: str) -> str:
    """Return the code of the village, town or county in which something lies."""
    return area_code[: _LENGTHS[level]]


def _clues(connection: Connection, area_code: str) -> Iterator[RunningTimer]:
    columns = clues.c
    query = select(columns.id, columns.household_id, columns.area_code, columns.verify_due_on)
    for row in connection.execute(query.where(columns.is_open, inside(columns.area_code, area_code))):
        yield RunningTimer(
            "clue",
            row.id,
            row.household_id,
            row.area_code,
            "village",
            row.area_code,
            "",
            row.verify_due_on,
            f"/clues/{row.id}",
        )


def _cases(
    connection: Connection, limits: Limits, policy: ScreeningPolicy, area_code: str
) -> Iterator[RunningTimer]:
    asked = (
        select(func.count())
        .select_from(measures)
        .where(measures.c.case_id == cases.c.id, measures.c.requested_on.is_not(None))
        .scalar_subquery()
    )
    query = select(cases, asked.label("asked")).where(
        cases.c.open_household.is_not(None), inside(cases.c.area_code, area_code)
    )
    for row in connection.execute(query).mappings():
        case = case_from(row)
        if case.state in PROCEDURE:
            yield _of_case(
                "identification",
                case,
                _CASE_LEVELS.get(case.state, "village"),
                identification_due(case.first_clue_on, limits),
            )
            if case.state is CaseState.PUBLICITY and case.notice is not None:
                days = policy.notice_report_days.on(case.notice.started_on)
                yield _of_case("notice", case, "village", add_days(case.notice.earliest_end, days))
        elif case.identified_on is not None:
            if not case.helper_no:
                yield _of_case("helper", case, "town", helper_due(case.identified_on, limits))
            if not row["asked"]:
                yield _of_case(
                    "measures", case, "town", measures_due(case.identified_on, limits), "/measures"
                )


def _of_case(kind: str, case: Case, level: str, due_on: date, page: str = "") -> RunningTimer:
    return RunningTimer(
        kind,
        case.id,
        case.household_id,
        case.area_code,
        level,
        unit_of(level, case.area_code),
        case.helper_no,
        due_on,
        f"/cases/{case.id}{page}",
    )


def _measures(connection: Connection, area_code: str) -> Iterator[RunningTimer]:
    columns = measures.c
    answered = (
        select(measure_answers.c.id)
        .where(measure_answers.c.measure_id == columns.id, measure_answers.c.status.in_(_FINAL))
        .exists()
    )
    query = (
        select(columns.id, columns.department, columns.due_on, plans.c.household_id, plans.c.area_code)
        .join(plans, plans.c.id == columns.case_id)
        .where(
            columns.requested_on.is_not(None),
            columns.due_on.is_not(None),
            ~answered,
            inside(plans.c.area_code, area_code),
        )
    )
    for row in connection.execute(query):
        yield RunningTimer(
            "measure",
            row.id,
            row.household_id,
            row.area_code,
            "department",
            row.department,
            "",
            row.due_on,
            f"/measures/{row.id}",
        )


def _eliminations(connection: Connection, limits: Limits, area_code: str) -> Iterator[RunningTimer]:
    query = select(eliminations).where(
        eliminations.c.open_case.is_not(None), inside(eliminations.c.area_code, area_code)
    )
    for row in connection.execute(query).mappings():
        one: Elimination = elimination_from(row)
        level = _ELIMINATION_LEVELS.get(one.state, "village")
        days = limits.elimination_days.on(one.last_step_on)
        yield RunningTimer(
            "elimination",
            one.id,
            one.household_id,
            one.area_code,
            level,
            unit_of(level, one.area_code),
            "",
            add_days(one.last_step_on, days),
            f"/eliminations/{one.id}",
        )


def _return_visits(connection: Connection, policy: ScreeningPolicy, area_code: str) -> Iterator[RunningTimer]:
    last = (
        select(return_visits.c.case_id, func.max(return_visits.c.made_on).label("made_on"))
        .group_by(return_visits.c.case_id)
        .subquery()
    )
    columns = cases.c
    query = (
        select(
            columns.id,
            columns.household_id,
            columns.area_code,
            columns.helper_no,
            columns.eliminated_on,
            last.c.made_on,
        )
        .outerjoin(last, last.c.case_id == columns.id)
        .where(columns.state == str(CaseState.ELIMINATED), inside(columns.area_code, area_code))
    )
    for row in connection.execute(query):
        # Of a case rolled back and eliminated again only visits since then count.
        since = max(filter(None, (row.eliminated_on, row.made_on)))
        due = next_return_visit(since, policy.return_visit_months.on(since))
        if due is not None:
            yield RunningTimer(
                "return_visit",
                row.id,
                row.household_id,
                row.area_code,
                "village",
                row.area_code,
                row.helper_no,
                due,
                f"/cases/{row.id}/return-visits",
            )


def _reopenings(connection: Connection, area_code: str) -> Iterator[RunningTimer]:
    columns = reopenings.c
    query = select(columns.id, columns.household_id, columns.area_code, columns.reason, columns.due_on).where(
        columns.settled_on.is_(None), inside(columns.area_code, area_code)
    )
    for row in connection.execute(query):
        level = "county" if row.reason in ELIMINATION_DOUBTS else "town"
        yield RunningTimer(
            "reopening",
            row.id,
            row.household_id,
            row.area_code,
            level,
            unit_of(level, row.area_code),
            "",
            row.due_on,
            f"/reopenings/{row.id}",
        )
