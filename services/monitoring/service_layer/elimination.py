"""Commands on eliminations (domain 5.1-5.3).

Every command takes besides the fields shown ``on``, ``by``, ``note`` and ``version``::

    propose_elimination(ProposeElimination(case_id=…, way="01"|"02"), uow, policy)  -> elimination id
    record_elimination_visit(RecordEliminationVisit(elimination_id=…, rigid_spending_solved=True,
                             risks_removed=True, income_stable=True, signed=True), uow)
    record_elimination_vote(RecordEliminationVote(elimination_id=…, agree=…, …), uow)
    start_elimination_notice(StartEliminationNotice(elimination_id=…), uow, policy)
    raise_elimination_objection(RaiseEliminationObjection(elimination_id=…, note=…), uow)  -> its number
    resolve_elimination_objection(ResolveEliminationObjection(elimination_id=…, number=1, upheld=False,
                                  note=…), uow)
    end_elimination_notice(EndEliminationNotice(elimination_id=…), uow)
    review_elimination(ReviewElimination(elimination_id=…, passed=True), uow)        the town
    decide_elimination(DecideElimination(elimination_id=…, approve=True), uow, policy)    the county
    roll_back_elimination(RollBackElimination(case_id=…, reason="income", note=…), uow)
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, Protocol

from services.monitoring.domain.case import Case
from services.monitoring.domain.case_errors import HouseholdHasOpenCaseError
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_guards import require_vote
from services.monitoring.domain.case_policy import CasePolicy
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.elimination import Elimination, Snapshot
from services.monitoring.domain.elimination_criteria import Criterion, Evidence, Findings, Way, criteria
from services.monitoring.domain.elimination_errors import CaseNotMonitoredError, EliminationOpenError
from services.monitoring.domain.income import IncomeLedger
from services.monitoring.domain.measure import first_deliveries
from services.monitoring.domain.measure_rules import labour_of
from services.monitoring.domain.notice_text import ELIMINATION
from services.monitoring.domain.publicity import HALF, Vote
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.case import CaseCommand, hung_notice
from services.monitoring.service_layer.case_decision import shown_income
from services.monitoring.service_layer.given import expect_version
from services.monitoring.service_layer.ports import (
    Eliminations,
    Households,
    IncomeLedgers,
    Plans,
    UnitOfWork,
)


class EvidenceSources(Protocol):
    """Where the criteria look; a unit of work has them all, a page only reads them."""

    @property
    def households(self) -> Households: ...
    @property
    def ledgers(self) -> IncomeLedgers: ...
    @property
    def plans(self) -> Plans: ...
    @property
    def eliminations(self) -> Eliminations: ...


RollBackReason = Literal["no_labour", "income", "rigid_spending", "safeguard", "sample_check", "other"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeElimination(CaseCommand):
    """*way* 01 by help, 02 naturally; *version* is the case's."""

    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class EliminationCommand(StepCommand):
    """A step of one elimination."""

    elimination_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEliminationVisit(EliminationCommand):
    """What was found: the first four are problems (True is bad), the others answers to the criteria."""

    dropout: bool = False
    house_damaged: bool = False
    uninsured: bool = False
    water_damaged: bool = False
    rigid_spending_solved: bool
    risks_removed: bool
    income_stable: bool
    signed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordEliminationVote(EliminationCommand):
    """*present* is how many attended, 0 where nobody counted."""

    agree: int
    disagree: int = 0
    abstain: int = 0
    present: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class StartEliminationNotice(EliminationCommand):
    """Put up the notice, with the generated text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RaiseEliminationObjection(EliminationCommand):
    """Somebody objects; *note* says what."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ResolveEliminationObjection(EliminationCommand):
    """*upheld* keeps the household under monitoring; *note* says why either way."""

    number: int
    upheld: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class EndEliminationNotice(EliminationCommand):
    """Take the notice down after its full days."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReviewElimination(EliminationCommand):
    """The town passes it on, or returns it to be visited again (*note* says why)."""

    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideElimination(EliminationCommand):
    """*note* is needed to refuse, and to approve against an unconfirmed criterion that is not met."""

    approve: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class RollBackElimination(CaseCommand):
    """The household is monitored again; *reason* is a code, *note* says more."""

    reason: RollBackReason


def propose_elimination(command: ProposeElimination, uow: UnitOfWork, policy: CasePolicy) -> str:
    """Propose and return the elimination's id; refuses what the record alone shows to be too early."""
    with uow:
        case = uow.cases.get(command.case_id)
        expect_version(case, command.version)
        acting = acting_of(command, uow.clock)
        if case.state is not CaseState.MONITORED:
            raise CaseNotMonitoredError
        if uow.eliminations.open_of(case.id) is not None:
            raise EliminationOpenError
        found = criteria_of(case, None, command.way, acting, uow, policy)
        elimination = Elimination.propose(
            id=uow.ids(),
            case_id=case.id,
            household_id=case.household_id,
            area_code=case.area_code,
            way=command.way,
            found=found,
            acting=acting,
        )
        uow.eliminations.add(elimination)
        uow.commit()
    return elimination.id


def record_elimination_visit(command: RecordEliminationVisit, uow: UnitOfWork) -> None:
    findings = Findings(
        dropout=command.dropout,
        house_damaged=command.house_damaged,
        uninsured=command.uninsured,
        water_damaged=command.water_damaged,
        rigid_spending_solved=command.rigid_spending_solved,
        risks_removed=command.risks_removed,
        income_stable=command.income_stable,
        signed=command.signed,
    )
    _step(command, uow, lambda elimination, acting: elimination.visit(findings, acting))


