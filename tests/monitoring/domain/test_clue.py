from datetime import date
from pathlib import Path

import pytest

from services.monitoring.adapters.policy import load_clue_policy
from services.monitoring.domain.clue import Clue, clue_id_of, report_of
from services.monitoring.domain.errors import ClueClosedError, InvalidDayError
from services.monitoring.settings import Settings

POLICY = load_clue_policy(Path(Settings.model_fields["policy_dir"].default))
DAY = date(2022, 6, 15)


def clue():
    return Clue(
        id="q1",
        household_id="h1",
        area_code="610327109203",
        risk="100A27001",
        month="202206",
        round=1,
        reports=1,
        is_open=True,
        first_reported_on=DAY,
        last_reported_on=DAY,
        verify_due_on=date(2022, 6, 18),
    )


@pytest.mark.parametrize(
    ("household", "risk", "day", "same"),
    [
        ("h1", "100A27001", date(2022, 6, 30), True),
        ("h1", "100A27001", date(2022, 7, 1), False),
        ("h1", "100A27002", DAY, False),
        ("h2", "100A27001", DAY, False),
    ],
)
def test_one_clue_for_household_risk_and_month(household, risk, day, same):
    """Reports of one household, risk and calendar month meet in one clue; any other makes its own."""
    assert same == (clue_id_of("h1", "100A27001", date(2022, 6, 1)) == clue_id_of(household, risk, day))


def test_report_carries_its_own_limit():
    """The day to check by is counted from the report, and says that no paper set it."""
    report = report_of(
        POLICY,
        report_id="r1",
        household_id="h1",
        area_code="610327109203",
        risk="100A27001",
        source="01",
        reported_on=date(2022, 6, 29),
    )
    assert (date(2022, 7, 2), False) == (report.verify_due_on, report.limit_confirmed)


def test_checked_once():
    """A clue nobody has reported since cannot be checked again; the first outcome stays."""
    one = clue()
    one.verify("no_risk", on=DAY)
    with pytest.raises(ClueClosedError):
        one.verify("risk", on=DAY)

    assert ("no_risk", 1) == (one.outcome, len(one.facts))


def test_not_checked_before_it_was_reported():
    """A check dated before the first report is refused and leaves the clue open."""
    one = clue()
    with pytest.raises(InvalidDayError):
        one.verify("no_risk", on=date(2022, 6, 14))

    assert clue() == one
