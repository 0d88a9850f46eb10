from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.measure import Answer, MeasureStatus
from services.monitoring.domain.measure_errors import (
    AnswerDayError,
    MeasureOfOtherUnitError,
    PersonNotCapableError,
    PlanClosedError,
    PlanDayError,
    PlanTooEarlyError,
    RiskNotCoveredError,
    UnknownDeclineReasonError,
    UnknownRiskError,
)
from services.monitoring.service_layer import case as steps
from services.monitoring.service_layer import measure as measures
from services.monitoring.service_layer.case_decision import NoteRisk, note_risk
from services.monitoring.service_layer.change import RecordChange, record_change
from tests.monitoring.case_kit import ILLNESS, WORK, case_of, move, registered, to_monitored, told
from tests.monitoring.kit import person

IDENTIFIED = date(2022, 7, 9)


@pytest.fixture
def case_id(service, clock) -> str:
    """A monitored household of two labourers, at risk by illness."""
    made = case_of(service, registered(service))
    to_monitored(service, clock, made)
    return made


def plan_of(service, case_id):
    with service.uow() as uow:
        return uow.plans.find(case_id)


def propose(service, case_id):
    return measures.plan_measures(
        measures.PlanMeasures(case_id=case_id), service.uow(), service.measure_rules
    )


def add(service, case_id, category, code, risk=ILLNESS, person_id=None) -> str:
    command = measures.AddMeasure(
        case_id=case_id, risk=risk, category=category, code=code, person_id=person_id
    )
    return measures.add_measure(command, service.uow(), service.measure_rules)


def ask(service, case_id):
    return measures.request_measures(
        measures.RequestMeasures(case_id=case_id), service.uow(), service.measure_rules, service.case_policy
    )


def test_illness_reaches_two_other_services(service, case_id):
    """An illness with labour asks health insurance, employment and finance, within a month."""
    propose(service, case_id)
    ask(service, case_id)
    asked = {event["service"]: event for event in told(service, "measure_requested")}
    assert {"monitoring", "employment", "finance"} == set(asked)
    assert ("县人社局", "2022-08-09", True) == (
        asked["employment"]["department"],
        asked["employment"]["due_on"],
        "person_id" in asked["employment"],
    )


def test_proposing_twice(service, case_id):
    """The second proposal adds nothing; a new risk adds what answers it."""
    propose(service, case_id)
    assert () == propose(service, case_id)
    note_risk(NoteRisk(case_id=case_id, risk="100A27003"), service.uow())
    assert ["100A50"] == [measure.category for measure in propose(service, case_id)]


def decline(service, case_id, measure):
    """The unit that was asked says no."""
    with service.uow() as uow:
        plan = uow.plans.get(case_id)
        said = Answer(f"no-{measure.id}", MeasureStatus.DECLINED, IDENTIFIED, "other")
        answered = replace(measure, answers=(said,))
        plan.measures = tuple(answered if one.id == measure.id else one for one in plan.measures)
        uow.plans.save(plan)
        uow.commit()


@pytest.mark.parametrize("category", ["100A45", "100A40", "100A41"])
def test_what_was_declined_is_not_proposed_again(service, case_id, category):
    """After a unit declined, proposing again does not ask it for the same; a risk left open gets another."""
    propose(service, case_id)
    (measure,) = [one for one in ask(service, case_id) if one.category == category]
    decline(service, case_id, measure)
    again = [(one.category, one.code) for one in propose(service, case_id)]
    assert (category, measure.code) not in again
    assert (category == "100A45") == bool(again)
    assert () == propose(service, case_id)


def test_declined_is_proposed_again_when_nothing_else_is_left(service, case_id):
    """Of what answers a risk everything was declined: the plan begins again rather than stay without."""
    propose(service, case_id)
    first = {(one.category, one.code) for one in ask(service, case_id)}
    for _ in range(9):
        for measure in plan_of(service, case_id).measures:
            if measure.status is not MeasureStatus.DECLINED:
                decline(service, case_id, measure)
        proposed = {(one.category, one.code) for one in propose(service, case_id)}
        assert proposed
        if proposed & first:
            return
    pytest.fail("nothing was proposed again")


def test_without_labour(service, clock):
    """A household nobody of which can work is given social support and nothing developmental."""
    made = case_of(service, registered(service, persons=(person(labour_skill="004"),)))
    to_monitored(service, clock, made)
    assert {"100A45", "100A48"} == {measure.category for measure in propose(service, made)}


