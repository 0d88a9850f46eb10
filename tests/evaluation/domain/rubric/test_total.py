from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.result import Act
from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import rubric_of, values_of

BASE = [{"id": "A", "name": "A", "items": [{"id": "a", "name": "a", "points": 100, "rule": "coefficient"}]}]
OPEN = {"type": "accumulation", "rates": [{"points": 1}]}


def _block(name):
    return {
        "id": name.upper(),
        "name": name,
        "items": [{"id": name, "name": name, "points": None, "rule": OPEN}],
    }


@pytest.mark.parametrize(
    ("total", "bounds"),
    [
        (80, {}),
        (75, {"bonus_cap": 5}),
        (85, {"deduction_cap": 15}),
        (82, {"floor": 82}),
        (70, {"cap": 70}),
    ],
)
def test_caps_over_all_blocks(total, bounds):
    """Bonus 6 + 4, deductions 12 + 8 on 90; each bound by itself."""
    blocks = {"bonus": [_block("p"), _block("q")], "deductions": [_block("m"), _block("n")]}
    values = values_of([("甲", "a", 90), ("甲", "p", 6), ("甲", "q", 4), ("甲", "m", 12), ("甲", "n", 8)])
    assert total == score_rubric(rubric_of({"parts": BASE, **blocks, **bounds}), values).unit("甲").total


def test_deductions_not_known_leave_the_total_open():
    """A block item without a value makes the total incomplete like any other."""
    rubric = rubric_of({"parts": BASE, "deductions": [_block("m")]})
    unit = score_rubric(rubric, values_of([("甲", "a", 90)])).unit("甲")
    assert 90 == unit.total
    assert not unit.complete


def test_deductions_alone_are_no_total():
    """Where nothing of the base applies there is no total; a table of deductions alone has one."""
    blocks = {"deductions": [_block("m")]}
    values = values_of([("甲", "a", "n/a"), ("甲", "m", 2)])
    assert score_rubric(rubric_of({"parts": BASE, **blocks}), values).unit("甲").total is None
    assert -2 == score_rubric(rubric_of({"parts": [], **blocks}), values).unit("甲").total


def test_an_account_runs_through_its_periods():
    """Each act is reported once, with the first month that crossed its line, even if points come back."""
    rubric = rubric_of(
        {
            "periods": {"weights": {"一月": 1, "二月": 1, "三月": 1}},
            "parts": [
                {"id": "A", "name": "A", "items": [{"id": "a", "name": "a", "points": None, "rule": OPEN}]}
            ],
            "account": {"opening": 12, "thresholds": [{"at": 8, "act": "提醒"}, {"at": 6, "act": "诫勉"}]},
        }
    )
    rows = [("甲", "a", -4, "", "一月"), ("甲", "a", -1, "", "二月"), ("甲", "a", 3, "", "三月")]
    unit = score_rubric(rubric, values_of(rows)).unit("甲")
    assert 10 == unit.total
    assert (Act("提醒", Fraction(8), "一月", Fraction(8)),) == unit.acts
