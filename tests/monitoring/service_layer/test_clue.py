from datetime import date

import pytest

from services.monitoring.domain.clue import clue_id_of
from services.monitoring.domain.errors import (
    ClueClosedError,
    HelpFirstWithoutRiskError,
    NotMonitoredError,
    ReasonMissingError,
    RiskDetailMissingError,
)
from services.monitoring.service_layer.change import RecordChange, record_change
from services.monitoring.service_layer.clue import ReportClue, VerifyClue, report_clue, verify_clue
from services.monitoring.service_layer.household import CorrectHousehold, correct_household
from services.monitoring.service_layer.visit import RecordVisit, record_visit
from shared.contracts.codes import UnknownCodeError
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, OTHER_VILLAGE

REPORTED = "monitoring.clue_reported.v1"
LATER = date(2022, 6, 20)


def report(service, household, risk="100A27001", **given):
    told = {"household_id": household, "risk": risk, "source": "03", "on": DAY} | given
    return report_clue(ReportClue(**told), service.uow(), service.clue_policy)


def verify(service, clue, outcome, **given):
    told = {"clue_id": clue, "outcome": outcome, "on": LATER} | given
    return verify_clue(VerifyClue(**told), service.uow())


def read(service, clue):
    with service.uow() as uow:
        return uow.clues.get(clue)


def test_reports_of_one_risk_share_a_clue(service, household, outbox):
    """Own report and grid worker's visit in one month meet in one clue; both are told."""
    clue = report(service, household)
    visit = RecordVisit(
        household_id=household, kind="grid", on=date(2022, 6, 10), risk_found=True, risks=("100A27001",)
    )
    record_visit(visit, service.uow(), service.clue_policy)
    one = read(service, clue)
    assert (2, date(2022, 6, 10), date(2022, 6, 13)) == (
        one.reports,
        one.first_reported_on,
        one.verify_due_on,
    )
    assert {clue} == {told["clue_id"] for told in outbox(REPORTED)}


def test_report_after_the_check_opens_the_next_round(service, household):
    """News that comes after "no risk" is not lost: the clue is open again, with its own limit."""
    clue = report(service, household)
    verify(service, clue, "no_risk")
    report(service, household, on=date(2022, 6, 25))
    one = read(service, clue)
    assert (True, 2, None, date(2022, 6, 28)) == (one.is_open, one.round, one.outcome, one.verify_due_on)


def test_no_risk_closes_the_clue(service, household, outbox):
    """A clue without risk is closed and told; no case is opened."""
    assert None is verify(service, report(service, household), "no_risk")
    assert ["no_risk"] == [told["outcome"] for told in outbox("monitoring.clue_verified.v1")]
    assert [] == outbox("monitoring.case_advanced.v1")


def test_verified_risk_opens_a_case(service, household, outbox):
    """A risk opens a case that remembers its clue and when the fifteen days began."""
    clue = report(service, household)
    case_id = verify(service, clue, "risk")
    with service.uow() as uow:
        case = uow.cases.get(case_id)
    assert (("100A27001",), (clue,), DAY) == (case.risks, case.clue_ids, case.first_clue_on)
    assert [case_id] == [told["case_id"] for told in outbox("monitoring.clue_verified.v1")]


def test_second_risk_joins_the_open_case(service, household):
    """Another risk of the household is noted in the case that is open."""
    case_id = verify(service, report(service, household), "risk")
    assert case_id == verify(service, report(service, household, "100A27003"), "risk")
    with service.uow() as uow:
        assert ("100A27001", "100A27003") == uow.cases.get(case_id).risks


@pytest.mark.parametrize(
    ("risk", "lacking", "complete"),
    [
        ("100A27006", {"note": "洪水"}, {"detail": "001"}),
        ("100A27011", {"detail": "001"}, {"note": "家中失火后的债务"}),
    ],
)
def test_a_risk_that_needs_more(service, household, outbox, risk, lacking, complete):
    """A disaster is reported with its kind, another risk with a note; both are kept with the case, untold."""
    with pytest.raises(RiskDetailMissingError):
        report(service, household, risk, **lacking)
    assert [] == outbox(REPORTED)
    case_id = verify(service, report(service, household, risk, **complete), "risk")
    with service.uow() as uow:
        assert {risk: next(iter(complete.values()))} == uow.cases.get(case_id).risk_details
    assert "失火" not in str(outbox())


def test_a_disaster_of_an_unknown_kind(service, household):
    """The kind is a code of its list."""
    with pytest.raises(UnknownCodeError):
        report(service, household, "100A27006", detail="009")