def test_not_before_the_county_decided(service):
    """Measures wait for identification; with the green channel they do not."""
    made = case_of(service, registered(service))
    with pytest.raises(PlanTooEarlyError):
        propose(service, made)
    steps.put_help_first(steps.PutHelpFirst(case_id=made, note="突发火灾"), service.uow())
    propose(service, made)
    assert {date(2022, 8, 1)} == {measure.due_on for measure in ask(service, made)}


def test_not_of_a_closed_case(service):
    """A case that ended has no plan any more."""
    made = case_of(service, registered(service), help_first=True)
    steps.refuse_authorisation(steps.RefuseAuthorisation(case_id=made), service.uow())
    with pytest.raises(PlanClosedError):
        propose(service, made)


def test_a_confirmed_gap_stops_the_request(service, case_id):
    """A plan without anything against the illness is not sent, and the refusal says what is needed."""
    add(service, case_id, "100A40", "001")
    with pytest.raises(RiskNotCoveredError) as refused:
        ask(service, case_id)
    assert "健康帮扶" in refused.value.text("zh")
    assert [] == told(service, "measure_requested")


def test_a_child_out_of_school_needs_its_measure(service, clock):
    """A dropout nobody has mended stops a plan without the school's help; the proposal has it."""
    household_id = registered(service)
    made = case_of(service, household_id, WORK)
    to_monitored(service, clock, made)
    with service.uow() as uow:
        child = uow.households.get(household_id).members[2].id
    out = RecordChange(
        household_id=household_id, kind="dropout", detail="04", person_id=child, on=date(2022, 7, 2)
    )
    record_change(out, service.uow(), service.thresholds, service.clue_policy)
    add(service, made, "100A40", "001", risk=WORK)
    with pytest.raises(RiskNotCoveredError) as refused:
        ask(service, made)
    assert "义务教育保障" in refused.value.text("zh")
    assert {"100A46"} <= {measure.category for measure in propose(service, made)}
    ask(service, made)


def test_what_cannot_be_added(service, case_id):
    """Not for a risk the case does not have, nor for somebody who is no labourer of the household."""
    with pytest.raises(UnknownRiskError):
        add(service, case_id, "100A45", "003", risk=WORK)
    with pytest.raises(PersonNotCapableError):
        add(service, case_id, "100A40", "001", person_id="somebody")


def test_changed_and_removed(service, case_id):
    """What is only planned can be changed and taken out."""
    first = add(service, case_id, "100A45", "003")
    second = add(service, case_id, "100A45", "004")
    change = measures.ChangeMeasure(
        case_id=case_id, measure_id=first, risk=ILLNESS, category="100A45", code="002"
    )
    measures.change_measure(change, service.uow(), service.measure_rules)
    measures.remove_measure(measures.RemoveMeasure(case_id=case_id, measure_id=second), service.uow())
    assert [(first, "002")] == [(one.id, one.code) for one in plan_of(service, case_id).measures]


def test_not_asked_before_the_county_decided(service, case_id):
    """What is asked for cannot be dated before identification."""
    propose(service, case_id)
    early = measures.RequestMeasures(case_id=case_id, on=IDENTIFIED - timedelta(days=1))
    with pytest.raises(PlanDayError):
        measures.request_measures(early, service.uow(), service.measure_rules, service.case_policy)
    assert [] == told(service, "measure_requested")


def test_help_first_cannot_come_before_the_case(service):
    """With the green channel the day the case was opened is the first."""
    made = case_of(service, registered(service), help_first=True)
    early = measures.PlanMeasures(case_id=made, on=date(2022, 6, 30))
    with pytest.raises(PlanDayError):
        measures.plan_measures(early, service.uow(), service.measure_rules)


def test_withdrawn_of_an_eliminated_case(service, case_id):
    """What is still open when a case ended otherwise can be taken back by hand."""
    propose(service, case_id)
    asked = ask(service, case_id)
    with service.uow() as uow:
        case = uow.cases.get(case_id)
        case.eliminate(Acting(IDENTIFIED + timedelta(days=1)))
        uow.cases.save(case)
        uow.commit()
    withdraw = measures.WithdrawMeasure(case_id=case_id, measure_id=asked[0].id, note="风险已消除")
    measures.withdraw_measure(withdraw, service.uow())
    assert ["withdrawn"] == [one["status"] for one in told(service, "measure_recorded")]


