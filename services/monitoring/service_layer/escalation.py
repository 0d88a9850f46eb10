"""What passes its limit is told one level up, by the clock; and what that level did about it."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from services.monitoring.domain.escalation import RunningTimer, escalations_due
from services.monitoring.domain.screening.focus import ScreeningPolicy
from services.monitoring.service_layer.given import expect_version, reason_given
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerEscalation:
    """*note* says what was done about what is late."""

    escalation_id: str
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


def escalate(timers: Sequence[RunningTimer], uow: UnitOfWork, policy: ScreeningPolicy) -> int:
    """Tell the levels above of what is late today, each once, and end what is no more; return how many."""
    with uow:
        today = day_of(uow.clock())
        due = escalations_due(
            timers,
            today,
            to_town=policy.to_town_days.on(today),
            to_county=policy.to_county_days.on(today),
        )
        changed = uow.escalations.add_new(due)
        changed += uow.escalations.end_others(
            [(timer.kind, timer.subject_id, timer.due_on) for timer in timers], today
        )
        if changed:
            uow.commit()
    return changed


def answer_escalation(command: AnswerEscalation, uow: UnitOfWork) -> None:
    """Record what was done."""
    note = reason_given(command.note)
    with uow:
        one = uow.escalations.get(command.escalation_id)
        expect_version(one, command.version)
        one.answer(on=day_of(uow.clock()), by=command.by, note=note)
        uow.escalations.save(one)
        uow.commit()
