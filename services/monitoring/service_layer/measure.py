"""Commands on a household's plan of measures; the answers of other departments are in ``measure_answer.py``.

Every command takes besides the fields shown ``on``, ``by``, ``note`` and
``version`` (that of the plan)::

    plan_measures(PlanMeasures(case_id=…), uow, rules)                 -> tuple[Measure, …] proposed
    add_measure(AddMeasure(case_id=…, risk=…, category="100A45", code="003"), uow, rules)     -> id
    change_measure(ChangeMeasure(case_id=…, measure_id=…, risk=…, category=…, code=…), uow, rules)
    remove_measure(RemoveMeasure(case_id=…, measure_id=…), uow)        while planned
    request_measures(RequestMeasures(case_id=…), uow, rules, policy)   -> tuple[Measure, …] asked for
    replan_measure(ReplanMeasure(case_id=…, measure_id=…), uow, rules, policy)  -> Measure; of a declined one
    withdraw_measure(WithdrawMeasure(case_id=…, measure_id=…, note=…), uow)

and of the units without a service of their own (``unit`` is the official name)::

    record_acceptance(RecordAcceptance(measure_id=…, unit="县医保局"), uow)
    record_delivery(RecordDelivery(measure_id=…, unit=…), uow)
    record_decline(RecordDecline(measure_id=…, unit=…, reason="no_funds"), uow)
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.case import Case
from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.case_policy import CasePolicy
from services.monitoring.domain.case_steps import CaseState
from services.monitoring.domain.measure import Answer, Measure, MeasureStatus, Plan
from services.monitoring.domain.measure_errors import (
    NothingToProposeError,
    PersonNotCapableError,
    PlanClosedError,
    PlanDayError,
    PlanTooEarlyError,
    RiskNotCoveredError,
    UnknownRiskError,
)
from services.monitoring.domain.measure_rules import (
    Category,
    Choice,
    Gap,
    Labour,
    MeasureRules,
    Needs,
    Proposal,
    labour_of,
    needs_of,
)
from services.monitoring.domain.timer import measures_due
from services.monitoring.service_layer.acting import StepCommand, acting_of
from services.monitoring.service_layer.given import expect_version
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.period import add_months


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanCommand(StepCommand):
    """Something about the plan of one case."""

    case_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMeasures(PlanCommand):
    """Propose measures for every risk that has none, and by the household's labour."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AddMeasure(PlanCommand):
    """*person_id* is one of the household's labourers where the category is for a person; else None."""

    risk: str
    category: str
    code: str
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeMeasure(AddMeasure):
    """Change a measure nobody was asked for yet."""

    measure_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RemoveMeasure(PlanCommand):
    measure_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RequestMeasures(PlanCommand):
    """Ask the departments for everything planned."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ReplanMeasure(PlanCommand):
    """Put another measure in the place of a declined one; without *category* the rules propose one."""

    measure_id: str
    category: str = ""
    code: str = ""
    person_id: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawMeasure(PlanCommand):
    """Take back what was asked; *note* says why."""

    measure_id: str


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerCommand(StepCommand):
    """What *unit* (official name) says of a measure it was asked for."""

    measure_id: str
    unit: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordAcceptance(AnswerCommand):
    """The unit takes the measure on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDelivery(AnswerCommand):
    """The measure reached the household *on* this day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordDecline(AnswerCommand):
    """The unit can't deliver it. *reason*, a code of ``DECLINE_REASONS``, is published; *note* is not."""

    reason: str


def plan_measures(command: PlanMeasures, uow: UnitOfWork, rules: MeasureRules) -> tuple[Measure, ...]:
    """Propose measures; the plan is made by the first call. Returns what was added, perhaps nothing."""
    with uow:
        case, plan, acting = _open_plan(command, uow)
        labour, needs = _situation(case, acting.on, uow)
        proposals = rules.propose(
            case.risks, labour, acting.on, present=plan.planned, declined=plan.declined, needs=needs
        )
        added = tuple(plan.add(one, rules.category(one.choice.category), uow.ids) for one in proposals)
        _keep(plan, uow)
        uow.commit()
    return added


def add_measure(command: AddMeasure, uow: UnitOfWork, rules: MeasureRules) -> str:
    """Add what an official chose; returns the measure's id."""
    with uow:
        case, plan, _ = _open_plan(command, uow)
        proposal, category = _chosen(command, case, uow, rules)
        measure = plan.add(proposal, category, uow.ids)
        _keep(plan, uow)
        uow.commit()
    return measure.id


def change_measure(command: ChangeMeasure, uow: UnitOfWork, rules: MeasureRules) -> None:
    with uow:
        case, plan, _ = _open_plan(command, uow)
        plan.change(command.measure_id, *_chosen(command, case, uow, rules))
        _keep(plan, uow)
        uow.commit()


def remove_measure(command: RemoveMeasure, uow: UnitOfWork) -> None:
    with uow:
        _, plan, _ = _open_plan(command, uow)
        plan.remove(command.measure_id)
        _keep(plan, uow)
        uow.commit()


def request_measures(
    command: RequestMeasures, uow: UnitOfWork, rules: MeasureRules, policy: CasePolicy
) -> tuple[Measure, ...]:
    """Ask for everything planned; refuses when a confirmed rule of 4.3 is not met by the plan."""
    with uow:
        case, plan, acting = _open_plan(command, uow)
        labour, needs = _situation(case, acting.on, uow)
        for gap in rules.gaps(case.risks, plan.choices, labour, acting.on, needs=needs):
            if gap.confirmed:
                raise RiskNotCoveredError(**_gap_text(gap, rules))
        requested = plan.request(acting.on, _due(case, acting.on, policy))
        _keep(plan, uow)
        uow.commit()
    return requested


