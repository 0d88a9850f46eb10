from datetime import date

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.environment.public_toilet import PublicToilet
from services.monitoring.domain.environment.toilet_problem import ToiletProblem
from services.monitoring.domain.housing.alert import HouseAlert
from services.monitoring.domain.housing.rebuild import Rebuild, RebuildStep
from services.monitoring.domain.process import OPEN, StepBeforeLastError, Stepped
from services.monitoring.domain.water.problem import WaterProblem
from services.monitoring.domain.water.quality_test import WaterTest
from tests.monitoring.process_kit import DAY

KINDS = (HouseAlert, Rebuild, WaterProblem, WaterTest, ToiletProblem, PublicToilet)


def rebuild():
    return Rebuild(
        id="r1",
        area_code="610327109203",
        state="listed",
        last_step_on=DAY,
        household_id="h1",
        cause="other",
        listed_on=DAY,
    )


@pytest.mark.parametrize("kind", KINDS)
def test_tables_are_closed(kind):
    """Every step leads between states that have words, and somebody takes it."""
    for rule in kind.STEPS.values():
        assert rule.roles
        assert set(rule.leads) | set(rule.leads.values()) <= set(kind.STATES)
    assert set(kind.STATES) >= kind.CLOSED


@pytest.mark.parametrize("kind", KINDS)
def test_every_open_state_has_a_way_on(kind):
    """Nothing is stuck: from each state that is not closed at least one step leads on."""
    for state in set(kind.STATES) - kind.CLOSED:
        assert any(state in rule.leads for rule in kind.STEPS.values()), state


def test_step_before_the_last_is_refused():
    """The day before the last step is refused, the same day is not."""
    one = rebuild()
    with pytest.raises(StepBeforeLastError):
        one.advance(RebuildStep.START, Acting(date(2022, 6, 14)))
    one.advance(RebuildStep.START, Acting(DAY))
    assert "started" == one.state


def test_each_step_is_in_the_history():
    """A step is noted with its number, its state and who took it."""
    one = rebuild()
    acting = Acting(DAY, "acc1", "开工了")
    one.advance(RebuildStep.START, acting)
    assert Stepped("r1", 1, RebuildStep.START, "started", acting) in one.facts
    assert OPEN not in one.STEPS


def test_permits_what_leads_on():
    """A listed house may begin and not yet be moved into."""
    one = rebuild()
    assert (True, False) == (one.permits(RebuildStep.START), one.permits(RebuildStep.OCCUPY))
    assert "开工" == one.STEPS[RebuildStep.START].label()