@pytest.mark.parametrize(
    ("risk", "complete"), [("100A27006", {"disaster": "001"}), ("100A27011", {"note": "债务"})]
)
def test_a_visit_says_which(service, household, risk, complete):
    """What a visit finds needs the same; the clue's case has it."""
    found = {"household_id": household, "kind": "grid", "on": DAY, "risk_found": True, "risks": (risk,)}
    with pytest.raises(RiskDetailMissingError):
        record_visit(RecordVisit(**found), service.uow(), service.clue_policy)
    record_visit(RecordVisit(**found, **complete), service.uow(), service.clue_policy)
    case_id = verify(service, clue_id_of(household, risk, DAY), "risk")
    with service.uow() as uow:
        assert {risk: next(iter(complete.values()))} == uow.cases.get(case_id).risk_details


def test_the_kind_comes_with_the_change(service, household):
    """A disaster recorded as a change is of the kind the change says."""
    flood = RecordChange(household_id=household, kind="disaster", detail="002", on=DAY, amount_fen=9_000_000)
    recorded = record_change(flood, service.uow(), service.thresholds, service.clue_policy)
    case_id = verify(service, recorded.clue_id, "risk")
    with service.uow() as uow:
        assert {"100A27006": "002"} == uow.cases.get(case_id).risk_details


def test_a_risk_on_record_is_closed_as_known(service, household, outbox):
    """A second clue of a risk the open case has is no refusal: the household is monitored for it already."""
    case_id = verify(service, report(service, household), "risk")
    again = report(service, household, on=date(2022, 5, 1))
    assert case_id == verify(service, again, "risk")
    assert ["risk", "already_monitored"] == [
        told["outcome"] for told in outbox("monitoring.clue_verified.v1")
    ]
    with service.uow() as uow:
        assert ("100A27001",) == uow.cases.get(case_id).risks


@pytest.mark.parametrize("outcome", ["risk", "already_monitored"])
def test_help_comes_first_for_an_open_case(service, household, outcome):
    """A fire while the case is under way opens the green channel; the reason must be given."""
    case_id = verify(service, report(service, household), "risk")
    fire = report(service, household, "100A27007")
    with pytest.raises(ReasonMissingError):
        verify(service, fire, outcome, help_first=True)
    verify(service, fire, outcome, help_first=True, note="火灾，先行安置")
    with service.uow() as uow:
        assert uow.cases.get(case_id).help_first


def test_no_help_first_without_a_risk(service, household):
    """Where there is no risk nothing can come first."""
    with pytest.raises(HelpFirstWithoutRiskError):
        verify(service, report(service, household), "no_risk", help_first=True)


def test_already_monitored_needs_a_case(service, household, outbox):
    """Without a case nobody is monitored: refused, and the clue stays open."""
    clue = report(service, household)
    with pytest.raises(NotMonitoredError):
        verify(service, clue, "already_monitored")

    assert read(service, clue).is_open
    assert [] == outbox("monitoring.clue_verified.v1")


def test_clue_is_checked_once(service, household, outbox):
    """A second check of the same round is refused and told nowhere."""
    clue = report(service, household)
    verify(service, clue, "no_risk")
    with pytest.raises(ClueClosedError):
        verify(service, clue, "risk")

    assert 1 == len(outbox("monitoring.clue_verified.v1"))


def test_check_from_an_old_page_is_refused(service, household):
    """A report that came in since the page was opened must be seen before the clue is closed."""
    clue = report(service, household)
    seen = read(service, clue).version
    report(service, household, on=date(2022, 6, 16))
    with pytest.raises(StaleVersionError):
        verify(service, clue, "no_risk", version=seen)


@pytest.mark.parametrize("given", [{"risk": "100A27012"}, {"source": "09"}])
def test_unknown_codes_are_refused(service, household, outbox, given):
    """An unknown risk or source is refused and not told."""
    with pytest.raises(UnknownCodeError):
        report(service, household, **given)

    assert [] == outbox(REPORTED)


def test_clue_follows_the_household(service, household, outbox):
    """After the household has moved, the check and the case belong to the new village."""
    clue = report(service, household)
    moved = CorrectHousehold(household_id=household, changes={"area_code": OTHER_VILLAGE}, on=DAY)
    correct_household(moved, service.uow())
    verify(service, clue, "risk")
    told = outbox("monitoring.clue_verified.v1") + outbox("monitoring.case_advanced.v1")
    assert {OTHER_VILLAGE} == {event["area_code"] for event in told}
