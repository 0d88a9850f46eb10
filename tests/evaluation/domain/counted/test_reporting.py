from datetime import date

import pytest

from services.evaluation.domain.counted.reporting import MEANWHILE, REPORTED
from services.evaluation.domain.reporting.plan import ReportingPlan
from services.evaluation.domain.scoring import score
from tests.evaluation.domain.case_files import check, fact, read
from tests.evaluation.reporting_tasks import only

CASES = read("reporting.yaml")
DAY = date(2022, 2, 4)
VALUES = {
    "rate": {"shape": "rate", "numerator": "9", "denominator": "10"},
    "ratio": {"shape": "ratio", "numerator": "11", "denominator": "10"},
    "count": {"shape": "count", "numerator": "1"},
    "yes_no": {"shape": "yes_no", "numerator": "1", "denominator": "1"},
    "done_on": {"shape": "done_on", "numerator": "1", "done_on": "2022-02-01"},
    "levels": {"shape": "levels", "numerator": "1", "levels": [0, 0, 1]},
}


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of reporting gives what its author worked out."""
    check(case, only(rulebook, case["indicator"]), towns)


def _fact(one, unit):
    value_id = f"{one.indicator}{one.reporter}{one.period.key}{unit}"
    return fact(
        {
            "id": value_id,
            "fact": "evaluation.value_accepted",
            "day": DAY,
            "value_id": value_id,
            "indicator": one.indicator,
            "period": one.period.key,
            "unit": unit,
            "value": VALUES[one.rule.shape],
        }
    )


@pytest.fixture(name="boards", scope="module")
def _boards(rulebook, towns):
    """The board with a value of every unit accepted, and the board without any."""
    plan = ReportingPlan(rulebook, [town.id for town in towns])
    facts = [_fact(one, unit) for one in plan.owed(DAY) for unit in one.about]
    return [score(given, rulebook, towns, as_of=DAY, known_at=DAY) for given in (facts, [])]


@pytest.mark.parametrize("indicator", [*REPORTED, *MEANWHILE])
def test_every_reported_indicator_is_scored_from_accepted_values(indicator, boards):
    """Whatever reports, once a value of every unit is accepted no line of the indicator is missing."""
    for board, status in zip(boards, ("scored", "missing"), strict=True):
        lines = [line for line in board.lines() if line.indicator.id == indicator]
        assert lines
        assert {status} == {line.status for line in lines}


def test_a_bonus_stands_beside_the_base(rulebook, towns):
    """Praise has points beside the base of 100, up to its cap; there is nothing to lose by it."""
    share = next(case for case in CASES if case["name"].startswith("An accepted share"))["facts"]
    praise = next(case for case in CASES if case["indicator"] == "I34-3")["facts"]
    day = date(2022, 5, 1)
    boards = [
        score([fact(raw) for raw in facts], rulebook, towns, as_of=day, known_at=day).unit("610327109")
        for facts in (share, [*share, {**praise[0], "id": "z"}])
    ]
    assert boards[0].available == boards[1].available
    line = boards[1].line("I34-3")
    assert [5, 0, -5] == [line.points, line.lost, line.beside_base]


def test_a_case_of_misconduct_bars_the_highest_grade(rulebook, towns):
    """I38-1 is a veto on 优秀."""
    facts = [fact(raw) for case in CASES if case["indicator"] == "I38-1" for raw in case["facts"]]
    board = score(facts, rulebook, towns, as_of=date(2022, 5, 1), known_at=date(2022, 5, 1))
    assert ("I38-1",) == board.unit("610327109").vetoes
