from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.case_errors import HouseholdHasOpenCaseError
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.elimination import EliminationState
from services.monitoring.domain.elimination_errors import (
    CaseNotMonitoredError,
    CriterionNotMetError,
    CriterionReasonError,
    EliminationOpenError,
    NoLabourError,
    SnapshotIncompleteError,
)
from services.monitoring.domain.measure import Answer, MeasureStatus
from services.monitoring.service_layer import elimination as eliminations
from services.monitoring.service_layer import measure as measures
from services.monitoring.service_layer.income import RecordIncome, record_income
from tests.monitoring.case_kit import case_of, move, registered, to_monitored, told
from tests.monitoring.kit import person

SPRING = date(2023, 3, 1)
FINDINGS: dict[str, Any] = {
    "rigid_spending_solved": True,
    "risks_removed": True,
    "income_stable": True,
    "signed": True,
}


@pytest.fixture
def household_id(service) -> str:
    return registered(service)


@pytest.fixture
def case_id(service, clock, household_id) -> str:
    """A household monitored since July 2022, every measure delivered in August; now it is March 2023."""
    made = case_of(service, household_id)
    to_monitored(service, clock, made)
    help_with(service, made)
    move(clock, SPRING)
    return made


def help_with(service, case_id) -> None:
    measures.plan_measures(measures.PlanMeasures(case_id=case_id), service.uow(), service.measure_rules)
    asked = measures.request_measures(
        measures.RequestMeasures(case_id=case_id), service.uow(), service.measure_rules, service.case_policy
    )
    with service.uow() as uow:
        day = date(2022, 8, 1)
        uow.plans.take_answers(
            [(one.id, Answer(f"a-{one.id}"[:36], MeasureStatus.DELIVERED, day)) for one in asked]
        )
        uow.commit()


def earn(service, household_id, wage_fen: int) -> None:
    """Put a ledger of the last twelve whole months on record."""
    record_income(
        RecordIncome(
            household_id=household_id,
            items={"A1": wage_fen},
            on=SPRING,
        ),
        service.uow(),
        service.line,
    )


def propose(service, case_id, way="01") -> str:
    command = eliminations.ProposeElimination(case_id=case_id, way=way)
    return eliminations.propose_elimination(command, service.uow(), service.case_policy)


def to_county(service, clock, elimination_id, **findings) -> None:
    one: dict[str, Any] = {"elimination_id": elimination_id}
    eliminations.record_elimination_visit(
        eliminations.RecordEliminationVisit(**one, **FINDINGS | findings), service.uow()
    )
    eliminations.record_elimination_vote(eliminations.RecordEliminationVote(**one, agree=20), service.uow())
    eliminations.start_elimination_notice(
        eliminations.StartEliminationNotice(**one), service.uow(), service.case_policy
    )
    move(clock, date(2023, 3, 6))
    eliminations.end_elimination_notice(eliminations.EndEliminationNotice(**one), service.uow())
    eliminations.review_elimination(eliminations.ReviewElimination(**one, passed=True), service.uow())


def decide(service, elimination_id, note="", *, approve=True) -> None:
    eliminations.decide_elimination(
        eliminations.DecideElimination(elimination_id=elimination_id, approve=approve, note=note),
        service.uow(),
        service.case_policy,
    )


def state(service, case_id) -> CaseState:
    with service.uow() as uow:
        return uow.cases.get(case_id).state


def test_the_whole_way(service, clock, household_id, case_id):
    """Proposed, visited, voted, on notice, reviewed, approved: eliminated, and the county hears."""
    earn(service, household_id, 9_000_000)
    elimination_id = propose(service, case_id)
    to_county(service, clock, elimination_id)
    decide(service, elimination_id)

    assert CaseState.ELIMINATED == state(service, case_id)
    (event,) = told(service, "risk_eliminated")
    assert ("01", True, True, True) == (
        event["way"],
        event["assessed"],
        event["publicised"],
        event["signed"],
    )
    with service.uow() as uow:
        snapshot = uow.eliminations.get(elimination_id).snapshot
    assert (9_000_000, 3_000_000, False) == (snapshot.wage_fen, snapshot.net_per_head_fen, snapshot.dropout)


