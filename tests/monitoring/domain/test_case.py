from copy import deepcopy
from datetime import timedelta

import pytest

from services.monitoring.domain.case import MOST_RISKS, Case
from services.monitoring.domain.case_errors import (
    AuthorisationMissingError,
    ComparisonNotPassedError,
    NoticeTooShortError,
    ObjectionOpenError,
    StepTooEarlyError,
    TooManyRisksError,
)
from services.monitoring.domain.case_facts import Advanced, HelperFixed, Identified, Rejected, RolledBack
from services.monitoring.domain.case_steps import STEPS, CaseState, ComparisonState, Step
from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.publicity import Notice, Vote
from shared.kernel.errors import Refusal
from tests.monitoring.case_kit import (
    BUILDERS,
    DAY,
    ILLNESS,
    WORK,
    a_vote,
    acting,
    eliminated,
    identified,
    in_county_approval,
    in_publicity,
    in_review,
    in_town_review,
    monitored,
    opened,
)

LATE = acting(300)
TAKE = {
    Step.SIGN_AUTHORISATION: lambda c: c.sign_authorisation(LATE),
    Step.REFUSE_AUTHORISATION: lambda c: c.refuse_authorisation(LATE),
    Step.HELP_FIRST: lambda c: c.put_help_first(LATE),
    Step.SEND_FOR_COMPARISON: lambda c: c.send_for_comparison(LATE),
    Step.RECORD_COMPARISON: lambda c: c.record_comparison(("vehicle",), LATE),
    Step.EXPLAIN: lambda c: c.explain(LATE, accepted=True),
    Step.RECORD_VOTE: lambda c: c.record_vote(a_vote(), LATE),
    Step.START_NOTICE: lambda c: c.start_notice(Notice(LATE.on, 5), LATE),
    Step.RAISE_OBJECTION: lambda c: c.raise_objection(LATE),
    Step.RESOLVE_OBJECTION: lambda c: c.resolve_objection(1, LATE, upheld=False),
    Step.END_NOTICE: lambda c: c.end_notice(LATE),
    Step.TOWN_REVIEW: lambda c: c.town_review(LATE, passed=True),
    Step.COUNTY_DECIDE: lambda c: c.approve("100A03001", LATE, due_on=DAY),
    Step.ASSIGN_HELPER: lambda c: c.assign_helper("H7", LATE, due_on=DAY, limit_confirmed=False),
    Step.ANNOUNCE: lambda c: c.announce(LATE),
    Step.NOTE_RISK: lambda c: c.note_risk(WORK, "k2", LATE),
    Step.ELIMINATE: lambda c: c.eliminate(LATE),
    Step.ROLL_BACK: lambda c: c.roll_back("income", LATE),
}
# What may follow each state of the kit's cases, written down from domain 3.3 and not from the code.
PERMITTED = {
    CaseState.VERIFIED: {
        Step.SIGN_AUTHORISATION,
        Step.REFUSE_AUTHORISATION,
        Step.HELP_FIRST,
        Step.NOTE_RISK,
    },
    CaseState.REVIEW: {Step.HELP_FIRST, Step.NOTE_RISK, Step.RECORD_COMPARISON, Step.RECORD_VOTE},
    CaseState.PUBLICITY: {
        Step.HELP_FIRST,
        Step.NOTE_RISK,
        Step.RECORD_COMPARISON,
        Step.RAISE_OBJECTION,
        Step.END_NOTICE,
    },
    CaseState.TOWN_REVIEW: {Step.HELP_FIRST, Step.NOTE_RISK, Step.TOWN_REVIEW},
    CaseState.COUNTY_APPROVAL: {Step.HELP_FIRST, Step.NOTE_RISK, Step.COUNTY_DECIDE},
    CaseState.IDENTIFIED: {Step.ANNOUNCE, Step.ASSIGN_HELPER, Step.NOTE_RISK},
    CaseState.MONITORED: {Step.ASSIGN_HELPER, Step.NOTE_RISK, Step.ELIMINATE},
    CaseState.ELIMINATED: {Step.ROLL_BACK},
    CaseState.REJECTED: set(),
    CaseState.CLOSED: set(),
}
EVERY = [(state, step) for state in CaseState for step in TAKE]


