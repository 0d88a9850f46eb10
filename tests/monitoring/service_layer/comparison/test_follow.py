"""What follows in the same transaction: warnings to their outcome, differences that have gone, requests."""

from datetime import date

import pytest

from services.monitoring.adapters.tables import case_comparisons, comparison_differences, department_warnings
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import case_decision as decision
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from services.monitoring.service_layer.comparison.follow import close_settled, follow
from services.monitoring.service_layer.member import CorrectMember, correct_member
from shared.kernel.clock import at_hour
from tests.monitoring.comparison_kit import cost, deliver, differences, insured, kept, warnings


@pytest.fixture
def clue(service, household):
    """The clue that a warning became."""
    deliver(service, "medical_cost", cost(inpatient=2_000_000))
    return kept(service, department_warnings, "clue_id")[0][0]


def verify(service, clue, outcome):
    return verify_clue(
        VerifyClue(clue_id=clue, outcome=outcome, on=date(2022, 7, 1), by="acc1"), service.uow()
    )


def told(outbox):
    return [(one["outcome"], one["sequence"]) for one in outbox("monitoring.warning_checked.v1")]


def sent(service, case_id):
    steps.sign_authorisation(steps.SignAuthorisation(case_id=case_id), service.uow())
    steps.send_for_comparison(steps.SendForComparison(case_id=case_id), service.uow())


def test_no_risk_ends_the_warning(service, clue, outbox):
    """Checked without risk, the warning is closed and the county told."""
    verify(service, clue, "no_risk")
    assert ([("YB-02", "no_risk", "202206")], [("no_risk", 1)]) == (warnings(service), told(outbox))


def test_risk_goes_into_the_procedure_and_to_its_end(service, clue, outbox):
    """The case's rejection is the warning's, with a higher sequence."""
    case_id = verify(service, clue, "risk")
    steps.refuse_authorisation(steps.RefuseAuthorisation(case_id=case_id), service.uow())
    assert ([("YB-02", "rejected", "202206")], [("risk", 1), ("rejected", 2)]) == (
        warnings(service),
        told(outbox),
    )


def test_identification_is_the_warning_s(service, clue, outbox):
    """The county identifies the household: the warning was right."""
    case_id = verify(service, clue, "risk")
    sent(service, case_id)
    steps.record_vote(steps.RecordVote(case_id=case_id, agree=20), service.uow())
    steps.start_notice(steps.StartNotice(case_id=case_id), service.uow(), service.case_policy)
    steps.record_comparison(steps.RecordComparison(case_id=case_id), service.uow(), service.case_policy)
    service.clock.set(at_hour(date(2022, 7, 8), 10))
    steps.end_notice(steps.EndNotice(case_id=case_id), service.uow())
    steps.town_review(steps.TownReview(case_id=case_id, passed=True), service.uow())
    decide = decision.CountyDecide(
        case_id=case_id, decision="approve", monitored_class="100A03002", note="医疗支出较大"
    )
    decision.county_decide(decide, service.uow(), service.case_policy)
    assert ("identified", [("risk", 1), ("identified", 2)]) == (warnings(service)[0][1], told(outbox))


def test_second_report_of_a_checked_clue_leaves_the_first_warning(service, clue, household):
    """A warning that was closed is not opened by the next report of the same clue."""
    verify(service, clue, "no_risk")
    report = ReportClue(household_id=household, risk="100A27001", source="01", on=date(2022, 7, 1))
    assert clue == report_clue(report, service.uow(), service.clue_policy)
    verify(service, clue, "risk")
    assert [("YB-02", "no_risk", "202206")] == warnings(service)


def test_corrected_member_closes_the_difference(service, household, people_of, outbox):
    """The village corrects the register as always, and the difference is gone without another click."""
    deliver(service, "insured", insured(yes=False))
    head = people_of(household)[0]
    command = CorrectMember(
        household_id=household, person_id=head.id, changes={"resident_insurance": False}, on=date(2022, 7, 1)
    )
    correct_member(command, service.uow(), service.checks)
    assert [("insured", "no", "yes", "closed", "register_corrected")] == differences(service)


def test_departments_are_asked_with_the_step_and_withdrawn_with_the_record(service, clue, outbox):
    """Sent: each owner of data is asked once. Recorded by the county: who has not answered is let go."""
    case_id = verify(service, clue, "risk")
    sent(service, case_id)
    asked = {one["department"] for one in outbox("monitoring.push_sent.v1")}
    assert {"县公安局", "县住建局", "县市场监管局"} <= asked
    assert {("asked",)} == set(kept(service, case_comparisons, "state"))
    steps.record_comparison(steps.RecordComparison(case_id=case_id), service.uow(), service.case_policy)
    assert {("withdrawn",)} == set(kept(service, case_comparisons, "state"))


def test_nothing_follows_from_nothing(service, household):
    """A transaction that tells of nothing here changes nothing."""
    with service.uow() as uow:
        follow((), uow, service.comparison)
        close_settled({household}, uow)
    assert [] == kept(service, comparison_differences)


@pytest.fixture
def people_of(service):
    def members_of(household_id):
        with service.uow() as uow:
            return uow.households.get(household_id).members

    return members_of