def test_an_unconfirmed_line_needs_a_reason(service, clock, household_id, case_id):
    """Below this year's unconfirmed line the county may approve, with a reason in writing."""
    earn(service, household_id, 300_000)
    elimination_id = propose(service, case_id)
    to_county(service, clock, elimination_id)
    with pytest.raises(CriterionReasonError):
        decide(service, elimination_id)
    decide(service, elimination_id, note="家庭资产与实际支出综合判断")
    assert CaseState.ELIMINATED == state(service, case_id)


def test_a_broken_safeguard_refuses(service, clock, household_id, case_id):
    """A child out of school at the visit stops the approval, and the case stays monitored."""
    earn(service, household_id, 9_000_000)
    elimination_id = propose(service, case_id)
    to_county(service, clock, elimination_id, dropout=True)
    with pytest.raises(CriterionNotMetError):
        decide(service, elimination_id, note="综合判断")
    decide(service, elimination_id, note="孩子尚未返校", approve=False)
    assert CaseState.MONITORED == state(service, case_id)
    with service.uow() as uow:
        assert EliminationState.KEPT == uow.eliminations.get(elimination_id).state


def test_without_a_ledger(service, clock, case_id):
    """Without an income ledger the record after elimination is incomplete."""
    elimination_id = propose(service, case_id)
    to_county(service, clock, elimination_id)
    with pytest.raises(SnapshotIncompleteError):
        decide(service, elimination_id, note="综合判断")


def test_objections(service, clock, case_id):
    """An upheld objection keeps the household under monitoring; another elimination may follow."""
    first = propose(service, case_id)
    one: dict[str, Any] = {"elimination_id": first}
    eliminations.record_elimination_visit(
        eliminations.RecordEliminationVisit(**one, **FINDINGS), service.uow()
    )
    eliminations.record_elimination_vote(eliminations.RecordEliminationVote(**one, agree=20), service.uow())
    eliminations.start_elimination_notice(
        eliminations.StartEliminationNotice(**one), service.uow(), service.case_policy
    )
    number = eliminations.raise_elimination_objection(
        eliminations.RaiseEliminationObjection(**one, note="收入不稳"), service.uow()
    )
    eliminations.resolve_elimination_objection(
        eliminations.ResolveEliminationObjection(**one, number=number, upheld=True, note="属实"),
        service.uow(),
    )
    assert first != propose(service, case_id)


def test_one_at_a_time(service, case_id):
    """While one is open, a second is refused."""
    propose(service, case_id)
    with pytest.raises(EliminationOpenError):
        propose(service, case_id)


def test_too_early(service, clock, household_id):
    """Days after identification the proposal is refused."""
    made = case_of(service, household_id)
    to_monitored(service, clock, made)
    with pytest.raises(CriterionNotMetError):
        propose(service, made)


def test_only_the_monitored(service, household_id):
    """A case that is only verified has nothing to eliminate."""
    with pytest.raises(CaseNotMonitoredError):
        propose(service, case_of(service, household_id))


def test_nobody_can_work(service, clock):
    """A whole household without labour is not eliminated by help, months after everything was delivered."""
    made = case_of(service, registered(service, persons=(person(labour_skill="004"),)))
    to_monitored(service, clock, made)
    help_with(service, made)
    move(clock, SPRING)
    with pytest.raises(NoLabourError):
        propose(service, made)


class TestRollBack:
    @pytest.fixture
    def eliminated(self, service, clock, household_id, case_id) -> str:
        earn(service, household_id, 9_000_000)
        elimination_id = propose(service, case_id)
        to_county(service, clock, elimination_id)
        decide(service, elimination_id)
        return case_id

    def roll_back(self, service, case_id) -> None:
        command = eliminations.RollBackElimination(case_id=case_id, reason="income", note="收入大幅下降")
        eliminations.roll_back_elimination(command, service.uow())

    def test_monitored_again(self, service, eliminated):
        """The household is monitored again, and the county hears a code only."""
        self.roll_back(service, eliminated)
        assert CaseState.MONITORED == state(service, eliminated)
        assert ["income"] == [event["reason"] for event in told(service, "elimination_rolled_back")]

    def test_not_beside_another_case(self, service, household_id, eliminated):
        """A new risk opened another case, by the full procedure: the old one stays as it is."""
        case_of(service, household_id, on=date(2023, 3, 6))
        with pytest.raises(HouseholdHasOpenCaseError):
            self.roll_back(service, eliminated)
        assert CaseState.ELIMINATED == state(service, eliminated)