def replan_measure(
    command: ReplanMeasure, uow: UnitOfWork, rules: MeasureRules, policy: CasePolicy
) -> Measure:
    """Ask for another measure in the place of a declined one."""
    with uow:
        case, plan, acting = _open_plan(command, uow)
        declined = plan.get(command.measure_id)
        if command.category:
            chosen = AddMeasure(
                case_id=command.case_id,
                risk=declined.risk,
                category=command.category,
                code=command.code,
                person_id=command.person_id,
            )
            proposal, category = _chosen(chosen, case, uow, rules)
        else:
            labour = labour_of(uow.households.get(case.household_id).members)
            tried = [Choice(one.category, one.code) for one in plan.measures if one.risk == declined.risk]
            found = rules.alternative(declined.risk, labour, acting.on, tried=tried)
            if found is None:
                raise NothingToProposeError
            proposal, category = found, rules.category(found.choice.category)
        due_on = max(
            _due(case, acting.on, policy),
            add_months(acting.on, policy.limits.measure_months.on(acting.on)),
        )
        measure = plan.replan(command.measure_id, proposal, category, uow.ids, on=acting.on, due_on=due_on)
        _keep(plan, uow)
        uow.commit()
    return measure


def withdraw_measure(command: WithdrawMeasure, uow: UnitOfWork) -> None:
    """Take one back; also of a case that has ended, where help had come first."""
    with uow:
        plan = uow.plans.get(command.case_id)
        expect_version(plan, command.version)
        acting = acting_of(command, uow.clock)
        answer = Answer(uow.ids(), MeasureStatus.WITHDRAWN, acting.on, "withdrawn", acting.note)
        plan.withdraw(command.measure_id, answer)
        _keep(plan, uow)
        uow.commit()


def record_acceptance(command: RecordAcceptance, uow: UnitOfWork) -> None:
    _answer(command, MeasureStatus.ACCEPTED, "", uow)


def record_delivery(command: RecordDelivery, uow: UnitOfWork) -> None:
    _answer(command, MeasureStatus.DELIVERED, "", uow)


def record_decline(command: RecordDecline, uow: UnitOfWork) -> None:
    _answer(command, MeasureStatus.DECLINED, command.reason, uow)


def _answer(command: AnswerCommand, status: MeasureStatus, reason: str, uow: UnitOfWork) -> None:
    with uow:
        plan = uow.plans.of_measure(command.measure_id)
        expect_version(plan, command.version)
        acting = acting_of(command, uow.clock)
        answer = Answer(uow.ids(), status, acting.on, reason.strip(), acting.note)
        plan.answer(command.measure_id, answer, unit=command.unit)
        _keep(plan, uow)
        uow.commit()


def _open_plan(command: PlanCommand, uow: UnitOfWork) -> tuple[Case, Plan, Acting]:
    """Return the case, its plan (new when there is none) and who acts; refuses before the county decided."""
    case = uow.cases.get(command.case_id)
    acting = acting_of(command, uow.clock)
    if not case.is_open:
        raise PlanClosedError
    if case.state not in {CaseState.IDENTIFIED, CaseState.MONITORED} and not case.help_first:
        raise PlanTooEarlyError
    first = case.opened_on if case.help_first or case.identified_on is None else case.identified_on
    if acting.on < first:
        raise PlanDayError(first=first.isoformat())
    plan = uow.plans.find(case.id)
    if plan is None:
        plan = Plan(id=case.id, household_id=case.household_id, area_code=case.area_code)
    expect_version(plan, command.version)
    return case, plan, acting


def _keep(plan: Plan, uow: UnitOfWork) -> None:
    keep: Callable[[Plan], None] = uow.plans.save if plan.version else uow.plans.add
    keep(plan)


def _chosen(
    command: AddMeasure, case: Case, uow: UnitOfWork, rules: MeasureRules
) -> tuple[Proposal, Category]:
    if command.risk not in case.risks:
        raise UnknownRiskError
    choice = Choice(command.category, command.code)
    category = rules.check(choice)
    labour = labour_of(uow.households.get(case.household_id).members)
    return Proposal(command.risk, choice, _person(command.person_id, category, labour)), category


def _person(person_id: str | None, category: Category, labour: Labour) -> str | None:
    if not category.personal:
        return None
    if person_id is None and labour.any:
        return labour.any[0]
    if person_id not in labour.any:
        raise PersonNotCapableError
    return person_id


def _due(case: Case, on: date, policy: CasePolicy) -> date:
    """One month after identification; for what is asked later, or before it, one month from then."""
    if case.identified_on is not None and on <= (due := measures_due(case.identified_on, policy.limits)):
        return due
    return add_months(on, policy.limits.measure_months.on(on))


def _situation(case: Case, on: date, uow: UnitOfWork) -> tuple[Labour, Needs]:
    """Return who of the household can work, and what it needs whatever its risks are."""
    members = uow.households.get(case.household_id).members
    open_dropout = "dropout" in uow.changes.open_kinds(case.household_id)
    return labour_of(members), needs_of(members, on, open_dropout=open_dropout)


def _gap_text(gap: Gap, rules: MeasureRules) -> dict[str, str]:
    names = [rules.named(code) for code in gap.any_of]
    return {
        "risk_zh": gap.label[0],
        "risk_en": gap.label[1],
        "needed_zh": "、".join(zh for zh, _ in names),
        "needed_en": ", ".join(en for _, en in names),
    }
