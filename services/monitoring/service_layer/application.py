"""Commands on a household's own application, and on the answer its informant is owed."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.application import Application, Counts, InformantAnswer
from services.monitoring.domain.clue import CluePolicy, report_of
from services.monitoring.domain.screening_errors import NoAnswerDueError
from services.monitoring.service_layer.clue import disaster_in, take_reports
from services.monitoring.service_layer.given import code_in, not_after_today, reason_given
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.money import Fen


@dataclass(frozen=True, slots=True, kw_only=True)
class FileApplication:
    """The form of 8.8; *difficulties* are codes of ``difficulty``, *risk* the main one."""

    household_id: str
    risk: str
    on: date
    counts: Counts = field(default_factory=Counts)
    income_fen: Fen = 0
    difficulties: tuple[str, ...] = ()
    disaster: str = ""
    by: str = ""
    supplement: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerInformant:
    """Whoever reported was told why nothing follows; *way* is a code of ``answer_way``."""

    clue_id: str
    way: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


def file_application(command: FileApplication, uow: UnitOfWork, policy: CluePolicy) -> str:
    """Keep an application and report its clue; return the clue's id."""
    code_in("risk", command.risk)
    for difficulty in command.difficulties:
        code_in("difficulty", difficulty)
    supplement = command.supplement.strip()
    kind = disaster_in({command.risk}, command.disaster, supplement)
    with uow:
        on = not_after_today(command.on, uow.clock)
        household = uow.households.get(command.household_id)
        id_ = uow.ids()
        report = report_of(
            policy,
            report_id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            risk=command.risk,
            source="03",
            reported_on=on,
            cause=f"application:{id_}",
            detail=kind,
            by=command.by,
            note=supplement,
        )
        uow.applications.add(_application(id_, command, on, household.area_code, report.clue_id))
        take_reports([report], uow)
        uow.commit()
    return report.clue_id


def answer_informant(command: AnswerInformant, uow: UnitOfWork) -> None:
    """Record that the informant was told; refuses where nobody waits for an answer."""
    code_in("answer_way", command.way)
    note = reason_given(command.note)
    with uow:
        clue = uow.clues.get(command.clue_id)
        if not uow.informant_answers.is_due(clue.id):
            raise NoAnswerDueError
        uow.informant_answers.add(
            InformantAnswer(
                id=uow.ids(),
                clue_id=clue.id,
                household_id=clue.household_id,
                area_code=clue.area_code,
                round=clue.round,
                answered_on=not_after_today(command.on, uow.clock),
                way=command.way,
                answered_by=command.by,
                note=note,
            )
        )
        uow.commit()


def _application(id_: str, command: FileApplication, on: date, area_code: str, clue_id: str) -> Application:
    counts = command.counts
    return Application(
        id=id_,
        household_id=command.household_id,
        area_code=area_code,
        clue_id=clue_id,
        applied_on=on,
        members=counts.members,
        labourers=counts.labourers,
        students=counts.students,
        chronically_ill=counts.chronically_ill,
        seriously_ill=counts.seriously_ill,
        disabled=counts.disabled,
        recipients=counts.recipients,
        income_fen=command.income_fen,
        difficulties=tuple(dict.fromkeys(command.difficulties)),
        recorded_by=command.by,
        supplement=command.supplement.strip(),
    )
