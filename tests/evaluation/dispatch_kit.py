"""A policy and an action for the tests of dispatch."""

from datetime import date

import pytest

from services.evaluation.domain.dispatch.action import Action, DispatchPolicy
from shared.parameters.figure import DatedFigure, FigureEntry, Label

ACTION = Action("a01", "产业发展提升行动", "Industry", "县农业农村局")
TOWN, VILLAGE = "610327109", "610327109203"


def figure(key, value, *, since=date(2022, 1, 1), confirmed=True):
    """Return a figure with one value."""
    return DatedFigure(key, Label(key, key), "x", (FigureEntry(since, value, "test", confirmed),))


def policy(filing_days=0, meeting_days=0):
    """Return a policy with two actions."""
    actions = {
        "a02": {"zh": "就业增收提升行动", "en": "Work", "lead": "县人社局"},
        "a01": {"zh": ACTION.zh, "en": ACTION.en, "lead": ACTION.lead},
    }
    return DispatchPolicy(
        actions=figure("actions", actions, confirmed=False),
        filing_days=figure("filing_days", filing_days),
        meeting_days=figure("meeting_days", meeting_days),
    )


def tries(steps, states, permitted):
    """Return (step, state, where it leads or None) for every pair; *permitted* is the test's own table."""
    return [(step, state, permitted.get((step, state))) for step in steps for state in states]


def check(one, take, leads_to, refusal):
    """Take a step: it leads where the table says, or is refused and changes and tells nothing."""
    before, told = one.state, len(one.facts)
    if leads_to is None:
        with pytest.raises(refusal):
            take(one)
        assert (before, told) == (one.state, len(one.facts))
    else:
        take(one)
        assert leads_to == one.state
        assert len(one.facts) > told
