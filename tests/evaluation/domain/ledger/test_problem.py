from copy import deepcopy
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.evaluation.domain.ledger import facts
from services.evaluation.domain.ledger.errors import (
    LedgerDayError,
    MechanismMissingError,
    NoProgressError,
    NothingAboveError,
    PlaceElsewhereError,
    StepNotPermittedError,
    WrongStageError,
)
from services.evaluation.domain.ledger.recurrence import Earlier, Likes
from services.evaluation.domain.ledger.state import PERMITTED, Level, Source, Stage, State, Step
from shared.kernel.errors import Refusal
from tests.evaluation.domain.ledger import made
from tests.evaluation.domain.ledger.made import DAY, DUE, FOUND, LEAD, POLICY, STEPS, TOWN, acting, at

_LEADS_TO = {
    ("confirm", "registered"): "confirmed",
    ("reject", "registered"): "rejected",
    ("fix_on_the_spot", "registered"): "closed",
    ("fix_on_the_spot", "confirmed"): "closed",
    ("hand_over", "confirmed"): "handed_over",
    ("hand_over", "reopened"): "handed_over",
    ("send_up", "handed_over"): "confirmed",
    ("send_up", "rectifying"): "confirmed",
    ("send_up", "returned"): "confirmed",
    ("plan", "handed_over"): "rectifying",
    ("plan", "returned"): "rectifying",
    ("progress", "rectifying"): "rectifying",
    ("progress", "returned"): "rectifying",
    ("ask_close_out", "rectifying"): "close_out_asked",
    ("approve", "close_out_asked"): "in_check",
    ("approve", "in_check"): "in_check",
    ("send_back", "close_out_asked"): "returned",
    ("send_back", "in_check"): "returned",
    ("reopen", "closed"): "reopened",
    ("look_back", "closed"): "closed",
}
_EVERY = sorted((step.value, state.value) for step in Step for state in State)


def told(problem, kind):
    return [fact for fact in problem.facts if isinstance(fact, kind)]


@pytest.mark.parametrize(("step", "state"), sorted(_LEADS_TO))
def test_every_permitted_step_leads_where_it_should(step, state):
    """Each step that is permitted in a state brings the problem to the state the procedure names."""
    problem = at(State(state))
    STEPS[step](problem)
    assert _LEADS_TO[step, state] == problem.state
    assert step in [line.step for line in problem.history]


@pytest.mark.parametrize(("step", "state"), [pair for pair in _EVERY if pair not in _LEADS_TO])
def test_every_other_step_is_refused(step, state):
    """No other step can be taken in any state, and a refusal changes nothing."""
    problem = at(State(state))
    before = deepcopy(problem)
    with pytest.raises(StepNotPermittedError):
        STEPS[step](problem)
    assert before == problem
    assert [] == problem.facts


def test_the_table_is_what_the_walk_says():
    """The table that pages read permits exactly the steps walked here."""
    assert set(_LEADS_TO) == {
        (step.value, state.value) for step, states in PERMITTED.items() for state in states
    }


def test_all_four_rechecks_close_a_village_problem():
    """A village's problem is closed by its own check, the town, the lead department and the county."""
    problem = at(State.CONFIRMED)
    made.hand_over(problem, level=Level.VILLAGE)
    made.make_plan(problem)
    made.progress(problem)
    made.ask(problem)
    seen = []
    while problem.due_stage:
        seen.append(problem.due_stage)
        STEPS["approve"](problem)
    assert [Stage.SELF, Stage.TOWN, Stage.DEPARTMENT, Stage.COUNTY] == seen
    assert (State.CLOSED, DAY) == (problem.state, problem.closed_on)


def test_a_department_does_not_recheck_itself():
    """Where the responsible department leads itself, its own check and the county's are enough."""
    problem = at(State.CONFIRMED, unit=LEAD)
    made.hand_over(problem, level=Level.COUNTY)
    made.make_plan(problem)
    made.progress(problem)
    made.ask(problem)
    assert (Stage.SELF, Stage.COUNTY) == problem.stages


def test_a_recheck_out_of_turn():
    """The county cannot find it done before those below have."""
    problem = at(State.CLOSE_OUT_ASKED)
    with pytest.raises(WrongStageError):
        problem.approve(Stage.COUNTY, "", made.SYSTEM)


def test_after_a_return_the_chain_begins_again():
    """What was passed before a return does not count for the next close-out."""
    problem = at(State.RETURNED)
    made.progress(problem)
    made.ask(problem)
    assert (2, Stage.SELF) == (problem.round, problem.due_stage)


def test_close_out_needs_progress_since_the_return():
    """Asking again without having done anything is refused."""
    problem = at(State.RETURNED)
    made.make_plan(problem)
    with pytest.raises(NoProgressError):
        made.ask(problem)


def test_a_systemic_problem_needs_its_mechanism():
    """Without a rule or mechanism on file a systemic problem's close-out is refused; with one it goes on."""
    problem = at(State.RECTIFYING, systemic=True)
    with pytest.raises(MechanismMissingError):
        made.ask(problem)
    made.ask(problem, mechanism="《农村危房动态监测办法》")
    assert State.CLOSE_OUT_ASKED is problem.state
    assert told(problem, facts.CloseOutAsked)[0].mechanism


