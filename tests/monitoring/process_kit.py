"""What the tests of state machines share: every step is tried from every state."""

from dataclasses import replace
from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.process import StepNotPossibleError

DAY = date(2022, 6, 15)
ACTING = Acting(DAY, "acc1", "说明")


def at(process, state, **known):
    """Return a copy of *process* that stands at *state*."""
    return replace(process, state=str(state), facts=[], **known)


def led(process, take):
    """Return to which state each permitted (step, state) leads; *take* does a step.

    Every other pair is tried as well and must be refused and change nothing.
    """
    led_to = {}
    for step, rule in process.STEPS.items():
        for state in process.STATES:
            one = at(process, state)
            if state in rule.leads:
                take(one, step)
                led_to[step, state] = one.state
            else:
                with pytest.raises(StepNotPossibleError):
                    take(one, step)
                assert (str(state), []) == (one.state, one.facts)
    return led_to


def stated(kind):
    """Return what the table of a kind says each permitted (step, state) leads to."""
    return {(step, state): to for step, rule in kind.STEPS.items() for state, to in rule.leads.items()}
