"""The county pushes what concerns a department; the department answers.

push_to_department(PushToDepartment(department="县医保局", kind="results"), uow, policy) -> id
push_to_all(uow, policy, departments=…, by=…) -> ids           what waits for each, of both kinds
answer_push(AnswerPush(push_id=…, unit="县医保局", note=…), uow)
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Literal

from services.monitoring.domain.comparison.errors import (
    DifferencesWaitError,
    NothingToPushError,
    NotOursError,
)
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.comparison.push import Push
from services.monitoring.service_layer.given import expect_version
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of

PushedKind = Literal["results", "differences"]
_KINDS: tuple[PushedKind, ...] = ("results", "differences")


@dataclass(frozen=True, slots=True, kw_only=True)
class PushToDepartment:
    """``results``: what became of its warnings since the last push; ``differences``: what waits for it."""

    department: str
    kind: PushedKind
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerPush:
    """The department has taken note (*results*), or has answered every difference of it."""

    push_id: str
    unit: str
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


def push_to_department(command: PushToDepartment, uow: UnitOfWork, policy: ComparisonPolicy) -> str:
    """Send everything of the kind that was not sent before; refuses when there is nothing."""
    with uow:
        push_id = _pushed(command, uow, policy)
        if push_id is None:
            raise NothingToPushError(department=command.department)
        uow.commit()
    return push_id


def push_to_all(
    uow: UnitOfWork, policy: ComparisonPolicy, *, departments: Iterable[str], by: str = ""
) -> list[str]:
    """Send each of *departments* what waits for it, of either kind, and return the pushes made."""
    with uow:
        made = [
            _pushed(PushToDepartment(department=one, kind=kind, by=by), uow, policy)
            for one in dict.fromkeys(departments)
            for kind in _KINDS
        ]
        uow.commit()
    return [one for one in made if one is not None]


def answer_push(command: AnswerPush, uow: UnitOfWork) -> None:
    """Record that the department answered; refuses while differences of it wait for their own answers."""
    with uow:
        push = uow.pushes.get(command.push_id)
        expect_version(push, command.version)
        if command.unit != push.department:
            raise NotOursError(department=push.department)
        if waiting := uow.differences.waiting_in_push(push.id):
            raise DifferencesWaitError(open=waiting)
        push.answer(on=day_of(uow.clock()), by=command.by, note=command.note)
        uow.pushes.save(push)
        uow.commit()


def _pushed(command: PushToDepartment, uow: UnitOfWork, policy: ComparisonPolicy) -> str | None:
    of_results = command.kind == "results"
    repository = uow.department_warnings if of_results else uow.differences
    rows = repository.unpushed(command.department)
    if not rows:
        return None
    on = day_of(uow.clock())
    due_on, confirmed = policy.due(policy.push_days, on)
    push = Push(
        id=uow.ids(),
        department=command.department,
        kind=command.kind,
        rows=len(rows),
        sent_on=on,
        sent_by=command.by,
        due_on=due_on,
        limit_confirmed=confirmed,
    )
    push.send()
    uow.pushes.add(push)
    repository.put_in_push(rows, push.id)
    return push.id
