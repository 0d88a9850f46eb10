import pytest

from tests.evaluation.domain.case_files import check, read

CASES = [
    case
    for case in read("registers.yaml")
    if case["indicator"].startswith(("I08-", "I09-", "I14-", "I15-", "I27-", "I28-"))
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of places gives what its author worked out."""
    check(case, rulebook, towns)
