"""What tests of state machines share: every step tried from every state."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from services.finance.domain.process import Acting, ProcessStepError

DAY = date(2022, 6, 1)
ACTING = Acting(DAY, DAY, "示例")
COMMON: dict[str, Any] = {"id": "x1", "area_code": "610327102200", "last_step_on": DAY}


def last_told(one):
    """Return what the last fact of *one* tells besides its day."""
    return one.facts[-1].told


def try_every_step(one, steps, permitted):
    """Try all *steps* from all states: what is *permitted* leads where it says, the rest changes nothing."""
    assert set(one.STEPS) == set(steps)
    for state in one.STATES:
        for step, take in steps.items():
            tried = replace(one, state=state)
            if (state, step) in permitted:
                assert step in tried.steps
                take(tried)
                assert permitted[state, step] == tried.state, (state, step)
                assert (step, DAY.isoformat(), "示例") == tried.history[-1]
            else:
                assert step not in tried.steps
                with pytest.raises(ProcessStepError):
                    take(tried)
                assert replace(one, state=state) == tried, (state, step)
