"""Each rule on work and wages."""

from datetime import date

import pytest

from services.monitoring.domain.comparison.row import EmploymentRow, WageRow
from tests.monitoring.comparison_kit import fires


@pytest.mark.parametrize(
    ("stopped", "expected"),
    [
        (date(2022, 5, 29), ("202206",)),
        (date(2022, 5, 30), ("202206",)),
        (date(2022, 6, 1), None),
        (None, None),
    ],
)
def test_without_work_for_a_month(stopped, expected):
    """A month without work by the end of the list's month, once a person and month."""
    row = EmploymentRow(working=False, stopped_on=stopped)
    assert expected == fires("RS-01", row, lifted_out=True)


def test_only_lifted_out_or_monitored_and_without_work():
    """Another person, or somebody with work, is not warned of."""
    idle = EmploymentRow(working=False, stopped_on=date(2022, 1, 1))
    busy = EmploymentRow(working=True, stopped_on=date(2022, 1, 1))
    assert (None, None) == (fires("RS-01", idle), fires("RS-01", busy, lifted_out=True))


@pytest.mark.parametrize(
    ("wage", "before", "expected"),
    [
        (210_000, 300_000, ("202206",)),
        (210_001, 300_000, None),
        (0, 0, None),
        (400_000, 300_000, None),
    ],
)
def test_wage_fell_by_thirty_percent(wage, before, expected):
    """From 30 % below the mean of the three months before."""
    assert expected == fires("RS-02", WageRow(wage=wage, mean_before=before))
