"""The county's decision and what follows it: announcement, helper, a further risk.

county_decide(CountyDecide(case_id=…, decision="approve"|"return"|"refuse",
                           monitored_class="100A03001", note=…), uow, policy) -> ClassCheck | None
announce(Announce(case_id=…), uow)                                      identified -> monitored
assign_helper(AssignHelper(case_id=…, helper_no="…"), uow, policy)
note_risk(NoteRisk(case_id=…, risk="100A27001", clue_id=…), uow)
"""

from dataclasses import dataclass
from typing import Literal

from services.monitoring.domain.case import Case
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_policy import CasePolicy
from services.monitoring.domain.case_steps import Step
from services.monitoring.domain.income import IncomeLedger
from services.monitoring.domain.monitored_class import ClassCheck, IncomeShown, check_class
from services.monitoring.domain.risk import detail_for
from services.monitoring.domain.timer import helper_counted, identification_due
from services.monitoring.service_layer.acting import acting_of
from services.monitoring.service_layer.case import CaseCommand, take_step
from services.monitoring.service_layer.case_end import withdraw_when_ended
from services.monitoring.service_layer.clue import disaster_in
from services.monitoring.service_layer.given import code_in, expect_version, number_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.period import reference_period
from shared.parameters.figure import DatedFigure


@dataclass(frozen=True, slots=True, kw_only=True)
class CountyDecide(CaseCommand):
    """*monitored_class* is needed to approve; *note* to return, to refuse, or against a confirmed line."""

    decision: Literal["approve", "return", "refuse"]
    monitored_class: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announce(CaseCommand):
    """The result is announced and entered in the national record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AssignHelper(CaseCommand):
    """*helper_no* is the helper's number in the staff register, never a name."""

    helper_no: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NoteRisk(CaseCommand):
    """A further risk of a household whose case is open (up to five).

    A disaster needs its kind, a code of ``disaster``, as *detail*; another risk (其他) needs a *note*.
    """

    risk: str
    clue_id: str = ""
    detail: str = ""


def county_decide(command: CountyDecide, uow: UnitOfWork, policy: CasePolicy) -> ClassCheck | None:
    """Decide a case; returns what the income check showed when it was approved."""
    with uow:
        case = uow.cases.get(command.case_id)
        expect_version(case, command.version)
        acting = acting_of(command, uow.clock)
        check = None
        if command.decision == "approve":
            check = _approve(case, command.monitored_class, acting, uow, policy)
        elif command.decision == "return":
            case.send_back(acting)
        else:
            case.refuse(acting)
        uow.cases.save(case)
        withdraw_when_ended(case, acting, uow)
        uow.commit()
    return check


def announce(command: Announce, uow: UnitOfWork) -> None:
    take_step(command, uow, Case.announce)


def assign_helper(command: AssignHelper, uow: UnitOfWork, policy: CasePolicy) -> None:
    """Fix the responsible helper; the limit is unconfirmed, so being late only shows."""
    if helper_no := command.helper_no.strip():
        number_in(helper_no, ("帮扶责任人编号", "helper's number"))

    def assign(case: Case, acting: Acting) -> None:
        if case.identified_on is None:
            case.require(Step.ASSIGN_HELPER, acting)
            return
        limit = policy.limits.helper_working_days.entry_on(case.identified_on)
        counted = helper_counted(case.identified_on, policy.limits)
        case.assign_helper(
            command.helper_no,
            acting,
            due_on=counted.on,
            limit_confirmed=limit.confirmed and counted.known,
        )

    take_step(command, uow, assign)


def note_risk(command: NoteRisk, uow: UnitOfWork) -> None:
    code_in("risk", command.risk)
    kind = disaster_in({command.risk}, command.detail, command.note)
    detail = detail_for(command.risk, kind=kind, note=command.note)
    take_step(
        command,
        uow,
        lambda case, acting: case.note_risk(command.risk, command.clue_id, acting, detail=detail),
    )


def shown_income(ledger: IncomeLedger | None, line: DatedFigure[int], acting: Acting) -> IncomeShown | None:
    """Return what the ledger says beside the line in force on the day of acting, and if it is of then."""
    if ledger is None:
        return None
    in_force = line.entry_on(acting.on)
    return IncomeShown(
        ledger.id,
        ledger.income.net_per_head,
        ledger.income.reference_per_head,
        in_force.value,
        in_force.confirmed,
        current=ledger.period == reference_period(acting.on),
        period=f"{ledger.period.first:%Y-%m}—{ledger.period.last:%Y-%m}",
    )


def _approve(
    case: Case, monitored_class: str, acting: Acting, uow: UnitOfWork, policy: CasePolicy
) -> ClassCheck:
    case.require(Step.COUNTY_DECIDE, acting)
    household = uow.households.get(case.household_id)
    check = check_class(
        monitored_class,
        lifted_out=household.lifted_out,
        income=shown_income(uow.ledgers.latest_of(case.household_id), policy.line, acting),
        reason=acting.note,
    )
    case.approve(monitored_class, acting, due_on=identification_due(case.first_clue_on, policy.limits))
    household.classify(monitored_class, on=acting.on)
    if household.facts:
        uow.households.save(household)
    return check