def test_passing_up_changes_the_level_and_the_day():
    """What a town cannot put right becomes the county's, without a day until it is handed over anew."""
    problem = at(State.RECTIFYING)
    STEPS["send_up"](problem)
    assert (Level.COUNTY, None) == (problem.level, problem.due_on)


def test_nothing_stands_above_the_county():
    """A problem of the county level cannot be passed up."""
    problem = at(State.CONFIRMED)
    made.hand_over(problem, level=Level.COUNTY)
    with pytest.raises(NothingAboveError):
        STEPS["send_up"](problem)


@pytest.mark.parametrize(("due", "refused"), [(DAY, False), (DAY - timedelta(days=1), True)])
def test_the_limit_is_today_or_later(due, refused):
    """Handing over with the day itself as limit is possible, with the day before it is not."""
    problem = at(State.CONFIRMED)
    if refused:
        with pytest.raises(LedgerDayError):
            made.hand_over(problem, due=due)
    else:
        made.hand_over(problem, due=due)
        assert due == problem.due_on


def test_no_stage_after_the_limit():
    """A stage of the plan on the day of the limit is fine, a day later it is refused."""
    problem = at(State.HANDED_OVER)
    with pytest.raises(LedgerDayError):
        made.make_plan(problem, nodes=[made.node("完工", DUE + timedelta(days=1))])
    made.make_plan(problem, nodes=[made.node("完工", DUE)])
    assert DUE == problem.running.next_node_on


def test_a_stage_reached_is_no_longer_waited_for():
    """Progress that reaches the first stage lets the next one be waited for."""
    problem = at(State.HANDED_OVER)
    made.make_plan(problem, nodes=[made.node("备料", DAY), made.node("完工", DUE)])
    made.progress(problem, reached=(0,))
    assert DUE == problem.running.next_node_on
    assert DAY == problem.plan.nodes[0].done_on


def test_what_was_found_tomorrow():
    """The day of finding lies not after the day of registering."""
    with pytest.raises(LedgerDayError):
        made.entered().__class__(
            id="p2", number="2", unit=TOWN, source=Source.SELF, category="housing", text="x",
            found_on=DAY + timedelta(days=1), registered_on=DAY,
        ).register(POLICY, made.SYSTEM)  # fmt: skip


@pytest.mark.parametrize(("what", "value"), [("unit", "县外局"), ("category", "none"), ("cause", "none")])
def test_unknown_codes(what, value):
    """A unit that is not assessed, a category or cause outside the list is refused."""
    with pytest.raises(Refusal):
        made.entered(**{what: value})


def test_found_again_within_the_period():
    """A confirmed problem like one closed less than a year ago is a recurrence of it."""
    problem = at(State.REGISTERED)
    made.confirm(problem, likes=Likes((Earlier("p0", date(2021, 3, 1)),)))
    (recurred,) = told(problem, facts.Recurred)
    assert ("found_again", "p0", True, 1) == (
        recurred.how,
        recurred.earlier_id,
        recurred.counts,
        recurred.times,
    )


def test_a_failed_look_back_reopens():
    """A visit that finds the problem back reopens it and counts as a recurrence."""
    problem = at(State.CLOSED)
    problem.look_back(False, "又漏雨", made.NONE, POLICY, acting("county", on=DAY))
    assert State.REOPENED is problem.state
    assert ["reopened"] == [one.how for one in problem.recurrences]
    assert [False] == [one.held for one in told(problem, facts.LookedBack)]


def test_what_is_fixed_on_the_spot_has_no_day():
    """It is closed at once, without hand-over or re-check, and says so."""
    problem = at(State.REGISTERED)
    STEPS["fix_on_the_spot"](problem)
    assert facts.Closed(facts.About("p1", TOWN, TOWN, DAY), None, on_the_spot=True) in problem.facts


def test_registering_tells_the_day_it_was_found():
    """The event of a registration happened on the day of the finding, and says whether it was fed back."""
    (fed_back,) = told(made.entered(), facts.Registered)
    (own,) = told(made.entered(source=Source.SELF), facts.Registered)
    assert (FOUND, True, False) == (fed_back.about.on, fed_back.entry_due, own.entry_due)


@given(st.lists(st.sampled_from(sorted(STEPS)), max_size=25))
def test_whatever_is_tried_it_stays_whole(steps):
    """Steps in any order: a closed problem has a closing day, an open one none; the history never shrinks."""
    problem = made.entered()
    for step in steps:
        before = len(problem.history)
        try:
            STEPS[step](problem)
        except Refusal:
            assert before == len(problem.history)
            continue
        assert before < len(problem.history)
        assert (problem.state is State.CLOSED) == (problem.closed_on is not None)
        assert (problem.due_stage is not None) == (problem.state in {State.CLOSE_OUT_ASKED, State.IN_CHECK})


def test_a_town_enters_what_lies_in_it():
    """Another town's village is refused, for its officer would see and move it; the office may say any."""
    elsewhere = "610327100201"
    problem = made.entered(area_code=elsewhere)
    town = acting("town", TOWN, area=TOWN)
    with pytest.raises(PlaceElsewhereError):
        problem.register(POLICY, town)
    problem.area_code = "610327109203"
    problem.register(POLICY, town)
    assert 2 == len(told(problem, facts.Registered))