def record_elimination_vote(
    command: RecordEliminationVote, uow: UnitOfWork, policy: CasePolicy | None = None
) -> None:
    """Record the vote; it passes by the share in force that day, by a plain majority without *policy*."""

    def vote(elimination: Elimination, acting: Acting) -> None:
        share = policy.limits.vote_share.on(acting.on) if policy is not None else HALF
        votes = (command.agree, command.disagree, command.abstain)
        elimination.record_vote(Vote(*votes, acting.on, present=command.present, share=share), acting)

    _step(command, uow, vote)


def start_elimination_notice(command: StartEliminationNotice, uow: UnitOfWork, policy: CasePolicy) -> None:
    def start(elimination: Elimination, acting: Acting) -> None:
        household = uow.households.get(elimination.household_id)
        days = policy.limits.notice_days.on(acting.on)
        vote = require_vote(elimination.vote)
        elimination.start_notice(hung_notice(ELIMINATION, household, vote, acting, days), acting)

    _step(command, uow, start)


def raise_elimination_objection(command: RaiseEliminationObjection, uow: UnitOfWork) -> int:
    """Record an objection and return its number."""
    numbers: list[int] = []
    _step(command, uow, lambda elimination, acting: numbers.append(elimination.raise_objection(acting)))
    return numbers[0]


def resolve_elimination_objection(command: ResolveEliminationObjection, uow: UnitOfWork) -> None:
    def resolve(elimination: Elimination, acting: Acting) -> None:
        elimination.resolve_objection(command.number, acting, upheld=command.upheld)

    _step(command, uow, resolve)


def end_elimination_notice(command: EndEliminationNotice, uow: UnitOfWork) -> None:
    _step(command, uow, Elimination.end_notice)


def review_elimination(command: ReviewElimination, uow: UnitOfWork) -> None:
    def review(elimination: Elimination, acting: Acting) -> None:
        elimination.town_review(acting, passed=command.passed)

    _step(command, uow, review)


def decide_elimination(command: DecideElimination, uow: UnitOfWork, policy: CasePolicy) -> None:
    """Approve, which marks the case eliminated, or keep the household under monitoring."""

    def decide(elimination: Elimination, acting: Acting) -> None:
        if not command.approve:
            elimination.refuse(acting)
            return
        case = uow.cases.get(elimination.case_id)
        found = criteria_of(case, elimination.findings, elimination.way, acting, uow, policy)
        ledger = uow.ledgers.latest_of(case.household_id)
        elimination.approve(found, _snapshot(elimination.findings, ledger), acting)
        case.eliminate(acting)
        uow.cases.save(case)

    _step(command, uow, decide)


def roll_back_elimination(command: RollBackElimination, uow: UnitOfWork) -> None:
    """Monitor the household again; refused when a new risk has opened another case meanwhile."""
    with uow:
        case = uow.cases.get(command.case_id)
        expect_version(case, command.version)
        acting = acting_of(command, uow.clock)
        case.roll_back(command.reason, acting)
        if uow.cases.open_of(case.household_id) is not None:
            raise HouseholdHasOpenCaseError
        uow.cases.save(case)
        uow.commit()


def criteria_of(
    case: Case,
    findings: Findings | None,
    way: Way,
    acting: Acting,
    uow: EvidenceSources,
    policy: CasePolicy,
) -> tuple[Criterion, ...]:
    """Return every criterion of 5.1 for a case as it stands on the day of acting."""
    plan = uow.plans.find(case.id)
    measures = plan.measures if plan else ()
    evidence = Evidence(
        identified_on=case.identified_on or acting.on,
        risks=case.risks,
        deliveries=first_deliveries(measures),
        measure_ids=tuple(measure.id for measure in measures if measure.delivered_on),
        labour=labour_of(uow.households.get(case.household_id).members),
        income=shown_income(uow.ledgers.latest_of(case.household_id), policy.line, acting),
        open_changes=uow.eliminations.open_changes(case.household_id),
        open_clues=uow.eliminations.open_clues(case.household_id),
        findings=findings,
    )
    return criteria(evidence, way, acting.on, policy.limits)


def _step(command: EliminationCommand, uow: UnitOfWork, act: Callable[[Elimination, Acting], None]) -> None:
    with uow:
        elimination = uow.eliminations.get(command.elimination_id)
        expect_version(elimination, command.version)
        act(elimination, acting_of(command, uow.clock))
        uow.eliminations.save(elimination)
        uow.commit()


def _snapshot(findings: Findings | None, ledger: IncomeLedger | None) -> Snapshot | None:
    """Return the record after elimination (5.2), or None when the visit or the ledger is missing."""
    if findings is None or ledger is None:
        return None
    income = ledger.income
    return Snapshot(
        dropout=findings.dropout,
        house_damaged=findings.house_damaged,
        uninsured=findings.uninsured,
        water_damaged=findings.water_damaged,
        wage_fen=income.wage,
        property_fen=income.property_income,
        transfer_fen=income.transfer,
        operating_fen=income.operating,
        operating_cost_fen=income.operating_cost,
        net_fen=income.net,
        net_per_head_fen=income.net_per_head,
        compensation_fen=income.claim,
        rigid_spending_fen=income.self_paid,
    )
