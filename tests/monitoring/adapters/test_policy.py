from datetime import date
from pathlib import Path

import pytest

from services.monitoring.adapters.policy import (
    load_clue_policy,
    load_monitoring_line,
    load_warning_thresholds,
)
from services.monitoring.settings import Settings
from shared.contracts.codes import codes
from shared.parameters.figure import FigureNotInForceError

POLICY = Path(Settings.model_fields["policy_dir"].default)


@pytest.mark.parametrize(
    ("year", "line"), [(2020, 600_000), (2021, 600_000), (2022, 650_000), (2023, 750_000)]
)
def test_line_of_the_year_is_shown_as_unconfirmed(year, line):
    """Each year has its working figure, and none pretends to be confirmed."""
    entry = load_monitoring_line(POLICY).entry_on(date(year, 12, 31))
    assert (line, False) == (entry.value, entry.confirmed)


def test_no_line_is_guessed():
    """Before the first figure there is none."""
    with pytest.raises(FigureNotInForceError):
        load_monitoring_line(POLICY).on(date(2019, 12, 31))


def test_risks_of_the_policy_are_in_the_list():
    """The risks other departments' facts point to are codes of the national list."""
    policy = load_clue_policy(POLICY)
    entries = (*policy.lost_job_risk.entries, *policy.overdue_loan_risk.entries)
    assert all(entry.value in codes()["risk"] for entry in entries)


def test_codes_of_the_thresholds_are_in_their_lists():
    """Grades, water problems and kinds that raise a clue are codes of their lists."""
    thresholds = load_warning_thresholds(POLICY)
    for figure, key in (
        (thresholds.house_grades, "change_house_damage"),
        (thresholds.water_problems, "change_water"),
        (thresholds.always, "change_kind"),
    ):
        assert all(code in codes()[key] for entry in figure.entries for code in entry.value or ())
