"""Commands on inspections: plan, start, take down findings, file into the ledger, cancel."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.errors import UnknownUnitError
from services.evaluation.domain.inspection import CheckItem, Finding, Inspection, InspectionKind
from services.evaluation.domain.ledger.acting import Acting
from services.evaluation.domain.ledger.policy import LedgerPolicy
from services.evaluation.domain.ledger.state import Source
from services.evaluation.domain.supervision import SupervisionPolicy
from services.evaluation.domain.supervision_errors import UnknownSubjectError
from services.evaluation.service_layer.ledger.entering import EnterProblem, put_into_ledger
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id

_OTHER = "other"
"""The ledger's category of what the check-list does not place."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanInspection:
    """*subjects* are codes of ``inspection_subjects``, *further* subjects in the office's own words.

    *due_on* is the last day to file it. An unannounced one is begun at once.
    """

    unit: str
    kind: InspectionKind
    due_on: date
    team: str
    subjects: tuple[str, ...]
    further: tuple[str, ...] = ()
    members: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanMonth:
    """The same check-list for several *units*: the plan of a month, one inspection each."""

    units: tuple[str, ...]
    due_on: date
    team: str
    subjects: tuple[str, ...]
    further: tuple[str, ...] = ()
    members: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True)
class StartInspection:
    """The team is there."""

    inspection_id: str
    version: int | None = None


@dataclass(frozen=True, slots=True)
class RecordFindings:
    """What was found of some subjects; may be sent again while it is not filed."""

    inspection_id: str
    findings: tuple[Finding, ...]
    version: int | None = None


@dataclass(frozen=True, slots=True)
class FileInspection:
    """Everything is answered; each problem goes to the ledger."""

    inspection_id: str
    summary: str = field(default="", repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True)
class CancelInspection:
    """A planned inspection is given up."""

    inspection_id: str
    reason: str = field(repr=False)
    version: int | None = None


def plan_inspection(
    command: PlanInspection, uow: UnitOfWork, units: Collection[str], policy: SupervisionPolicy
) -> str:
    """Put an inspection down and return its id; raises UnknownUnitError or UnknownSubjectError."""
    with uow:
        today = day_of(uow.clock())
        inspection = _planned(
            command, uow, units, check_list(policy, today, command.subjects, command.further)
        )
        uow.inspections.add(inspection)
        if command.kind == "unannounced":
            inspection.start(today)
            uow.inspections.save(inspection)
        uow.commit()
    return inspection.id


def plan_month(
    command: PlanMonth, uow: UnitOfWork, units: Collection[str], policy: SupervisionPolicy
) -> list[str]:
    """Put one planned inspection of each unit down, together or not at all; return their ids."""
    with uow:
        items = check_list(policy, day_of(uow.clock()), command.subjects, command.further)
        planned = []
        for unit in dict.fromkeys(command.units):
            one = PlanInspection(
                unit=unit,
                kind="planned",
                due_on=command.due_on,
                team=command.team,
                subjects=command.subjects,
                members=command.members,
            )
            inspection = _planned(one, uow, units, items)
            uow.inspections.add(inspection)
            planned.append(inspection.id)
        uow.commit()
    return planned


def check_list(
    policy: SupervisionPolicy, on: date, subjects: Sequence[str], further: Sequence[str] = ()
) -> tuple[CheckItem, ...]:
    """Return the check-list: the policy's subjects chosen, in its order, then the office's own."""
    known = {one["code"]: one for one in policy.subjects.on(on)}
    for code in subjects:
        if code not in known:
            raise UnknownSubjectError(subject=code[:40])
    chosen = [
        CheckItem(code, one["zh"], one["en"], category=one["category"])
        for code, one in known.items()
        if code in set(subjects)
    ]
    own = [text.strip() for text in further if text.strip()]
    chosen += [CheckItem(f"own{at}", text, text) for at, text in enumerate(dict.fromkeys(own), 1)]
    return tuple(chosen)


def start_inspection(command: StartInspection, uow: UnitOfWork) -> None:
    """Begin a planned inspection today."""
    with uow:
        inspection = _opened(command.inspection_id, command.version, uow)
        inspection.start(day_of(uow.clock()))
        uow.inspections.save(inspection)
        uow.commit()


def record_findings(command: RecordFindings, uow: UnitOfWork) -> int:
    """Take findings down and return how many subjects are still open."""
    with uow:
        inspection = _opened(command.inspection_id, command.version, uow)
        for finding in command.findings:
            inspection.record(finding, on=day_of(uow.clock()))
        uow.inspections.save(inspection)
        uow.commit()
    return inspection.open_items


def file_inspection(command: FileInspection, uow: UnitOfWork, ledger: LedgerPolicy) -> tuple[str, ...]:
    """File it; each problem enters the ledger. Return the ids of the problems.

    One transaction: the ledger has all problems of a filed inspection, or it is not filed.
    """
    with uow:
        inspection = _opened(command.inspection_id, command.version, uow)
        today = day_of(uow.clock())
        inspection.file(on=today, summary=command.summary)
        for item in inspection.problems:
            found = EnterProblem(
                unit=inspection.unit,
                source=Source.INSPECTION,
                category=item.category or _OTHER,
                text=item.text,
                found_on=today,
                area_code=inspection.unit if inspection.unit.isdigit() else "",
                cause=item.cause,
                problem_id=derived_id("inspection_problem", inspection.id, item.code),
            )
            inspection.entered(item.code, put_into_ledger(found, uow, ledger, Acting(today)))
        uow.inspections.save(inspection)
        uow.commit()
    return tuple(item.problem_id for item in inspection.problems)


def cancel_inspection(command: CancelInspection, uow: UnitOfWork) -> None:
    """Give a planned inspection up; it stays in what was planned."""
    with uow:
        inspection = _opened(command.inspection_id, command.version, uow)
        inspection.cancel(on=day_of(uow.clock()), reason=command.reason)
        uow.inspections.save(inspection)
        uow.commit()


def _planned(
    command: PlanInspection, uow: UnitOfWork, units: Collection[str], items: tuple[CheckItem, ...]
) -> Inspection:
    if command.unit not in units:
        raise UnknownUnitError(unit=command.unit[:64])
    return Inspection.plan(
        inspection_id=uow.ids(),
        kind=command.kind,
        unit=command.unit,
        on=day_of(uow.clock()),
        due_on=command.due_on,
        team=command.team,
        members=command.members,
        items=items,
    )


def _opened(inspection_id: str, version: int | None, uow: UnitOfWork) -> Inspection:
    inspection = uow.inspections.get(inspection_id)
    inspection.expect_version(version)
    return inspection
