from copy import deepcopy
from dataclasses import replace
from datetime import timedelta

import pytest

from services.monitoring.domain.case_errors import NoticeTooShortError
from services.monitoring.domain.elimination import (
    STEPS,
    Eliminated,
    Elimination,
    EliminationState,
    EliminationStep,
    Snapshot,
)
from services.monitoring.domain.elimination_criteria import criteria
from services.monitoring.domain.elimination_errors import (
    CriterionNotMetError,
    CriterionReasonError,
    NoLabourError,
    SnapshotIncompleteError,
)
from services.monitoring.domain.measure_rules import Labour
from services.monitoring.domain.monitored_class import IncomeShown
from services.monitoring.domain.publicity import Notice, Vote
from shared.kernel.errors import Refusal
from tests.monitoring.case_kit import DAY, acting
from tests.monitoring.domain.test_elimination_criteria import EVIDENCE, GOOD, LIMITS, LINE, NOVEMBER
from tests.monitoring.kit import VILLAGE

MET = criteria(EVIDENCE, "01", NOVEMBER, LIMITS)
UNCONFIRMED = criteria(
    replace(EVIDENCE, income=IncomeShown("l1", LINE, LINE, LINE, line_confirmed=False)),
    "01",
    NOVEMBER,
    LIMITS,
)
NEW_CLUE = criteria(replace(EVIDENCE, open_clues=("k9",)), "01", NOVEMBER, LIMITS)
SNAPSHOT = Snapshot(
    dropout=False,
    house_damaged=False,
    uninsured=False,
    water_damaged=False,
    wage_fen=1,
    property_fen=2,
    transfer_fen=3,
    operating_fen=4,
    operating_cost_fen=5,
    net_fen=6,
    net_per_head_fen=7,
    compensation_fen=8,
    rigid_spending_fen=9,
)
_S, _T = EliminationState, EliminationStep


def proposed(found=MET) -> Elimination:
    return Elimination.propose(
        id="e1",
        case_id="c1",
        household_id="h1",
        area_code=VILLAGE,
        way="01",
        found=found,
        acting=acting(),
    )


def at(state: EliminationState) -> Elimination:
    """Return an elimination that came to *state* the usual way."""
    one = proposed()
    path = (
        (_S.VISITED, lambda: one.visit(GOOD, acting(1))),
        (_S.REVIEWED, lambda: one.record_vote(Vote(9, 1, 0, DAY), acting(2))),
        (_S.PUBLICITY, lambda: one.start_notice(Notice(DAY + timedelta(days=3), 5), acting(3))),
        (_S.TOWN_REVIEW, lambda: one.end_notice(acting(8))),
        (_S.COUNTY_APPROVAL, lambda: one.town_review(acting(9), passed=True)),
        (_S.ELIMINATED, lambda: one.approve(MET, SNAPSHOT, acting(10, ""))),
    )
    if state is _S.KEPT:
        one.visit(GOOD, acting(1))
        one.record_vote(Vote(1, 9, 0, DAY), acting(2))
        return one
    for reached, take in path:
        if one.state is state:
            break
        take()
        assert reached is one.state
    return one


LATE = acting(300)
TAKE = {
    _T.VISIT: lambda e: e.visit(GOOD, LATE),
    _T.VOTE: lambda e: e.record_vote(Vote(9, 1, 0, DAY), LATE),
    _T.START_NOTICE: lambda e: e.start_notice(Notice(LATE.on, 5), LATE),
    _T.RAISE_OBJECTION: lambda e: e.raise_objection(LATE),
    _T.RESOLVE_OBJECTION: lambda e: e.resolve_objection(1, LATE, upheld=False),
    _T.END_NOTICE: lambda e: e.end_notice(LATE),
    _T.TOWN_REVIEW: lambda e: e.town_review(LATE, passed=True),
    _T.COUNTY_DECIDE: lambda e: e.approve(MET, SNAPSHOT, LATE),
}
PERMITTED = {
    _S.PROPOSED: {_T.VISIT},
    _S.VISITED: {_T.VOTE},
    _S.REVIEWED: {_T.START_NOTICE},
    _S.PUBLICITY: {_T.RAISE_OBJECTION, _T.END_NOTICE},
    _S.TOWN_REVIEW: {_T.TOWN_REVIEW},
    _S.COUNTY_APPROVAL: {_T.COUNTY_DECIDE},
    _S.ELIMINATED: set(),
    _S.KEPT: set(),
}


