"""Trying a state machine: every step in every state, the permitted ones walked, all others refused."""

import pytest

from services.monitoring.domain.guarantee_errors import StepRefusedError


def tries(ways, states, permitted):
    """Return (step, state, where it leads or None) for every pair; *permitted* is the test's own table."""
    return [(step, state, permitted.get((step, state))) for step in ways for state in states]


def check(one, take, leads_to):
    """Take a step: it leads where the table says, or is refused and changes nothing."""
    before = one.state
    if leads_to is None:
        with pytest.raises(StepRefusedError):
            take(one)
        assert before == one.state
    else:
        take(one)
        assert leads_to == one.state
