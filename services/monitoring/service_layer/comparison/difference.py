"""What town, village and department do about a difference between a list and the register.

answer_difference(AnswerDifference(difference_id=…, step="explain", note=…, unit=…), uow)

Of a department *unit* is its name: it acts only on its own. The steps are those of
:class:`DifferenceStep` but *gone*, which only the next comparison finds.
"""

from dataclasses import dataclass, field

from services.monitoring.domain.comparison.difference import (
    ComparisonDifference,
    DifferenceStep,
    Side,
)
from services.monitoring.domain.comparison.errors import (
    DifferenceStepError,
    NotOursError,
    StillDifferentError,
)
from services.monitoring.service_layer.given import expect_version
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of

_OF_DEPARTMENT = frozenset({DifferenceStep.ASK_REGISTER, DifferenceStep.CORRECT_LIST, DifferenceStep.EXPLAIN})


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerDifference:
    """*note* is needed to explain and to hand over; ``correct_register`` needs a register that agrees."""

    difference_id: str
    step: DifferenceStep
    unit: str = ""
    by: str = ""
    note: str = field(default="", repr=False)
    version: int | None = None


def answer_difference(command: AnswerDifference, uow: UnitOfWork) -> None:
    """Take the step; the push it was in is answered with the last of its differences."""
    with uow:
        one = uow.differences.get(command.difference_id)
        expect_version(one, command.version)
        _require_side(one, command)
        if command.step is DifferenceStep.CORRECT_REGISTER and not agrees(one, uow):
            raise StillDifferentError
        on = day_of(uow.clock())
        one.take(command.step, on=on, by=command.by, note=command.note)
        uow.differences.save_all([one])
        _answer_push(one, command, uow)
        uow.commit()


def agrees(one: ComparisonDifference, uow: UnitOfWork) -> bool:
    """Say whether the register says today what the list said."""
    person = uow.register_lookup.by_id([one.person_id]).get(one.person_id)
    return person is not None and one.agrees_with(person)


def _require_side(one: ComparisonDifference, command: AnswerDifference) -> None:
    if command.unit and command.unit != one.department:
        raise NotOursError(department=one.department)
    of_department = command.step in _OF_DEPARTMENT and one.side is Side.DEPARTMENT
    if command.unit and not of_department:
        raise DifferenceStepError(state_zh="正由镇村核对", state_en="waits for the town and village")
    if not command.unit and of_department:
        raise DifferenceStepError(state_zh="正由部门核对", state_en="waits for the department")


def _answer_push(one: ComparisonDifference, command: AnswerDifference, uow: UnitOfWork) -> None:
    push_id = uow.differences.push_of(one.id)
    if push_id is None or uow.differences.waiting_in_push(push_id):
        return
    push = uow.pushes.get(push_id)
    if push.answered_on is None:
        push.answer(on=day_of(uow.clock()), by=command.by)
        uow.pushes.save(push)
