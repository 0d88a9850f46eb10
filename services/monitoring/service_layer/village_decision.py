"""Commands on village decisions: begin one, keep its steps, file it."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.village_decision import VillageDecision
from services.monitoring.service_layer.given import code_in, not_after_today, text_in
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.ports import UnitOfWork

_TITLE = ("决策事项名称", "title of the decision")


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginDecision:
    """A village takes up a major matter; *kind* is a code of ``decision_kind``."""

    area_code: str
    kind: str
    title: str = field(repr=False)
    on: date
    by: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeepDecisionStep:
    """One of the six steps took place; *step* is a code of ``decision_step``."""

    decision_id: str
    step: str
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class FileDecision:
    """The papers are filed; steps that are missing then stay missing."""

    decision_id: str
    on: date
    by: str = ""
    version: int | None = None


def begin_decision(command: BeginDecision, uow: UnitOfWork) -> str:
    """Record that a village decides on something, and return the decision's id."""
    code_in("decision_kind", command.kind)
    village_in(command.area_code)
    title = text_in(command.title.strip(), _TITLE, most=100, least=2)
    with uow:
        decision = VillageDecision(
            id=uow.ids(),
            area_code=command.area_code,
            kind=command.kind,
            title=title,
            begun_on=not_after_today(command.on, uow.clock),
            steps={},
            recorded_by=command.by,
        )
        uow.decisions.add(decision)
        uow.commit()
    return decision.id


def keep_decision_step(command: KeepDecisionStep, uow: UnitOfWork) -> None:
    """Put a step of a decision on record."""
    code_in("decision_step", command.step)
    with uow:
        decision = uow.decisions.get(command.decision_id)
        decision.expect_version(command.version)
        decision.keep(command.step, on=not_after_today(command.on, uow.clock))
        uow.decisions.save(decision)
        uow.commit()


def file_decision(command: FileDecision, uow: UnitOfWork) -> bool:
    """File a decision and return whether all six steps are on record."""
    with uow:
        decision = uow.decisions.get(command.decision_id)
        decision.expect_version(command.version)
        decision.file(on=not_after_today(command.on, uow.clock), by=command.by)
        uow.decisions.save(decision)
        uow.commit()
    return decision.complete
