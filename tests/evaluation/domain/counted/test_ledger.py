import pytest

from tests.evaluation.domain.case_files import check, read

CASES = read("ledger.yaml")


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of the ledger gives what its author worked out."""
    check(case, rulebook, towns)
