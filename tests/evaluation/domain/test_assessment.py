from datetime import date, timedelta

import pytest

from services.evaluation.domain.assessment import (
    STEPS,
    AppealPeriod,
    Assessment,
    Published,
    Shown,
    Stage,
    Version,
)
from services.evaluation.domain.assessment_errors import (
    AppealPeriodRunningError,
    AssessmentStepError,
    OpenAppealsError,
)

DAY = date(2022, 12, 25)
PERIOD = AppealPeriod(3, confirmed=False)
SHOWN = date(2022, 12, 26)
AFTER = SHOWN + timedelta(days=4)


def version(number=1, stage=Stage.DRAFT):
    return Version(
        assessment_id="a1",
        number=number,
        stage=stage,
        as_of=DAY,
        known_at=SHOWN,
        made_on=SHOWN,
        made_at=None,
        reason="",
        board={},
        lines=(),
        rules={},
        digest="d",
        difference={},
        frozen=(),
        rulings=(),
    )


def assessment(stage=Stage.DRAFT):
    made = Assessment(id="a1", year=2022, as_of=DAY, begun_on=DAY, stage=stage)
    if stage is not Stage.DRAFT:
        made.shown_on, made.appeals_until = SHOWN, PERIOD.until(SHOWN)
    return made


DO = {
    "redraft": lambda one: one.redraft(),
    "show": lambda one: one.show(SHOWN, PERIOD),
    "revise": lambda one: one.revise(),
    "finalise": lambda one: one.finalise(AFTER, open_appeals=0),
    "publish": lambda one: one.publish(AFTER, version()),
    "reopen": lambda one: one.reopen(AFTER, PERIOD),
}
LEADS_TO = {
    "redraft": Stage.DRAFT,
    "show": Stage.PRELIMINARY,
    "revise": Stage.PRELIMINARY,
    "finalise": Stage.FINAL,
    "publish": Stage.PUBLISHED,
    "reopen": Stage.PRELIMINARY,
}


def test_every_permitted_step_leads_where_it_should():
    """Each step from each stage that permits it, and every one but publishing makes the next version."""
    for step, (stages, _) in STEPS.items():
        for stage in sorted(stages):
            one = assessment(stage)
            DO[step](one)
            assert (step, LEADS_TO[step]) == (step, one.stage)
            assert (1 if step == "publish" else 2) == one.number


@pytest.mark.parametrize("step", sorted(STEPS))
@pytest.mark.parametrize("stage", sorted(Stage))
def test_every_other_step_is_refused(step, stage):
    """A step in a stage that does not permit it changes nothing."""
    if stage in STEPS[step][0]:
        return
    one = assessment(stage)
    with pytest.raises(AssessmentStepError):
        DO[step](one)
    assert (stage, 1, []) == (one.stage, one.number, one.facts)


def test_the_whole_way():
    """Draft, show, revise, final, publish: five versions at the most, the last of which is published."""
    one = assessment()
    assert [2, 3, 4] == [one.redraft(), one.show(SHOWN, PERIOD), one.revise()]
    assert 5 == one.finalise(AFTER, open_appeals=0)
    one.publish(AFTER, version(5, Stage.FINAL))
    assert [Published("a1", 2022, DAY, SHOWN, "d", AFTER, 5)] == one.facts
    assert 6 == one.reopen(AFTER, PERIOD)
    assert (None, AFTER) == (one.published_on, one.shown_on)


@pytest.mark.parametrize("days_after", [0, 1, 3])
def test_not_final_while_units_may_appeal(days_after):
    """Shown on the 26th with three days, it cannot be final up to and on the 29th."""
    one = assessment(Stage.PRELIMINARY)
    with pytest.raises(AppealPeriodRunningError):
        one.finalise(SHOWN + timedelta(days=days_after), open_appeals=0)
    assert (Stage.PRELIMINARY, 1) == (one.stage, one.number)


def test_final_on_the_day_after():
    """On the 30th, the first day after the period, it can."""
    one = assessment(Stage.PRELIMINARY)
    one.finalise(AFTER, open_appeals=0)
    assert (Stage.FINAL, AFTER) == (one.stage, one.finalised_on)


def test_an_open_appeal_blocks_the_final_version():
    """However late it is, one undecided appeal keeps the result from being final."""
    one = assessment(Stage.PRELIMINARY)
    with pytest.raises(OpenAppealsError):
        one.finalise(AFTER + timedelta(days=30), open_appeals=1)
    assert (Stage.PRELIMINARY, None) == (one.stage, one.finalised_on)


def test_showing_tells_until_when():
    """The units are told which version they see and until which day they may appeal."""
    one = assessment()
    number = one.show(SHOWN, PERIOD)
    one.tell_shown(version(number, Stage.PRELIMINARY))
    assert [Shown("a1", 2022, 2, DAY, SHOWN, "d", SHOWN, date(2022, 12, 29))] == one.facts
