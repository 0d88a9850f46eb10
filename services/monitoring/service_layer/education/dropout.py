"""Commands on dropouts. A case is opened by the household's change, and its end puts that right.

::

    record_change(RecordChange(kind="dropout", …), …)                    opens the case
    name_responsible(NameResponsible(dropout_id=…, responsible={"head": "…"}), uow)
    record_persuasion(RecordPersuasion(dropout_id=…, role="teacher", on=…), uow)
    serve_notice(ServeNotice(dropout_id=…, notice_no=…, return_by=…, on=…), uow)
    end_dropout(EndDropout(dropout_id=…, result="returned", on=…), uow, policy, checks)
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.change import HouseholdChange
from services.monitoring.domain.education.dropout import (
    RETURNED,
    TAUGHT_AT_HOME,
    UNDER_WAY,
    Dropout,
    Persuasion,
)
from services.monitoring.domain.education.home_teaching import HomePupil
from services.monitoring.domain.guarantee_policy import EducationPolicy
from services.monitoring.domain.member import MemberChecks
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, text_in
from services.monitoring.service_layer.guaranteeing import answer_measures, correct_registry
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.period import add_days
from shared.parameters.figure import DatedFigure

BACK_AT_SCHOOL, TAUGHT = "100A46-001", "100A46-002"
_MOST_NAME, _MOST_NOTICE = 60, 40


@dataclass(frozen=True, slots=True, kw_only=True)
class DropoutCommand:
    dropout_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class NameResponsible(DropoutCommand):
    """Name who of the seven is responsible: by role of ``seven_responsible``, a number, post or name."""

    responsible: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordPersuasion(DropoutCommand):
    """Somebody of the seven spoke with child and family."""

    role: str
    on: date
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class ServeNotice(DropoutCommand):
    """《限期返校通知书》 was served on the parents; the child is to be back by *return_by*."""

    notice_no: str
    return_by: date
    on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class EndDropout(DropoutCommand):
    """End the case with a code of ``dropout_result``.

    *school_status* is the grade the child is back in, when known: the registry is put right with it.
    With ``taught_at_home`` teaching at home begins that day, by *teacher*.
    """

    result: str
    on: date
    school_status: str = ""
    teacher: str = field(default="", repr=False)


def open_dropout(change: HouseholdChange, return_days: DatedFigure[int], uow: UnitOfWork) -> str | None:
    """Open the case of a recorded dropout, unless the child has one that is open; within a transaction."""
    if change.person_id is None or _open_of(change.person_id, uow) is not None:
        return None
    limit = return_days.entry_on(change.happened_on)
    dropout = Dropout.open(
        id=uow.ids(),
        household_id=change.household_id,
        area_code=change.area_code,
        person_id=change.person_id,
        change_id=change.id,
        reason=change.detail,
        found_on=change.happened_on,
        due_on=add_days(change.happened_on, limit.value),
        limit_confirmed=limit.confirmed,
    )
    uow.education.dropouts.add(dropout)
    return dropout.id


def name_responsible(command: NameResponsible, uow: UnitOfWork) -> None:
    """Name the seven, any of them at a time."""
    for who in command.responsible.values():
        text_in(who, ("责任人", "person responsible"), most=_MOST_NAME)
    with uow:
        dropout = _read(command, uow)
        dropout.name({role: who.strip() for role, who in command.responsible.items()})
        uow.education.dropouts.save(dropout)
        uow.commit()


def record_persuasion(command: RecordPersuasion, uow: UnitOfWork) -> None:
    """Record one attempt to bring the child back."""
    with uow:
        dropout = _read(command, uow)
        on = not_after_today(command.on, uow.clock)
        dropout.persuade(Persuasion(on, command.role, command.note.strip()))
        uow.education.dropouts.save(dropout)
        uow.commit()


def serve_notice(command: ServeNotice, uow: UnitOfWork) -> None:
    """Serve the notice to return."""
    text_in(command.notice_no, ("通知书编号", "number of the notice"), most=_MOST_NOTICE, least=1)
    with uow:
        dropout = _read(command, uow)
        on = not_after_today(command.on, uow.clock)
        dropout.notify(command.notice_no, on=on, return_by=command.return_by)
        uow.education.dropouts.save(dropout)
        uow.commit()


def end_dropout(
    command: EndDropout, uow: UnitOfWork, policy: EducationPolicy, checks: MemberChecks
) -> str | None:
    """End the case and put the change right; returns the pupil taught at home from now on, if any."""
    code_in("dropout_result", command.result)
    if command.school_status:
        code_in("school_status", command.school_status)
    with uow:
        dropout = _read(command, uow)
        on = not_after_today(command.on, uow.clock)
        dropout.end(command.result, on=on)
        uow.education.dropouts.save(dropout)
        _resolve(dropout, on, uow)
        if command.result == RETURNED and command.school_status:
            fields = {"school_status": command.school_status, "absence_reason": None, "education": None}
            correct_registry({dropout.household_id: {dropout.person_id: fields}}, uow, checks, on=on)
        pupil_id = _teach_at_home(dropout, command, policy, uow)
        _answer(dropout, uow)
        uow.commit()
    return pupil_id


def _answer(dropout: Dropout, uow: UnitOfWork) -> None:
    choice = {RETURNED: BACK_AT_SCHOOL, TAUGHT_AT_HOME: TAUGHT}.get(dropout.result)
    if choice and dropout.ended_on:
        answer_measures(
            [dropout.household_id], [choice], uow, on=dropout.ended_on, persons=[dropout.person_id]
        )


def _teach_at_home(
    dropout: Dropout, command: EndDropout, policy: EducationPolicy, uow: UnitOfWork
) -> str | None:
    running = uow.education.home_pupils.matching(person_id=dropout.person_id, state="running")
    if command.result != TAUGHT_AT_HOME or running:
        return None
    pupil = HomePupil.begin(
        id=uow.ids(),
        household_id=dropout.household_id,
        area_code=dropout.area_code,
        person_id=dropout.person_id,
        teacher=text_in(command.teacher.strip(), ("教师", "teacher"), most=_MOST_NAME),
        visits_a_month=policy.home_visits_a_month.on(command.on),
        began_on=command.on,
    )
    uow.education.home_pupils.add(pupil)
    return pupil.id


def _resolve(dropout: Dropout, on: date, uow: UnitOfWork) -> None:
    change = uow.changes.get(dropout.change_id)
    if change.resolved_on is None:
        change.area_code = dropout.area_code
        change.resolve(on)
        uow.changes.save(change)


def _read(command: DropoutCommand, uow: UnitOfWork) -> Dropout:
    dropout = uow.education.dropouts.get(command.dropout_id)
    expect_version(dropout, command.version)
    return dropout


def _open_of(person_id: str, uow: UnitOfWork) -> Dropout | None:
    found = uow.education.dropouts.matching(person_id=person_id, state=UNDER_WAY)
    return found[0] if found else None
