import pytest

from tests.evaluation.domain.case_files import check, read

CASES = [case for case in read("indicators.yaml") if case["indicator"] in {"I01-2", "I01-3"}]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of clues and samples gives what its author worked out."""
    check(case, rulebook, towns)
