import pytest

from services.monitoring.domain.case_steps import (
    OPEN_STATES,
    STEPS,
    CaseState,
    ComparisonState,
    state_label,
)


@pytest.mark.parametrize("state", [*CaseState, *ComparisonState])
def test_every_state_has_both_names(state):
    """Each state of both tracks is called something in Chinese and in English."""
    assert state_label(state) != state_label(state, "en")


@pytest.mark.parametrize("rule", STEPS.values())
def test_every_step_has_names_and_somebody_to_take_it(rule):
    """A step nobody may take would end every case."""
    assert rule.label("zh") != rule.label("en")
    assert set(rule.roles) <= {"village", "town", "county"}
    assert rule.roles


def test_no_way_out_of_what_has_ended():
    """A rejected or closed case takes no step at all; an eliminated one only the way back."""
    ended = {CaseState.REJECTED, CaseState.CLOSED}
    assert not any(rule.states & ended for rule in STEPS.values())
    assert ["roll_back"] == [step for step, rule in STEPS.items() if CaseState.ELIMINATED in rule.states]
    assert not OPEN_STATES & (ended | {CaseState.ELIMINATED})
