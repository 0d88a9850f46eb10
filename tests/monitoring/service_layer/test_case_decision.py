from datetime import date

import pytest

from services.monitoring.domain.case_errors import (
    ClassDoesNotFitError,
    IncomePeriodError,
    StepNotPermittedError,
)
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.errors import InvalidNumberError, RiskDetailMissingError
from services.monitoring.service_layer.case_decision import (
    AssignHelper,
    CountyDecide,
    NoteRisk,
    assign_helper,
    county_decide,
    note_risk,
)
from services.monitoring.service_layer.income import RecordIncome, record_income
from shared.kernel.period import Days
from tests.monitoring.case_kit import (
    ILLNESS,
    WORK,
    case_of,
    registered,
    to_county_approval,
    to_monitored,
    told,
)


@pytest.fixture
def household_id(service) -> str:
    return registered(service)


@pytest.fixture
def case_id(service, household_id) -> str:
    return case_of(service, household_id)


def state(service, case_id) -> CaseState:
    with service.uow() as uow:
        return uow.cases.get(case_id).state


def decide(service, case_id, decision, note="", monitored_class="100A03001"):
    command = CountyDecide(case_id=case_id, decision=decision, monitored_class=monitored_class, note=note)
    return county_decide(command, service.uow(), service.case_policy)


def test_identified(service, clock, household_id, case_id):
    """Identification is told with class, risks and due day, and the household counts as monitored."""
    to_monitored(service, clock, case_id)
    (event,) = told(service, "case_identified")
    assert ("100A03001", [ILLNESS], "2022-07-01", "2022-07-16", "2022-07-09") == (
        event["monitored_class"],
        event["risks"],
        event["first_clue_on"],
        event["due_on"],
        event["occurred_on"],
    )
    with service.uow() as uow:
        assert "100A03001" == uow.households.get(household_id).household_type


def test_a_class_that_does_not_fit(service, clock, case_id):
    """A lifted-out household can't be marginal; the case stays with the county and nothing is told."""
    to_county_approval(service, clock, case_id)
    with pytest.raises(ClassDoesNotFitError):
        decide(service, case_id, "approve", monitored_class="100A03002")
    assert (CaseState.COUNTY_APPROVAL, []) == (state(service, case_id), told(service, "case_identified"))


def test_the_income_check_is_shown(service, clock, case_id):
    """Without a ledger the check says so; it refuses nobody."""
    to_county_approval(service, clock, case_id)
    assert decide(service, case_id, "approve").fits is None


def test_an_old_ledger_needs_a_reason(service, clock, household_id, case_id):
    """The county cannot decide on income of 2017 without saying why; the check names its months."""
    months = Days(date(2017, 1, 1), date(2017, 12, 31))
    old = RecordIncome(household_id=household_id, items={"A1": 600_000}, period=months, on=date(2022, 7, 1))
    record_income(old, service.uow(), service.line)
    to_county_approval(service, clock, case_id)
    with pytest.raises(IncomePeriodError):
        decide(service, case_id, "approve")
    check = decide(service, case_id, "approve", note="台账正在更新，综合判断")
    assert (None, True) == (check.fits, "2017-01—2017-12" in check.zh)


def test_a_ledger_of_the_reference_period(service, clock, household_id, case_id):
    """The twelve whole months before the month of the decision are compared as they are."""
    now = RecordIncome(household_id=household_id, items={"A1": 600_000}, on=date(2022, 7, 1))
    record_income(now, service.uow(), service.line)
    to_county_approval(service, clock, case_id)
    assert decide(service, case_id, "approve").fits is True


@pytest.mark.parametrize(
    ("decision", "expected"), [("return", CaseState.TOWN_REVIEW), ("refuse", CaseState.REJECTED)]
)
def test_not_approved(service, clock, case_id, decision, expected):
    """The county returns a case to the town, or refuses it."""
    to_county_approval(service, clock, case_id)
    decide(service, case_id, decision, note="情况不实")
    assert expected == state(service, case_id)


def test_helper(service, clock, case_id):
    """The helper is told by number, due five working days after identification, marked unconfirmed."""
    to_monitored(service, clock, case_id)
    assign_helper(AssignHelper(case_id=case_id, helper_no="B-017"), service.uow(), service.case_policy)
    (event,) = told(service, "helper_assigned")
    assert ("B-017", "2022-07-15", False) == (event["helper_no"], event["due_on"], event["limit_confirmed"])


@pytest.mark.parametrize("helper_no", ["张三", "B 017", "13812345678", "610327198001011234", "B" * 21])
def test_a_helper_is_a_number(service, clock, case_id, helper_no):
    """A name, a telephone or ID number and a long text are refused: the number is published."""
    to_monitored(service, clock, case_id)
    command = AssignHelper(case_id=case_id, helper_no=helper_no)
    with pytest.raises(InvalidNumberError) as refused:
        assign_helper(command, service.uow(), service.case_policy)
    assert helper_no not in str(refused.value.details)
    assert [] == told(service, "helper_assigned")


def test_no_helper_before_identification(service, case_id):
    """A household that is not identified has no helper yet."""
    with pytest.raises(StepNotPermittedError):
        assign_helper(AssignHelper(case_id=case_id, helper_no="B-017"), service.uow(), service.case_policy)


def test_a_further_risk_that_needs_more(service, clock, case_id):
    """A disaster noted by hand needs its kind, which stays with the case."""
    to_monitored(service, clock, case_id)
    given = {"case_id": case_id, "risk": "100A27006"}
    with pytest.raises(RiskDetailMissingError):
        note_risk(NoteRisk(**given), service.uow())
    note_risk(NoteRisk(**given, detail="005"), service.uow())
    with service.uow() as uow:
        assert {"100A27006": "005"} == uow.cases.get(case_id).risk_details


def test_a_further_risk(service, clock, case_id):
    """A risk found later is added to the monitored household's case."""
    to_monitored(service, clock, case_id)
    note_risk(NoteRisk(case_id=case_id, risk=WORK, on=date(2022, 7, 10)), service.uow())
    with service.uow() as uow:
        assert (ILLNESS, WORK) == uow.cases.get(case_id).risks
