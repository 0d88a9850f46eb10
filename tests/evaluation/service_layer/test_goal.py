from dataclasses import replace
from datetime import date
from fractions import Fraction
from itertools import product

import pytest

from services.evaluation.domain.goal import lever
from services.evaluation.domain.line_weight import weighed
from services.evaluation.domain.method import Measured
from services.evaluation.domain.ranking import two_decimals
from services.evaluation.domain.scheme import Given, Scheme, by_scheme
from services.evaluation.service_layer.goal import goals_of
from tests.evaluation.samples import TODAY, Year, sealed

DAY = date(2022, 12, 31)


@pytest.fixture(name="board")
def _board(service, tell):
    tell(service, sealed(Year(4).events))
    return service.scores.board(DAY, TODAY)


def put_right(line, cases):
    """Return the line with so many cases put right, by the method itself."""
    rule, full = line.indicator, line.max_points
    ways = []
    for step in (1, -1):
        numerator = line.numerator + step * cases
        value = 100 * numerator / line.denominator if rule.kind == "rate" else numerator
        faults = max(line.denominator - numerator if rule.kind == "rate" else numerator, Fraction(0))
        ways.append((rule.method.award(Measured(value, faults), full).points, numerator))
    points, numerator = max(ways)
    return replace(line, points=points, numerator=numerator)


def rescored(board, score, lines, rulebook):
    """Return the unit's score when *lines* take the place of its own, by the scheme from the beginning."""
    group = board.towns if score.unit.group == "town" else board.departments
    of = {one.unit.id: lines if one.unit == score.unit else one.lines for one in group}
    scheme = Scheme(rulebook, rulebook.schemes[score.unit.group])
    found = by_scheme(
        scheme, [one.unit for one in group], of, Given(rulebook.since, rulebook.barring_notices), DAY
    )
    return next(one for one in found if one.unit == score.unit)


def test_the_plan_leads_to_the_goal(board, rulebook):
    """Each unit's plan, done and scored anew by the scheme, gives the rank or the grade promised."""
    tried = 0
    for score in (*board.towns, *board.departments[:8]):
        goals = goals_of(board, score.unit.id, rulebook)
        for goal in (goals.rank, goals.grade) if goals else ():
            if goal is None or goal.steps is None:
                continue
            cases = {step.line.indicator.id: step.cases for step in goal.steps}
            lines = [
                put_right(one, cases[one.indicator.id]) if one.indicator.id in cases else one
                for one in score.lines
            ]
            after = rescored(board, score, lines, rulebook)
            tried += 1
            assert after.total >= goal.total
            if goal.rank:
                assert after.rank <= goal.rank
            else:
                assert rulebook.grades.index(after.grade) <= rulebook.grades.index(goal.grade)
    assert tried > 10


def test_no_plan_with_fewer_cases_does_it(board, rulebook):
    """With up to two cases fewer tried in every way over all indicators, none reaches the total."""
    checked = 0
    for score in (*board.towns, *board.departments[:8]):
        goals = goals_of(board, score.unit.id, rulebook)
        goal = goals.rank if goals else None
        if goal is None or goal.steps is None or not 1 <= goal.cases <= 3:
            continue
        parts = weighed(score, rulebook, DAY)
        assert parts
        assert goal.total
        made = [
            lever(line, parts.weights[line.indicator.id], line.max_points)
            for line in score.lines
            if line.indicator.id in parts.weights
        ]
        gains = [(Fraction(0), *one.gains[: goal.cases - 1]) for one in made if one is not None]
        few = (
            sum(gains[at][n] for at, n in chosen)
            for chosen in fewer(len(gains), [len(one) for one in gains], goal.cases - 1)
        )
        checked += 1
        assert all(two_decimals(parts.total + gain) < goal.total for gain in few)
    assert checked


def fewer(levers, sizes, most):
    """Yield every way to put at most *most* cases right."""
    for first, second in product(range(levers), repeat=2):
        for one in range(min(most + 1, sizes[first])):
            for other in range(min(most - one + 1, sizes[second]) if first != second else 1):
                yield [(first, one), (second, other)]


def test_who_has_no_total_has_no_goal(service, rulebook):
    """Of a county nothing was heard of, nothing can be said."""
    board = service.scores.board(DAY, TODAY)
    assert goals_of(board, "610327109", rulebook) is None
