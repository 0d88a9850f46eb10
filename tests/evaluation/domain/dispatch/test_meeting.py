from datetime import date

import pytest

from services.evaluation.domain.dispatch.action import Quarter
from services.evaluation.domain.dispatch.errors import DispatchStepError, EmptyTextError
from services.evaluation.domain.dispatch.meeting import MeetingDuty, MeetingHeld, QuarterlyMeeting
from tests.evaluation.dispatch_kit import ACTION, policy


def test_a_duty_is_met_once():
    """The first meeting of the quarter meets it; a second step is refused."""
    duty = MeetingDuty.owed(ACTION, Quarter(2022, 2), policy(), on=date(2022, 4, 1))
    duty.meet("m1", on=date(2022, 6, 20))
    assert ("m1", date(2022, 6, 20), date(2022, 6, 30)) == (duty.meeting_id, duty.held_on, duty.due_on)
    with pytest.raises(DispatchStepError):
        duty.meet("m2", on=date(2022, 6, 21))
    assert ["m1"] == [fact.meeting_id for fact in duty.facts if isinstance(fact, MeetingHeld)]


@pytest.mark.parametrize(("actions", "minutes"), [(["a01"], " "), ([], "纪要")])
def test_a_meeting_has_minutes_and_a_subject(actions, minutes):
    """Without minutes, or about no action, it is no meeting."""
    with pytest.raises(EmptyTextError):
        QuarterlyMeeting(
            id="m", quarter="2022Q2", held_on=date(2022, 6, 20), actions=actions, attended="", minutes=minutes
        )
