from fractions import Fraction

import pytest

from services.evaluation.domain.rubric.score import score_rubric
from tests.evaluation.domain.rubric.case_book import read, rubric_of, values_of

ABOVE = read("above.yaml")


def _rows(case):
    """Return the values; ``others`` are what every unit has that is not written out."""
    units = sorted({row[0] for row in case["values"]})
    written = {(row[0], row[1]) for row in case["values"]}
    rest = [(unit, item, value) for item, value in case.get("others", {}).items() for unit in units]
    return [*case["values"], *(row for row in rest if row[:2] not in written)]


@pytest.mark.parametrize("case", ABOVE, ids=[case["say"] for case in ABOVE])
def test_above_the_item(case):
    """Composites, periods, bonus, vetoes, grades, ranks and accounts come out as worked by hand."""
    result = score_rubric(rubric_of(case["rubric"]), values_of(_rows(case), case.get("units", ())))
    for unit, expected in case["expect"].items():
        one = result.unit(unit)
        found = {
            "total": one.total,
            "shown": str(one.shown),
            "rank": one.rank,
            "grade": one.grade,
            "note": one.grade_note,
            "complete": one.complete,
            "rewarded": one.rewarded,
            "working": one.working,
            "acts": [act.act for act in one.acts],
        }
        for name, value in expected.items():
            wanted = Fraction(value) if name in {"total", "rank"} and value is not None else value
            assert wanted == found[name], (unit, name, one.working)
    if "warnings" in case:
        assert tuple(case["warnings"]) == result.warnings
