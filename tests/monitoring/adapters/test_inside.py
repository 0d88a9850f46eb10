from typing import Any

import pytest
from sqlalchemy import event, literal, select

from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.read_models import HouseholdSearch, find_households
from services.monitoring.adapters.read_models_case import find_cases, find_measures, open_eliminations
from services.monitoring.adapters.read_models_task import open_cases, waiting_measures
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.service_layer.measure import (
    PlanMeasures,
    RecordDelivery,
    RequestMeasures,
    plan_measures,
    record_delivery,
    request_measures,
)
from shared.persistence.engine import reading
from tests.monitoring.case_kit import case_of, registered, to_monitored

LISTS = {
    "households": lambda c: find_households(c, HouseholdSearch(area_code="610327109"), limit=5, offset=0),
    "cases": lambda c: find_cases(c, area_code="610327109", states=("monitored",), limit=5),
    "cases of tasks": lambda c: open_cases(c, "610327109"),
    "measures": lambda c: find_measures(c, area_code="610327109", limit=5),
    "eliminations": lambda c: open_eliminations(c, "610327109"),
    "waiting": lambda c: waiting_measures(c, "县医保局"),
}


@pytest.mark.parametrize(
    ("area", "village", "expected"),
    [
        ("610327109203", "610327109203", True),
        ("610327109", "610327109203", True),
        ("610327109", "610327110200", False),
        ("610327109", "610327108999", False),
        ("610327", "610327109203", True),
        ("610327999", "610328000000", False),
        ("610327199", "610327199999", True),
        ("", "610327109203", True),
    ],
)
def test_inside(both_services, area, village, expected):
    """A village lies inside itself, its town, its county and everywhere; not in the town next door."""
    with reading(both_services.engine) as connection:
        found = connection.execute(select(literal(1)).where(inside(literal(village), area))).first()
    assert expected == (found is not None)


def plans_of(service, act) -> list[str]:
    """Return how SQLite goes about every query that *act* makes."""
    asked: list[tuple[str, Any]] = []
    listen = lambda _c, _cursor, statement, given, _context, _many: asked.append((statement, given))  # noqa: E731
    with reading(service.engine) as connection:
        event.listen(service.engine, "before_cursor_execute", listen)
        try:
            act(connection)
        finally:
            event.remove(service.engine, "before_cursor_execute", listen)
        return [
            row.detail
            for statement, given in asked
            if statement.lstrip().upper().startswith("SELECT")
            for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", given)
        ]


@pytest.mark.parametrize("name", LISTS)
def test_lists_read_what_they_show(service, name):
    """No list goes through the whole of a table that grows: each finds its part by an index."""
    steps = plans_of(service, LISTS[name])
    grown = ("households", "cases", "plans", "measures", "measure_answers", "eliminations", "members")
    assert [] == [step for step in steps if step.startswith("SCAN ") and step.split()[1] in grown]


def test_the_cost_of_an_illness_reads_one_household(service):
    """What a person's illnesses have cost is added up from the changes of one household."""

    def ask(_connection: object) -> None:
        with service.uow() as uow:
            uow.changes.illness_cost("h1", "p1", 2022)

    (step,) = [one for one in plans_of(service, ask) if "changes" in one]
    assert "household_id=?" in step


def test_what_waits(service, clock):
    """A measure waits for its unit until an answer is final."""
    case_id = case_of(service, registered(service))
    to_monitored(service, clock, case_id)
    plan_measures(PlanMeasures(case_id=case_id), service.uow(), service.measure_rules)
    asked = request_measures(
        RequestMeasures(case_id=case_id), service.uow(), service.measure_rules, service.case_policy
    )
    mine = next(one for one in asked if one.department == "县医保局")
    with reading(service.engine) as connection:
        assert [mine.id] == [row.id for row in waiting_measures(connection, "县医保局")]
    record_delivery(RecordDelivery(measure_id=mine.id, unit="县医保局"), service.uow())
    with reading(service.engine) as connection:
        assert [] == waiting_measures(connection, "县医保局")
        rows, _ = find_measures(connection, area_code="610327", only_waiting=False, limit=9)
        assert MeasureStatus.DELIVERED in {row.status for row in rows}
