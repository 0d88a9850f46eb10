import pytest

from tests.evaluation.domain.case_files import check, read
from tests.evaluation.reporting_tasks import only

CASES = [case for case in read("durations.yaml") if case["indicator"] == "I31-3"]


@pytest.mark.parametrize("case", CASES, ids=[case["name"] for case in CASES])
def test_counted_as_worked_by_hand(case, rulebook, towns):
    """Each written case of duties laid down gives what its author worked out."""
    check(case, only(rulebook, case["indicator"]), towns)
