from datetime import date

import pytest

from services.monitoring.domain.errors import InvalidDayError
from services.monitoring.domain.quality.errors import AlertsOpenError, GateNotPermittedError, OwnEntryError
from services.monitoring.domain.quality.record_cycle import Gate, GateStep, RecordCycle, drawn

DAY = date(2022, 7, 1)
ALWAYS, NEVER = 100, 0
STEPS = {
    "enter": lambda one: one.enter(on=DAY, by="v1"),
    "review": lambda one: one.review(on=DAY, by="t1"),
    "approve": lambda one: one.approve(on=DAY, by="c1"),
    "draw": lambda one: one.draw(seed="2022-07", percent=NEVER, on=DAY, by="c1"),
    "inspect": lambda one: one.inspect(on=DAY, by="c2"),
    "check": lambda one: one.check_alerts(open_errors=0, on=DAY),
    "return": lambda one: one.send_back("wrong", on=DAY, by="t1"),
}
AT = {
    "new": (),
    "entered": ("enter",),
    "reviewed": ("enter", "review"),
    "approved": ("enter", "review", "approve"),
    "inspected": ("enter", "review", "approve", "draw"),
    "alert_checked": ("enter", "review", "approve", "draw", "check"),
    "returned": ("enter", "return"),
}
PERMITTED = {
    ("new", "enter"): "entered",
    ("entered", "enter"): "entered",
    ("entered", "review"): "reviewed",
    ("entered", "return"): "returned",
    ("reviewed", "enter"): "entered",
    ("reviewed", "approve"): "approved",
    ("reviewed", "return"): "returned",
    ("approved", "enter"): "entered",
    ("approved", "draw"): "inspected",
    ("approved", "return"): "returned",
    ("inspected", "enter"): "entered",
    ("inspected", "check"): "alert_checked",
    ("inspected", "return"): "returned",
    ("returned", "enter"): "entered",
    ("drawn", "enter"): "entered",
    ("drawn", "inspect"): "inspected",
    ("drawn", "return"): "returned",
}


def cycle(state="new"):
    one = RecordCycle(id="k1", household_id="h1", area_code="610327109203", opened_on=DAY, last_on=DAY)
    if state == "drawn":
        one = cycle("approved")
        one.draw(seed="2022-07", percent=ALWAYS, on=DAY)
        return one
    for step in AT[state]:
        STEPS[step](one)
    return one


@pytest.mark.parametrize(("state", "step"), PERMITTED)
def test_every_permitted_step(state, step):
    """Each permitted step leads to its gate."""
    one = cycle(state)
    STEPS[step](one)
    assert PERMITTED[state, step] == one.state


@pytest.mark.parametrize(
    ("state", "step"),
    [
        (state, step)
        for state in (*AT, "drawn")
        for step in STEPS
        # A new cycle is never kept before its first entry, so it stands at its gate by default.
        if (state, step) not in PERMITTED and state != "new"
    ],
)
def test_every_other_step_is_refused(state, step):
    """Whatever is not permitted where the record stands is refused and leaves it as it was."""
    one = cycle(state)
    with pytest.raises(GateNotPermittedError):
        STEPS[step](one)
    assert cycle(state) == one


def test_the_five_gates_are_told_in_order():
    """A record that passes all five tells of each, numbered."""
    told = [(fact.gate, fact.sequence) for fact in cycle("alert_checked").facts]
    gates = [Gate.ENTERED, Gate.REVIEWED, Gate.APPROVED, Gate.INSPECTED, Gate.ALERT_CHECKED]
    assert list(zip(gates, range(1, 6), strict=True)) == told


@pytest.mark.parametrize(
    ("state", "gate"),
    [
        ("entered", "reviewed"),
        ("reviewed", "approved"),
        ("approved", "inspected"),
        ("inspected", "alert_checked"),
    ],
)
def test_the_gate_that_sends_back_is_told(state, gate):
    """What is sent back names the gate that did so and why."""
    one = cycle(state)
    one.send_back("no_evidence", on=DAY, by="t1")
    fact = one.facts[-1]
    assert isinstance(fact, GateStep)
    assert (gate, True, "no_evidence") == (fact.gate, fact.returned, fact.reason)


def test_changes_before_the_review_are_one_entry():
    """Several changes nobody has looked at are counted and told once."""
    one = cycle("entered")
    one.enter(on=DAY, by="v2")
    assert (2, 1, "v2") == (one.changes, len(one.facts), one.entered_by)


@pytest.mark.parametrize(("state", "step"), [("entered", "review"), ("reviewed", "approve")])
def test_own_entry_is_signed_off_by_somebody_else(state, step):
    """Who entered the change can sign it off at neither gate."""
    one = cycle(state)
    one.entered_by = {"review": "t1", "approve": "c1"}[step]
    with pytest.raises(OwnEntryError):
        STEPS[step](one)


def test_open_errors_hold_the_last_gate():
    """One open error is enough to wait; none is needed to pass."""
    with pytest.raises(AlertsOpenError):
        cycle("inspected").check_alerts(open_errors=1, on=DAY)


def test_not_before_the_last_step():
    """A step dated before the one before it is refused."""
    with pytest.raises(InvalidDayError):
        cycle("entered").review(on=date(2022, 6, 30), by="t1")


def test_drawing_can_be_repeated_by_anybody():
    """Seed and id alone decide; a share of five in a hundred draws about that many of a thousand."""
    ids = [f"cycle-{number}" for number in range(1000)]
    chosen = {one for one in ids if drawn("2022-07", one, 5)}
    assert chosen == {one for one in ids if drawn("2022-07", one, 5)}
    assert 30 <= len(chosen) <= 70
    assert chosen != {one for one in ids if drawn("2022-08", one, 5)}


def test_draw_at_both_ends():
    """No share draws nobody, the whole draws everybody."""
    assert (False, True) == (drawn("s", "k1", NEVER), drawn("s", "k1", ALWAYS))
