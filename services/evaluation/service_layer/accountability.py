"""Commands on triggers of accountability: a rule proposes, people decide."""

from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.accountability import Trigger, TriggerKind
from services.evaluation.domain.supervision import SupervisionPolicy
from services.evaluation.domain.supervision_errors import (
    DayOutOfOrderError,
    TriggerWithoutFileError,
    UnknownCategoryError,
)
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTrigger:
    """*unit* is a town's code or a department's official name, *subject* the problem's or order's id.

    *times*: the how-manieth recurrence, or how many days overdue. *cause_events*: ids of the
    journalled events that led to it; at least one. They are known once their transaction is
    committed, so propose after the commit that published them (the sweep or the next step).
    """

    kind: TriggerKind
    unit: str
    subject: str
    times: int
    cause_events: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DecideTrigger:
    """People confirm it, or reject it with a reason; *reason* names no person."""

    trigger_id: str
    confirmed: bool
    reason: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ReferTrigger:
    """A confirmed trigger is passed to 县纪委监委."""

    trigger_id: str
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class ConcludeTrigger:
    """The discipline office reported an outcome; *outcome* is a code of ``outcome_categories``."""

    trigger_id: str
    outcome: str
    on: date
    version: int | None = None


def propose_trigger(command: ProposeTrigger, uow: UnitOfWork, policy: SupervisionPolicy) -> str | None:
    """Propose a trigger in a transaction of its own; return its id, None where it is none or known already.

    A recurrence below the number that the policy names proposes nothing. Raises TriggerWithoutFileError.
    """
    with uow:
        trigger_id = propose_inside(command, uow, policy)
        if trigger_id is not None:
            uow.commit()
    return trigger_id


def propose_inside(command: ProposeTrigger, uow: UnitOfWork, policy: SupervisionPolicy) -> str | None:
    """Do the same inside a transaction that is open; whoever opened it commits."""
    today = day_of(uow.clock())
    figure = policy.order_trigger_days if command.kind == "order_overdue" else policy.recurrence_trigger_times
    if command.times < figure.on(today):
        return None
    trigger = Trigger.propose(
        kind=command.kind,
        unit=command.unit,
        subject=command.subject,
        times=command.times,
        cause_events=command.cause_events,
        rule_confirmed=figure.entry_on(today).confirmed,
        on=today,
    )
    cause = uow.journal.find(command.cause_events[-1])
    if cause is None:
        raise TriggerWithoutFileError
    with uow.caused_by(cause):
        return trigger.id if uow.triggers.add_new(trigger) else None


def decide_trigger(command: DecideTrigger, uow: UnitOfWork) -> None:
    """Confirm or reject it today."""
    with uow:
        trigger = uow.triggers.get(command.trigger_id)
        trigger.expect_version(command.version)
        today = day_of(uow.clock())
        if command.confirmed:
            trigger.confirm(on=today, reason=command.reason)
        else:
            trigger.reject(on=today, reason=command.reason)
        uow.triggers.save(trigger)
        uow.commit()


def refer_trigger(command: ReferTrigger, uow: UnitOfWork) -> None:
    """Note that it was passed on; refuses a day to come."""
    with uow:
        trigger = uow.triggers.get(command.trigger_id)
        trigger.expect_version(command.version)
        trigger.refer(on=_not_after(command.on, day_of(uow.clock())))
        uow.triggers.save(trigger)
        uow.commit()


def conclude_trigger(command: ConcludeTrigger, uow: UnitOfWork, policy: SupervisionPolicy) -> None:
    """Note the category of the outcome; raises UnknownCategoryError."""
    if command.outcome not in {one["code"] for one in policy.outcomes.on(command.on)}:
        raise UnknownCategoryError(category=command.outcome[:40])
    with uow:
        trigger = uow.triggers.get(command.trigger_id)
        trigger.expect_version(command.version)
        trigger.conclude(on=_not_after(command.on, day_of(uow.clock())), outcome=command.outcome)
        uow.triggers.save(trigger)
        uow.commit()


def _not_after(day: date, today: date) -> date:
    if day > today:
        raise DayOutOfOrderError(day=day.isoformat())
    return day