@pytest.mark.parametrize("step", list(EliminationStep))
@pytest.mark.parametrize("state", list(EliminationState))
def test_every_step_in_every_state(state, step):
    """A step that follows is taken; every other one is refused and changes nothing."""
    one = at(state)
    if step in PERMITTED[state]:
        TAKE[step](one)
        return
    before = deepcopy(one)
    with pytest.raises(Refusal):
        TAKE[step](one)
    assert before == one


def test_the_table_is_complete():
    """Every step people take is in this test's tables."""
    assert set(STEPS) == set(TAKE)


class TestProposal:
    def test_without_labour(self):
        """A household nobody of which can work is refused at once."""
        with pytest.raises(NoLabourError):
            proposed(criteria(replace(EVIDENCE, labour=Labour()), "01", NOVEMBER, LIMITS))

    def test_too_early(self):
        """What the record shows to be too early is refused by name."""
        with pytest.raises(CriterionNotMetError) as refused:
            proposed(criteria(EVIDENCE, "01", NOVEMBER - timedelta(days=1), LIMITS))
        assert "6" in str(refused.value.details["criteria_zh"])

    def test_what_can_change_until_the_decision(self):
        """An open clue or a low income do not stop the proposal."""
        assert (_S.PROPOSED, _S.PROPOSED) == (proposed(NEW_CLUE).state, proposed(UNCONFIRMED).state)


class TestNotice:
    def test_hangs_five_full_days(self):
        """Put up on day 3 it may not end on day 7."""
        with pytest.raises(NoticeTooShortError):
            at(_S.PUBLICITY).end_notice(acting(7))

    def test_an_upheld_objection_keeps(self):
        """An upheld objection keeps the household under monitoring."""
        one = at(_S.PUBLICITY)
        one.resolve_objection(one.raise_objection(acting(4)), acting(5), upheld=True)
        assert (_S.KEPT, "objection_upheld") == (one.state, one.outcome)


class TestTheCounty:
    def test_tells(self):
        """An approval tells that it was assessed, publicised and signed."""
        one = at(_S.ELIMINATED)
        (fact,) = [fact for fact in one.facts if isinstance(fact, Eliminated)]
        assert (True, True, True) == (fact.assessed, fact.publicised, fact.signed)

    def test_a_confirmed_criterion_refuses(self):
        """With an open clue the approval is refused, whatever reason is given."""
        with pytest.raises(CriterionNotMetError):
            at(_S.COUNTY_APPROVAL).approve(NEW_CLUE, SNAPSHOT, acting(10, "综合判断"))

    def test_an_unconfirmed_criterion_needs_a_reason(self):
        """An unconfirmed criterion that is not met passes with a written reason, which is kept."""
        one = at(_S.COUNTY_APPROVAL)
        with pytest.raises(CriterionReasonError):
            one.approve(UNCONFIRMED, SNAPSHOT, acting(10, " "))
        one.approve(UNCONFIRMED, SNAPSHOT, acting(10, "综合判断"))
        assert (_S.ELIMINATED, "综合判断") == (one.state, one.county_reason)

    def test_the_record_must_be_complete(self):
        """Without a ledger the record after elimination can't be filled, and nothing is approved."""
        one = at(_S.COUNTY_APPROVAL)
        with pytest.raises(SnapshotIncompleteError):
            one.approve(MET, None, acting(10))
        assert _S.COUNTY_APPROVAL == one.state

    def test_refused(self):
        """The county's refusal keeps the household, with its reason on file."""
        one = at(_S.COUNTY_APPROVAL)
        one.refuse(acting(10, "收入不稳"))
        assert (_S.KEPT, "county_refused", "收入不稳") == (one.state, one.outcome, one.county_reason)

    def test_returned_by_the_town(self):
        """A returned elimination is visited again, with nothing of the first round left."""
        one = at(_S.TOWN_REVIEW)
        one.town_review(acting(9), passed=False)
        assert (_S.PROPOSED, None, None, None) == (one.state, one.findings, one.vote, one.notice)
