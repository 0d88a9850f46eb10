from datetime import date, timedelta
from itertools import product
from pathlib import Path

import pytest

from services.monitoring.adapters.report.policy import load_report_policy
from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.report.errors import ReportStepError
from services.monitoring.domain.report.period import KINDS, period_of
from services.monitoring.domain.report.report import (
    STEPS,
    Report,
    ReportState,
    ReportStep,
    Subject,
)

POLICY = load_report_policy(Path("services/monitoring/policy"))
JUNE = period_of("monthly", date(2022, 6, 15))
DAY = date(2022, 7, 4)
_S, _T = ReportState, ReportStep
WAYS = {
    _S.DUE: (),
    _S.SUBMITTED: (_T.SUBMIT,),
    _S.RETURNED: (_T.SUBMIT, _T.RETURN),
    _S.LOCKED: (_T.SUBMIT, _T.LOCK),
}


def take(report, step, day=DAY):
    if step is _T.SUBMIT:
        return report.submit({"clues_open": [Subject("c1")]}, on=day, by="a1")
    return report.send_back("wrong", on=day) if step is _T.RETURN else report.lock(on=day)


def at(state):
    report = Report.owed("610327109", JUNE, POLICY)
    for step in WAYS[state]:
        take(report, step)
    assert state is report.state
    return report


PERMITTED = [(state, step) for step, (states, _after) in STEPS.items() for state in sorted(states)]


@pytest.mark.parametrize(("state", "step"), PERMITTED)
def test_every_permitted_step(state, step):
    """From each state that leads to it, a step is taken and told."""
    report = at(state)
    told = len(report.facts)
    take(report, step)
    assert (STEPS[step][1], told + 1) == (report.state, len(report.facts))


@pytest.mark.parametrize(
    ("state", "step"), [pair for pair in product(ReportState, ReportStep) if pair not in PERMITTED]
)
def test_every_other_step_is_refused(state, step):
    """No other pair of state and step is possible, and nothing changes."""
    report = at(state)
    told = len(report.facts)
    with pytest.raises(ReportStepError):
        take(report, step)
    assert (state, told) == (report.state, len(report.facts))


def test_a_return_is_answered_with_the_next_submission():
    """Each submission has its number; the reason stands until the next; late is decided by the first."""
    report = at(_S.RETURNED)
    assert "wrong" == report.return_reason
    again = take(report, _T.SUBMIT, date(2022, 7, 20))
    assert (2, "", DAY, False) == (again.number, report.return_reason, report.submitted_on, report.late)


@pytest.mark.parametrize(
    ("kind", "due"),
    [("weekly", date(2022, 6, 20)), ("monthly", date(2022, 7, 5)), ("quarterly", date(2022, 7, 10))],
)
@pytest.mark.parametrize(("days", "late"), [(-1, False), (0, False), (1, True)])
def test_late_is_the_day_after(kind, due, days, late):
    """The day before and on the day a report is in time, the day after it is late; no limit is confirmed."""
    report = Report.owed("610327109", period_of(kind, date(2022, 6, 15)), POLICY)
    assert (due, False) == (report.due_on, report.limit_confirmed)
    day = due + timedelta(days=days)
    if day > report.last:
        take(report, _T.SUBMIT, day)
        assert late is report.late
    else:
        with pytest.raises(InvalidDayError):
            take(report, _T.SUBMIT, day)


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_owed_is_the_same_whoever_asks(kind):
    """The id of a report follows from town and period."""
    period = period_of(kind, DAY)
    assert Report.owed("610327109", period, POLICY).id == Report.owed("610327109", period, POLICY).id
    assert Report.owed("610327109", period, POLICY).id != Report.owed("610327112", period, POLICY).id
