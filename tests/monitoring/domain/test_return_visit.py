"""Return visits: five questions, three results, and when the next is due."""

from datetime import date
from itertools import product

import pytest

from services.monitoring.domain.return_visit import ReturnVisit, Stability, next_return_visit
from services.monitoring.domain.screening_errors import NewRiskMissingError


def visit(found, risks=()):
    return ReturnVisit.make(
        found,
        risks,
        id="v1",
        case_id="c1",
        household_id="h1",
        area_code="610327109203",
        made_on=date(2022, 7, 1),
    )


@pytest.mark.parametrize("answers", list(product([True, False], repeat=5)))
def test_results(answers):
    """A new risk starts the procedure again; else anything unstable is rolled back; else it is stable."""
    income, safeguards, gone, new, spending = answers
    expected = "identify_anew" if new else "stable"
    if not new and not (income and safeguards and gone and spending):
        expected = "roll_back"
    assert expected == Stability(income, safeguards, gone, new, spending).result


def test_a_new_risk_is_named():
    """Found and not named, or named and not found, is refused."""
    stable, anew = Stability(True, True, True, False, True), Stability(True, True, True, True, True)
    with pytest.raises(NewRiskMissingError):
        visit(anew)
    with pytest.raises(NewRiskMissingError):
        visit(stable, ("100A27001",))
    assert ("100A27001",) == visit(anew, ("100A27001", "100A27001")).risks


@pytest.mark.parametrize(
    ("last", "due"),
    [
        (date(2022, 4, 1), date(2022, 7, 1)),
        (date(2022, 11, 30), date(2023, 2, 28)),
        (date(2025, 9, 30), date(2025, 12, 30)),
        (date(2025, 10, 1), None),
    ],
)
def test_every_three_months_to_the_end_of_2025(last, due):
    """The next visit is three months on, and none is asked for after the transition."""
    assert due == next_return_visit(last, 3)