def facts(case: Case, kind: type) -> list:
    return [fact for fact in case.facts if isinstance(fact, kind)]


class TestEveryStepInEveryState:
    def test_the_table_is_complete(self):
        """Every state and every step people take is in the tables of this test."""
        assert (set(CaseState), set(STEPS)) == (set(PERMITTED), set(TAKE))

    @pytest.mark.parametrize(("state", "step"), [pair for pair in EVERY if pair[1] in PERMITTED[pair[0]]])
    def test_permitted(self, state, step):
        """A step that follows is taken, counted, and told once."""
        case = BUILDERS[state]()
        before = case.steps
        case.facts.clear()

        TAKE[step](case)

        assert (before + 1, 1) == (case.steps, len(facts(case, Advanced)))

    @pytest.mark.parametrize(("state", "step"), [pair for pair in EVERY if pair[1] not in PERMITTED[pair[0]]])
    def test_refused(self, state, step):
        """A step that does not follow is refused and changes nothing."""
        case = BUILDERS[state]()
        case.facts.clear()
        before = deepcopy(case)

        with pytest.raises(Refusal):
            TAKE[step](case)

        assert (before, []) == (case, case.facts)

    @pytest.mark.parametrize("state", list(CaseState))
    def test_the_page_says_the_same(self, state):
        """What permitted_steps shows as possible is exactly what can be done; the rest has its reason."""
        shown = BUILDERS[state]().permitted_steps("county", LATE.on)

        assert PERMITTED[state] == {one.step for one in shown if one.refusal is None}
        assert all(one.refusal.text("zh") for one in shown if one.refusal is not None)

    def test_whose_step_it_is(self):
        """A role may take only its own steps; the others name who must act."""
        shown = {one.step: one for one in opened().permitted_steps("village", DAY)}

        assert (True, False) == (
            shown[Step.SIGN_AUTHORISATION].permitted,
            shown[Step.HELP_FIRST].permitted,
        )
        assert ("town", "county") == shown[Step.HELP_FIRST].roles


class TestOpen:
    def test_tells_that_it_was_opened(self):
        """Opening is the first step of the case."""
        (fact,) = facts(opened(), Advanced)
        assert (Step.OPEN, "", "verified", 1) == (fact.step, fact.from_state, fact.to_state, fact.sequence)

    @pytest.mark.parametrize("risks", [(), tuple(f"100A270{n:02}" for n in range(1, 7))])
    def test_one_to_five_risks(self, risks):
        """A case without a risk, and one with six, is refused."""
        with pytest.raises(TooManyRisksError):
            opened(risks=risks)

    def test_a_sixth_risk(self):
        """Five risks can be on record; the sixth is refused."""
        case = opened(risks=tuple(f"100A270{n:02}" for n in range(1, MOST_RISKS + 1)))
        with pytest.raises(TooManyRisksError):
            case.note_risk("100A27009", "k9", acting())

    def test_a_step_before_the_last_one(self):
        """No step can be dated before the one it follows."""
        case = in_review()
        with pytest.raises(StepTooEarlyError):
            case.record_vote(a_vote(), acting(0))


