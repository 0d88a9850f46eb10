import random
from datetime import timedelta

import pytest
from sqlalchemy import insert, select

from services.evaluation.adapters import read_models_ledger as reads
from services.evaluation.adapters.tables_ledger import problems
from services.evaluation.domain.ledger.reminder import Limits, Running, colour_of
from services.evaluation.domain.ledger.state import State
from shared.persistence.engine import reading
from tests.evaluation.adapters.ledger_rows import row
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.ledger.conftest import Office

LIMITS = Limits(near=7, silence=15, plan=5)
STATES = sorted(State)


@pytest.fixture(name="many")
def _many(service):
    """400 problems in every state, with days around every limit."""
    chance = random.Random(5)

    def day(*days):
        days_off = chance.choice([None, *days])
        return None if days_off is None else TODAY + timedelta(days=days_off)

    rows = [
        row(
            number,
            state=chance.choice(STATES),
            due_on=day(-1, 0, 7, 8, 40),
            moved_on=day(0, -5, -6, -15, -16),
            next_node_on=day(-1, 0, 7, 8),
            unit=chance.choice(["610327109", "610327101", "县水利局"]),
            lead_unit=chance.choice(["", "县住建局"]),
            area_code=chance.choice(["", "610327109203", "610327101200"]),
            recurred=chance.randint(0, 1),
        )
        for number in range(400)
    ]
    with service.engine.begin() as connection:
        connection.execute(insert(problems), rows)
    return rows


def test_the_colour_in_sql_is_the_colour_of_the_rule(service, many):
    """The database finds the same colour as the domain for every problem."""
    with reading(service.engine) as connection:
        query = select(problems.c.id, reads.colour_case(TODAY, LIMITS))
        found = {one.id: one[1] for one in connection.execute(query)}
    expected = {
        one["id"]: colour_of(
            Running(State(one["state"]), one["due_on"], one["moved_on"], one["next_node_on"]), TODAY, LIMITS
        ).value
        for one in many
    }
    assert expected == found
    assert 4 == len(set(found.values()))


@pytest.mark.parametrize(
    "scope",
    [
        reads.Scope(),
        reads.Scope("610327109", "610327109"),
        reads.Scope("县住建局"),
        reads.Scope(area="610327101200"),
    ],
)
def test_a_list_holds_what_the_scope_holds(service, many, scope):
    """Whoever asks finds exactly the problems that may be shown, and counts only those."""
    with reading(service.engine) as connection:
        every, _ = reads.find_problems(
            connection, reads.LedgerSearch(), reads.Scope(), today=TODAY, limits=LIMITS, limit=1000
        )
        found, total = reads.find_problems(
            connection, reads.LedgerSearch(), scope, today=TODAY, limits=LIMITS, limit=1000
        )
        counted = reads.colours(connection, scope, today=TODAY, limits=LIMITS)
    assert len(many) == len(every)
    assert sorted(one.id for one in every if scope.holds(one)) == sorted(one.id for one in found)
    assert len(found) == total == sum(counted.values())


@pytest.mark.parametrize("by", ["category", "level", "source", "unit"])
def test_every_true_problem_is_counted_once(service, many, by):
    """By whatever it is counted: open and closed make the total, and untrue ones are left out."""
    with reading(service.engine) as connection:
        found = reads.tallies(connection, by, reads.Scope(), today=TODAY)
    true = [one for one in many if one["state"] != "rejected"]
    assert len(true) == sum(one.total for one in found)
    assert all(one.total == one.open + one.closed for one in found)
    overdue = [one for one in true if one["state"] != "closed" and one["due_on"] and one["due_on"] < TODAY]
    assert len(overdue) == sum(one.overdue for one in found)
    assert sum(one["recurred"] for one in true) == sum(one.recurred for one in found)


def test_a_search_narrows(service, many):
    """Filters hold together, and the colour is one of them."""
    search = reads.LedgerSearch(unit="县水利局", colour="red")
    with reading(service.engine) as connection:
        found, total = reads.find_problems(
            connection, search, reads.Scope(), today=TODAY, limits=LIMITS, limit=5
        )
    expected = [
        one
        for one in many
        if one["unit"] == "县水利局"
        and one["state"] not in ("closed", "rejected")
        and one["due_on"] is not None
        and one["due_on"] < TODAY
    ]
    assert (len(expected), min(5, len(expected))) == (total, len(found))


@pytest.mark.parametrize("kind", ["sqlite", pytest.param("postgresql", marks=pytest.mark.connected)])
def test_every_question_on_both_databases(kind, request, new_service):
    """A closed and a new problem are found, coloured, counted and waited for on either database."""
    service = new_service(request.getfixturevalue("database") if kind == "postgresql" else None)
    office = Office(service)
    closed, new = office.closed(), office.enter()
    every = reads.Scope()
    with reading(service.engine) as connection:
        search = reads.LedgerSearch(text="房屋", colour="none")
        found, total = reads.find_problems(connection, search, every, today=TODAY, limits=LIMITS, limit=5)
        counts = reads.tallies(connection, "unit", every, today=TODAY)
        waits = reads.waiting(connection, [State.REGISTERED], every)
        visits = reads.not_looked_back(connection, TODAY)
        events = reads.events_of(connection, found[1])
    service.engine.dispose()
    assert ([new, closed], 2) == ([one.id for one in found], total)
    assert [("610327109", 2, 1, 0, 1, 0)] == [
        (one.key, one.total, one.open, one.overdue, one.closed, one.recurred) for one in counts
    ]
    assert ([new], [closed]) == ([one.id for one in waits], [one.id for one in visits])
    assert "evaluation.problem_registered" == events[0][1]
    assert 9 == len(events)
    assert "evaluation.problem_closed" in {fact for _, fact, _ in events}
