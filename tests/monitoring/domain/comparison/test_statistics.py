"""Precision, recall and lead time, counted by hand."""

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from services.monitoring.domain.comparison.statistics import FollowedWarning, FoundHousehold, rule_figures
from services.monitoring.domain.comparison.warning import WarningState

ILLNESS = "100A27001"
JUNE: dict[str, Any] = {"first": date(2022, 6, 1), "last": date(2022, 6, 30), "days_before": 30}


def warned(household, day, state, ended=None, rule="YB-01"):
    return FollowedWarning(rule, household, ILLNESS, day, state, ended)


WARNINGS = [
    warned("h1", date(2022, 6, 1), WarningState.IDENTIFIED, date(2022, 6, 11)),
    warned("h2", date(2022, 6, 2), WarningState.IDENTIFIED, date(2022, 6, 22)),
    warned("h3", date(2022, 6, 3), WarningState.NO_RISK, date(2022, 6, 5)),
    warned("h4", date(2022, 6, 30), WarningState.REJECTED, date(2022, 7, 5)),
    warned("h5", date(2022, 6, 4), WarningState.TO_CHECK),
    warned("h6", date(2022, 6, 4), WarningState.IN_PROCEDURE),
    warned("h7", date(2022, 6, 4), WarningState.ALREADY_MONITORED, date(2022, 6, 4)),
    warned("h8", date(2022, 5, 31), WarningState.NO_RISK, date(2022, 6, 2)),
    warned("h9", date(2022, 6, 4), WarningState.NO_RISK, date(2022, 6, 5), rule="YB-03"),
]


def figures(found=(), **given):
    return rule_figures("YB-01", WARNINGS, found, risk=ILLNESS, **JUNE | given)


def test_raised_checked_and_precision():
    """Four of seven are decided, two of them identified: a half; May's and the other rule's don't count."""
    one = figures()
    assert (7, 2, 4, 2, 1, Decimal("0.5")) == (
        one.raised,
        one.waiting,
        one.checked,
        one.identified,
        one.already_monitored,
        one.precision,
    )


def test_lead_time_is_the_median():
    """Ten and twenty days: fifteen."""
    assert Decimal(15) == figures().lead_days


@pytest.mark.parametrize(("warned_days_before", "counted"), [(-1, 0), (0, 1), (30, 1), (31, 0)])
def test_recall_counts_the_days_before(warned_days_before, counted):
    """A warning counts on the day of the identification and up to 30 days before, not after."""
    day = date(2022, 6, 15)
    warnings = [warned("h1", date.fromordinal(day.toordinal() - warned_days_before), WarningState.TO_CHECK)]
    found = [FoundHousehold("h1", frozenset({ILLNESS}), day)]
    one = rule_figures("YB-01", warnings, found, risk=ILLNESS, **JUNE)
    assert (1, counted) == (one.found, one.forewarned)


def test_recall_asks_only_the_rule_s_risk_and_the_period():
    """A household found for another risk, or in another month, is none this rule could have named."""
    found = [
        FoundHousehold("h1", frozenset({ILLNESS}), date(2022, 6, 11)),
        FoundHousehold("h10", frozenset({ILLNESS}), date(2022, 6, 30)),
        FoundHousehold("h11", frozenset({"100A27009"}), date(2022, 6, 11)),
        FoundHousehold("h12", frozenset({ILLNESS}), date(2022, 7, 1)),
    ]
    one = figures(found)
    assert (2, 1, Decimal("0.5")) == (one.found, one.forewarned, one.recall)


def test_nothing_counted_is_no_figure():
    """Without a decision there is no precision, without a finding no recall."""
    one = rule_figures("YB-01", [], [], risk="", **JUNE)
    assert (None, None, None) == (one.precision, one.recall, one.lead_days)


def test_all_rules_together():
    """No rule named counts every one's."""
    assert 8 == rule_figures("", WARNINGS, [], risk="", **JUNE).raised