class TestTheTwoTracks:
    def test_each_has_its_own_days(self):
        """A vote of the third day is recorded after a comparison of the fifth, and the other way round."""
        case = in_review()
        case.record_comparison((), acting(5))
        case.record_vote(a_vote(), acting(3))
        case.start_notice(Notice(DAY + timedelta(days=3), 5), acting(3))
        assert (acting(3).on, acting(5).on) == (case.last_step_on, case.last_compared_on)
        other = in_publicity()
        other.record_comparison(("vehicle",), acting(1))
        with pytest.raises(StepTooEarlyError):
            other.explain(acting(0), accepted=True)

    def test_the_comparison_does_not_start_before_the_list_was_sent(self):
        """The list was sent on the second day; nothing was compared on the first."""
        with pytest.raises(StepTooEarlyError):
            in_review().record_comparison((), acting(0))

    def test_they_meet_at_the_town(self):
        """The town can't pass on a case on a day on which its comparison was not back."""
        case = in_town_review(compared=False)
        case.record_comparison((), acting(12))
        with pytest.raises(StepTooEarlyError):
            case.town_review(acting(11), passed=True)
        case.town_review(acting(12), passed=True)
        assert CaseState.COUNTY_APPROVAL == case.state

    def test_steps_beside_move_neither(self):
        """Help first, a further risk and the helper hold up no step, and are held up by none."""
        case = in_publicity()
        case.put_help_first(acting(9))
        case.note_risk(WORK, "k2", acting(1))
        case.record_comparison((), acting(3))
        case.end_notice(acting(7))
        assert (acting(7).on, acting(3).on) == (case.last_step_on, case.last_compared_on)
        late = monitored()
        with pytest.raises(StepTooEarlyError):
            late.assign_helper("B-1", acting(8), due_on=DAY, limit_confirmed=False)
        late.assign_helper("B-1", acting(9), due_on=DAY, limit_confirmed=False)

    def test_run_beside_each_other(self):
        """Sending the list starts the comparison and the village's review at once."""
        case = in_review()
        assert (CaseState.REVIEW, ComparisonState.COMPARING) == (case.state, case.comparison)

    def test_need_the_authorisation(self):
        """Without a signed authorisation nothing is compared."""
        with pytest.raises(AuthorisationMissingError):
            opened().send_for_comparison(acting())

    def test_a_finding_asks_and_never_rejects(self):
        """A hit leaves the main track where it is and asks for an explanation."""
        case = in_review()
        case.record_comparison(("vehicle", "deposit"), acting(2))
        assert (CaseState.REVIEW, ComparisonState.EXPLAIN_REQUIRED) == (case.state, case.comparison)
        assert [] == facts(case, Rejected)

    def test_an_accepted_explanation_passes(self):
        """What was explained counts as passed."""
        case = in_review()
        case.record_comparison(("vehicle",), acting(2))
        case.explain(acting(3), accepted=True)
        assert ComparisonState.PASSED == case.comparison

    def test_an_explanation_that_is_not_accepted_rejects(self):
        """The case ends at the comparison, and the county hears only a code."""
        case = in_review()
        case.record_comparison(("vehicle",), acting(2))
        case.explain(acting(3, "口头说明"), accepted=False)
        (fact,) = facts(case, Rejected)
        assert (CaseState.REJECTED, "compare", "not_explained") == (case.state, fact.stage, fact.reason)
        assert ("review", "rejected") == (
            facts(case, Advanced)[-1].stood,
            facts(case, Advanced)[-1].stands,
        )

    @pytest.mark.parametrize("build", BUILDERS.values())
    def test_the_last_step_says_where_the_case_stands(self, build):
        """Each step begins on the main track where the one before it ended, and the last says the state."""
        case = build()
        steps = facts(case, Advanced)
        assert [one.stands for one in steps[:-1]] == [one.stood for one in steps[1:]]
        assert case.state == steps[-1].stands

    def test_meet_at_the_town(self):
        """The town can't pass a case on whose comparison is not passed, however far the village is."""
        case = in_town_review(compared=False)
        with pytest.raises(ComparisonNotPassedError):
            case.town_review(acting(8), passed=True)
        case.record_comparison((), acting(8))
        case.town_review(acting(8), passed=True)
        assert CaseState.COUNTY_APPROVAL == case.state


