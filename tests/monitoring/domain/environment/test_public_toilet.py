from datetime import date

import pytest

from services.monitoring.domain.environment.public_toilet import (
    PublicToilet,
    PublicToiletAdvanced,
    PublicToiletStep,
)
from services.monitoring.domain.timer import TimerState, timer_state
from tests.monitoring.process_kit import ACTING, led, stated


def planned():
    return PublicToilet.plan(
        ACTING, id="g1", area_code="610327109203", site="上岔村广场", kind="02", place="01"
    )


def test_every_permitted_step_and_no_other():
    """Planned, begun, built, open: none left out, none taken twice."""
    assert stated(PublicToilet) == led(planned(), lambda one, step: one.advance(step, ACTING))


def test_every_stage_is_told():
    """The plan and each stage are facts; it is open on the day of its inspection."""
    toilet = planned()
    for step in PublicToiletStep:
        toilet.advance(step, ACTING)
    told = [str(fact.stage) for fact in toilet.facts if isinstance(fact, PublicToiletAdvanced)]
    assert (["planned", "started", "built", "open"], ACTING.on) == (told, toilet.opened_on)


@pytest.mark.parametrize(
    ("opened", "state"), [(date(2022, 12, 31), TimerState.DONE), (date(2023, 1, 1), TimerState.LATE)]
)
def test_open_by_the_end_of_the_year(opened, state):
    """The last day of the year is in time, the day after is late."""
    due = planned().due_on
    assert date(2022, 12, 31) == due
    assert state == timer_state(due, opened, done_on=opened, near_days=3)
