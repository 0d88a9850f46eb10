import pytest

from tests.evaluation.domain.case_files import check, read

CASES = [
    case
    for case in read("registers.yaml")
    if case["indicator"].startswith(("I02-", "I03-", "I04-", "I05-", "I16-"))
]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of registers gives what its author worked out."""
    check(case, rulebook, towns)