class TestDepartmentsWithoutAService:
    @pytest.fixture
    def measure_id(self, service, case_id) -> str:
        propose(service, case_id)
        return next(one.id for one in ask(service, case_id) if one.category == "100A45")

    def test_delivered(self, service, measure_id):
        """Accepted, then delivered: both are told with rising versions."""
        answer = {"measure_id": measure_id, "unit": "县医保局"}
        measures.record_acceptance(measures.RecordAcceptance(**answer), service.uow())
        measures.record_delivery(measures.RecordDelivery(**answer), service.uow())
        assert [("accepted", 1), ("delivered", 4)] == [
            (event["status"], event["version"]) for event in told(service, "measure_recorded")
        ]

    @pytest.mark.parametrize("record", ["acceptance", "delivery", "decline"])
    def test_not_before_it_was_asked(self, service, measure_id, record):
        """An answer of the day before the request is refused, and nothing is told."""
        given = {"measure_id": measure_id, "unit": "县医保局", "on": date(2022, 7, 9)}
        commands: dict[str, tuple[Any, Any]] = {
            "acceptance": (measures.record_acceptance, measures.RecordAcceptance(**given)),
            "delivery": (measures.record_delivery, measures.RecordDelivery(**given)),
            "decline": (measures.record_decline, measures.RecordDecline(**given, reason="no_funds")),
        }
        answer, command = commands[record]
        with pytest.raises(AnswerDayError):
            answer(command, service.uow())
        assert [] == told(service, "measure_recorded")

    @pytest.mark.parametrize("reason", ["户主赵甲一患癌症", "not_willing 13812345678", "NO_FUNDS"])
    def test_declined_in_words(self, service, measure_id, reason):
        """A reason is a code: what somebody wrote would be published."""
        decline = measures.RecordDecline(measure_id=measure_id, unit="县医保局", reason=reason)
        with pytest.raises(UnknownDeclineReasonError):
            measures.record_decline(decline, service.uow())

    def test_the_note_stays(self, service, measure_id):
        """The note of a refusal is kept and not published; ``other`` cannot do without one."""
        given = {"measure_id": measure_id, "unit": "县医保局", "reason": "other"}
        with pytest.raises(ReasonMissingError):
            measures.record_decline(measures.RecordDecline(**given), service.uow())
        measures.record_decline(measures.RecordDecline(**given, note="赵甲一已去世"), service.uow())
        (event,) = told(service, "measure_recorded")
        assert ("other", False) == (event["reason"], "赵甲一" in str(event))

    def test_of_another_unit(self, service, measure_id):
        """Another department can't answer for it."""
        with pytest.raises(MeasureOfOtherUnitError):
            measures.record_acceptance(
                measures.RecordAcceptance(measure_id=measure_id, unit="县民政局"), service.uow()
            )

    def test_declined_and_replanned(self, service, clock, case_id, measure_id):
        """A declined measure waits; re-planned, another is asked for in its place within a month."""
        decline = measures.RecordDecline(measure_id=measure_id, unit="县医保局", reason="not_insured")
        measures.record_decline(decline, service.uow())
        assert [measure_id] == [one.id for one in plan_of(service, case_id).to_replan]

        move(clock, date(2022, 9, 1))
        replacement = measures.replan_measure(
            measures.ReplanMeasure(case_id=case_id, measure_id=measure_id),
            service.uow(),
            service.measure_rules,
            service.case_policy,
        )

        assert (measure_id, date(2022, 10, 1)) == (replacement.replaces, replacement.due_on)
        assert measure_id == told(service, "measure_requested")[-1]["replaces"]
        assert () == plan_of(service, case_id).to_replan

    def test_withdrawn(self, service, case_id, measure_id):
        """What was asked can be taken back, which the county hears."""
        withdraw = measures.WithdrawMeasure(case_id=case_id, measure_id=measure_id, note="重复下达")
        measures.withdraw_measure(withdraw, service.uow())
        assert ["withdrawn"] == [event["status"] for event in told(service, "measure_recorded")]
        statuses = {one.id: one.status for one in plan_of(service, case_id).measures}
        assert MeasureStatus.WITHDRAWN == statuses[measure_id]


def test_asked_late(service, clock, case_id):
    """Asked more than a month after identification, it is due a month from then."""
    move(clock, IDENTIFIED + timedelta(days=60))
    propose(service, case_id)
    assert {date(2022, 10, 7)} == {measure.due_on for measure in ask(service, case_id)}