class TestReviewAndNotice:
    @pytest.mark.parametrize(
        ("agree", "disagree", "abstain", "state"),
        [
            (2, 1, 0, CaseState.REVIEW),
            (2, 1, 1, CaseState.REJECTED),
            (1, 1, 0, CaseState.REJECTED),
            (3, 1, 1, CaseState.REVIEW),
            (0, 0, 1, CaseState.REJECTED),
        ],
    )
    def test_majority(self, agree, disagree, abstain, state):
        """More than half of all votes cast must agree; exactly half rejects."""
        case = in_review()
        case.record_vote(Vote(agree, disagree, abstain, DAY), acting(1))
        assert state == case.state

    @pytest.mark.parametrize("days", [2, 3, 6])
    def test_ends_before_the_fifth_full_day(self, days):
        """Put up on day 2, the notice may not end before day 7."""
        with pytest.raises(NoticeTooShortError) as refused:
            in_publicity().end_notice(acting(days))
        assert (DAY + timedelta(days=7)).isoformat() == refused.value.details["earliest"]

    @pytest.mark.parametrize("days", [7, 8, 40])
    def test_ends_from_the_fifth_full_day(self, days):
        """From its fifth full day on the notice can be taken down."""
        case = in_publicity()
        case.end_notice(acting(days))
        assert CaseState.TOWN_REVIEW == case.state

    def test_an_open_objection_keeps_it_up(self):
        """A notice with an objection nobody has answered does not end."""
        case = in_publicity()
        case.raise_objection(acting(3))
        with pytest.raises(ObjectionOpenError):
            case.end_notice(acting(9))

    def test_a_dismissed_objection(self):
        """After the only objection was dismissed the notice ends as usual."""
        case = in_publicity()
        number = case.raise_objection(acting(3))
        case.resolve_objection(number, acting(4), upheld=False)
        case.end_notice(acting(7))
        assert CaseState.TOWN_REVIEW == case.state

    def test_an_upheld_objection_rejects(self):
        """One upheld objection among several ends the case."""
        case = in_publicity()
        case.raise_objection(acting(3))
        second = case.raise_objection(acting(3))
        case.resolve_objection(second, acting(4), upheld=True)
        assert (CaseState.REJECTED, "objection") == (case.state, facts(case, Rejected)[0].stage)


class TestTownAndCounty:
    def test_returned_by_the_town(self):
        """The village starts again: new comparison, new vote, new notice; the authorisation stands."""
        case = in_town_review()
        case.town_review(acting(8), passed=False)
        assert (CaseState.VERIFIED, ComparisonState.NOT_SENT, None, None, True, 2) == (
            case.state,
            case.comparison,
            case.vote,
            case.notice,
            case.authorised,
            case.round,
        )

    def test_returned_by_the_county(self):
        """The town reviews again, with the comparison still passed."""
        case = in_county_approval()
        case.send_back(acting(9))
        case.town_review(acting(9), passed=True)
        assert CaseState.COUNTY_APPROVAL == case.state

    def test_approved(self):
        """Identification tells the class, the risks, and the day it was due."""
        (fact,) = facts(identified(), Identified)
        assert ("100A03001", (ILLNESS,), DAY - timedelta(days=1), DAY + timedelta(days=14)) == (
            fact.monitored_class,
            fact.risks,
            fact.first_clue_on,
            fact.due_on,
        )

    def test_refused(self):
        """The county's refusal ends the case without anything somebody wrote."""
        case = in_county_approval()
        case.refuse(acting(9, "家中情况好转"))
        (fact,) = facts(case, Rejected)
        assert ("county", "county_refused") == (fact.stage, fact.reason)

    @pytest.mark.parametrize("act", [Case.send_back, Case.refuse, Case.put_help_first])
    def test_must_say_why(self, act):
        """Returning, refusing and the green channel need a reason."""
        case = in_county_approval()
        with pytest.raises(ReasonMissingError):
            act(case, acting(9, " "))


class TestAfterwards:
    def test_helper(self):
        """The helper is told by number with the day it was due, and can be replaced."""
        case = identified()
        case.assign_helper("H1", acting(9), due_on=DAY, limit_confirmed=False)
        case.announce(acting(10))
        case.assign_helper("H2", acting(20), due_on=DAY, limit_confirmed=False)
        assert ["H1", "H2"] == [fact.helper_no for fact in facts(case, HelperFixed)]

    def test_rolled_back(self):
        """After a roll-back the household is monitored again, with a code as reason."""
        case = eliminated()
        case.roll_back("rigid_spending", acting(201))
        assert (CaseState.MONITORED, None, "rigid_spending") == (
            case.state,
            case.eliminated_on,
            facts(case, RolledBack)[0].reason,
        )

    def test_open_or_not(self):
        """A household is free for a new case only when this one is eliminated, rejected or closed."""
        closed = {CaseState.ELIMINATED, CaseState.REJECTED, CaseState.CLOSED}
        assert closed == {state for state, build in BUILDERS.items() if not build().is_open}

    def test_steps_are_numbered_without_gaps(self):
        """The sequence of a whole life is 1, 2, 3, …"""
        case = monitored()
        assert list(range(1, case.steps + 1)) == [fact.sequence for fact in facts(case, Advanced)]
