"""Escalations: who is told, and from which day."""

from datetime import date, timedelta

import pytest

from services.monitoring.domain.escalation import Escalation, RunningTimer, escalations_due
from services.monitoring.domain.screening_errors import EscalationClosedError

DUE = date(2022, 3, 16)


def timer(level="village", **given):
    told = {
        "kind": "clue",
        "subject_id": "k1",
        "household_id": "h1",
        "area_code": "610327109203",
        "level": level,
        "unit": "610327109203",
        "person": "",
        "due_on": DUE,
        "path": "/clues/k1",
    }
    return RunningTimer(**told | given)


def levels(one, days):
    found = escalations_due([one], DUE + timedelta(days=days), to_town=3, to_county=7)
    return [escalation.level for escalation in found]


@pytest.mark.parametrize(
    ("days", "told"),
    [(-1, []), (0, []), (2, []), (3, ["town"]), (4, ["town"]), (6, ["town"]), (7, ["town", "county"])],
)
def test_a_village_is_late(days, told):
    """Three days past its limit the town is told, seven days past it the county too."""
    assert told == levels(timer(), days)


@pytest.mark.parametrize(
    ("level", "told"), [("town", ["county"]), ("department", ["county"]), ("county", [])]
)
def test_others_are_late(level, told):
    """The town's and a department's delays go to the county; above the county nobody is told here."""
    assert (told, []) == (levels(timer(level), 7), levels(timer(level), 6))


def test_one_escalation_for_a_limit_and_level():
    """Asked for on two days it is the same one; a limit set anew is another."""
    (first,) = escalations_due([timer()], DUE + timedelta(days=3), to_town=3, to_county=7)
    (again,) = escalations_due([timer()], DUE + timedelta(days=4), to_town=3, to_county=7)
    (other,) = escalations_due(
        [timer(due_on=DUE + timedelta(days=1))], DUE + timedelta(days=4), to_town=3, to_county=7
    )
    assert first.id == again.id != other.id


def test_answered_once():
    """What was done about it is said once, and not after the matter ended."""
    one = Escalation.of(timer(), "town", DUE)
    one.answer(on=DUE, by="acc", note="已派人入户")
    with pytest.raises(EscalationClosedError):
        one.answer(on=DUE, by="acc", note="再次")
    ended = Escalation.of(timer(), "town", DUE)
    ended.ended_on = DUE
    with pytest.raises(EscalationClosedError):
        ended.answer(on=DUE, by="acc", note="已办结")
