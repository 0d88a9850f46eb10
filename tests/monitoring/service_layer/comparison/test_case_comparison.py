"""Departments answer about a household; nobody is rejected by it, and nobody is asked twice."""

from datetime import date

import pytest

from services.monitoring.adapters.tables import case_comparisons, cases, unmaskings
from services.monitoring.domain.comparison.case_comparison import RequestState
from services.monitoring.domain.comparison.errors import CaseComparisonClosedError, NotOursError
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from services.monitoring.service_layer.comparison.case_comparison import (
    AnswerCaseComparison,
    Found,
    UnmaskAsked,
    answer_case_comparison,
    ask_departments,
    unmask_asked,
    withdraw_requests,
)
from tests.monitoring.comparison_kit import kept

ON = date(2022, 7, 1)


@pytest.fixture
def case_id(service, household):
    """A case that was sent for comparison."""
    report = ReportClue(household_id=household, risk="100A27001", source="01", on=ON)
    clue = report_clue(report, service.uow(), service.clue_policy)
    one = verify_clue(VerifyClue(clue_id=clue, outcome="risk", on=ON), service.uow())
    assert one is not None
    steps.sign_authorisation(steps.SignAuthorisation(case_id=one), service.uow())
    steps.send_for_comparison(steps.SendForComparison(case_id=one), service.uow())
    return one


def request_of(service, unit):
    found = kept(service, case_comparisons, "id", "department")
    return next(id_ for id_, department in found if department == unit)


def answer(service, unit, *found, by_unit=None):
    command = AnswerCaseComparison(comparison_id=request_of(service, unit), found=found, unit=by_unit or unit)
    answer_case_comparison(command, service.uow())


def test_finding_leaves_the_case_where_it_is(service, case_id):
    """A car is found: the answer is kept, and the case waits for the county to record it."""
    answer(service, "县公安局", Found(check="vehicle", note="名下有小轿车一辆"))
    with service.uow() as uow:
        one = uow.case_comparisons.get(request_of(service, "县公安局"))
    assert (("vehicle",), RequestState.ANSWERED) == (one.hits, one.state)
    assert [("review", "comparing")] == kept(service, cases, "state", "comparison")


def test_answer_is_told(service, case_id, outbox):
    """The county learns who has answered, of which push."""
    answer(service, "县公安局")
    (told,) = outbox("monitoring.push_answered.v1")
    assert ("县公安局", request_of(service, "县公安局")) == (told["department"], told["push_id"])


def test_department_answers_for_itself(service, case_id):
    """Another department's request is refused."""
    with pytest.raises(NotOursError):
        answer(service, "县公安局", by_unit="县医保局")


def test_nobody_is_asked_twice_in_a_round(service, case_id, outbox):
    """Asked again, the requests are those there are."""
    before = len(kept(service, case_comparisons))
    with service.uow() as uow:
        ask_departments({case_id}, uow, service.comparison)
        uow.commit()
    assert (before, before) == (
        len(kept(service, case_comparisons)),
        len(outbox("monitoring.push_sent.v1")),
    )


def test_withdrawing_leaves_answers_alone(service, case_id):
    """Who has answered has answered; the others need not any more."""
    answer(service, "县公安局")
    with service.uow() as uow:
        withdraw_requests({case_id}, uow)
        uow.commit()
    assert {"answered": 1, "withdrawn": len(kept(service, case_comparisons)) - 1} == {
        state: [one for (one,) in kept(service, case_comparisons, "state")].count(state)
        for state in ("answered", "withdrawn")
    }


def test_numbers_are_shown_while_asked_and_it_is_kept(service, case_id):
    """Who looks the members up sees their numbers, once for each on record; not after the answer."""
    command = UnmaskAsked(comparison_id=request_of(service, "县公安局"), by="gongan", unit="县公安局")
    unmask_asked(command, service.uow())
    assert [("gongan",)] * 3 == kept(service, unmaskings, "by")
    answer(service, "县公安局")
    with pytest.raises(CaseComparisonClosedError):
        unmask_asked(command, service.uow())
