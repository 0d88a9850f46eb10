import pytest

from tests.evaluation.domain.case_files import check, read

CASES = [
    case
    for case in read("indicators.yaml")
    if case["indicator"] in {"I01-4", "I01-5", "I01-6", "I01-7", "I01-8", "I07-5"}
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of monitored households gives what its author worked out."""
    check(case, rulebook, towns)
