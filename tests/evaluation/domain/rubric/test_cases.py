import pytest

from tests.evaluation.domain.rubric.case_book import check, one_by_one

UNIT_LOCAL = one_by_one("unit_local.yaml")
COHORT = one_by_one("cohort.yaml")


@pytest.mark.parametrize(
    ("method", "case"), [one[1:] for one in UNIT_LOCAL], ids=[one[0] for one in UNIT_LOCAL]
)
def test_a_unit_by_itself(method, case):
    """Each written case gives the points its author worked out, exactly; missing and n/a are told apart."""
    check(method, case)


@pytest.mark.parametrize(("method", "case"), [one[1:] for one in COHORT], ids=[one[0] for one in COHORT])
def test_a_unit_among_others(method, case):
    """Each written case of a group gives every unit the points its author worked out, exactly."""
    check(method, case)
