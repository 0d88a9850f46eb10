from datetime import date, timedelta

import pytest

from services.monitoring.domain.case_errors import StepInFutureError, UnknownCheckError, VoteMissingError
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.notice_text import sensitive_kinds
from services.monitoring.service_layer import case as steps
from shared.kernel.errors import Refusal, StaleVersionError
from tests.monitoring.case_kit import case_of, move, registered, told

TODAY = date(2022, 7, 1)


@pytest.fixture
def case_id(service) -> str:
    return case_of(service, registered(service))


def read(service, case_id):
    with service.uow() as uow:
        return uow.cases.get(case_id)


def to_review(service, case_id) -> None:
    steps.sign_authorisation(steps.SignAuthorisation(case_id=case_id), service.uow())
    steps.send_for_comparison(steps.SendForComparison(case_id=case_id), service.uow())


def to_publicity(service, case_id) -> None:
    to_review(service, case_id)
    steps.record_vote(steps.RecordVote(case_id=case_id, agree=20), service.uow())
    steps.start_notice(steps.StartNotice(case_id=case_id), service.uow(), service.case_policy)


def test_each_step_is_told(service, case_id):
    """Every step is published with its number; what was noted stays in the office."""
    steps.sign_authorisation(
        steps.SignAuthorisation(case_id=case_id, note="电话 13891234567", by="acc1"), service.uow()
    )
    events = told(service, "case_advanced")
    assert [("open", 1), ("sign_authorisation", 2)] == [(one["step"], one["sequence"]) for one in events]
    assert "13891234567" not in str(events)


def test_a_refused_step_keeps_nothing(service, case_id):
    """A refusal leaves the case, its history and the outbox as they were."""
    before, events = read(service, case_id), told(service)
    with pytest.raises(Refusal):
        steps.end_notice(steps.EndNotice(case_id=case_id), service.uow())
    assert (before, events) == (read(service, case_id), told(service))


def test_a_stale_page(service, case_id):
    """A command with the version of an older page is refused and changes nothing."""
    version = read(service, case_id).version
    steps.sign_authorisation(steps.SignAuthorisation(case_id=case_id, version=version), service.uow())
    with pytest.raises(StaleVersionError):
        steps.send_for_comparison(steps.SendForComparison(case_id=case_id, version=version), service.uow())
    assert CaseState.VERIFIED == read(service, case_id).state


def test_not_tomorrow(service, case_id):
    """A step can't be dated after today."""
    with pytest.raises(StepInFutureError):
        steps.sign_authorisation(
            steps.SignAuthorisation(case_id=case_id, on=TODAY + timedelta(days=1)), service.uow()
        )


def test_an_unknown_check(service, case_id):
    """Only checks of the policy can be recorded."""
    to_review(service, case_id)
    with pytest.raises(UnknownCheckError):
        steps.record_comparison(
            steps.RecordComparison(case_id=case_id, hits=("yacht",)), service.uow(), service.case_policy
        )


def test_a_notice_needs_a_vote(service, case_id):
    """Nothing is put up before the village has voted."""
    to_review(service, case_id)
    with pytest.raises(VoteMissingError):
        steps.start_notice(steps.StartNotice(case_id=case_id), service.uow(), service.case_policy)


def test_the_notice_is_kept_as_it_hung(service, case_id):
    """The generated text names head and village, and nothing that must not be shown."""
    to_publicity(service, case_id)
    notice = read(service, case_id).notice
    assert all(part in notice.text_zh for part in ("赵甲一", "固关镇", "2022-07-06"))
    assert () == sensitive_kinds(notice.text_zh + notice.text_en)


def test_objections(service, clock, case_id):
    """An objection has a number by which it is resolved; then the notice ends and the town has the case."""
    to_publicity(service, case_id)
    number = steps.raise_objection(steps.RaiseObjection(case_id=case_id, note="认为家中有车"), service.uow())
    steps.resolve_objection(
        steps.ResolveObjection(case_id=case_id, number=number, upheld=False, note="车已报废"), service.uow()
    )
    move(clock, TODAY + timedelta(days=5))
    steps.end_notice(steps.EndNotice(case_id=case_id), service.uow())
    assert CaseState.TOWN_REVIEW == read(service, case_id).state


def test_a_hit_then_not_explained(service, case_id):
    """The rejection is told with its stage and a code."""
    to_review(service, case_id)
    steps.record_comparison(
        steps.RecordComparison(case_id=case_id, hits=("vehicle",)), service.uow(), service.case_policy
    )
    steps.explain(steps.Explain(case_id=case_id, accepted=False, note="无法说明"), service.uow())
    (event,) = told(service, "case_rejected")
    assert ("compare", "not_explained") == (event["stage"], event["reason"])


def test_returned_by_the_town(service, clock, case_id):
    """The town returns a case that was not compared; the village starts its second round."""
    to_publicity(service, case_id)
    move(clock, TODAY + timedelta(days=6))
    steps.end_notice(steps.EndNotice(case_id=case_id), service.uow())
    steps.town_review(steps.TownReview(case_id=case_id, passed=False, note="材料不全"), service.uow())
    to_publicity_again = read(service, case_id)
    assert (CaseState.VERIFIED, 2) == (to_publicity_again.state, to_publicity_again.round)


def test_the_green_channel(service, case_id):
    """Help first is put on record with its reason."""
    steps.put_help_first(steps.PutHelpFirst(case_id=case_id, note="突发火灾"), service.uow())
    assert read(service, case_id).help_first


def test_not_authorised(service, case_id):
    """A household that does not sign is closed, and free for a later case."""
    steps.refuse_authorisation(steps.RefuseAuthorisation(case_id=case_id), service.uow())
    (event,) = told(service, "case_rejected")
    assert ("authorisation", CaseState.CLOSED) == (event["stage"], read(service, case_id).state)
