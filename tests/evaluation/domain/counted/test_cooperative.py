import pytest

from tests.evaluation.domain.case_files import check, read

MINE = ("I13-", "I23-")
CASES = [case for case in read("finance.yaml") if case["indicator"].startswith(MINE)]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case gives what its author worked out."""
    check(case, rulebook, towns)
