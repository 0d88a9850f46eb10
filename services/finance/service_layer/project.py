"""Projects, from the proposal through the three reviews to their acceptance."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from services.finance.domain.project import Project, Review
from services.finance.domain.project_policy import ProjectPolicy
from services.finance.service_layer.ports_projects import Processes, UnitOfWork
from services.finance.service_layer.step import Opening, TakeStep, acting, take


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeProject(Opening):
    """*kind* is a key of ``KINDS``; *unit* the department or town that carries it out."""

    project_no: str
    name: str
    year: int
    kind: str
    unit: str
    planned_fen: int
    funding: Literal["bridging", "cooperation"] = "bridging"


@dataclass(frozen=True, slots=True, kw_only=True)
class SignReview(TakeStep):
    """One of the three reviews (三性), with the number of its paper."""

    review: Review
    paper_no: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class EnterProject(TakeStep):
    """*reason* is needed when a review has not been signed."""

    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreeBenefit(TakeStep):
    """How farmers share in it; *ratio* in percent."""

    modes: tuple[str, ...]
    ratio: Decimal


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordProgress(TakeStep):
    percent: int


def propose_project(command: ProposeProject, uow: UnitOfWork) -> str:
    """Put a project on record and return its id."""
    with uow:
        project = Project.propose(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            project_no=command.project_no,
            name=command.name,
            year=command.year,
            kind=command.kind,
            funding=command.funding,
            unit=command.unit,
            planned_fen=command.planned_fen,
        )
        uow.projects.add(project)
        uow.commit()
    return project.id


def sign_review(command: SignReview, uow: UnitOfWork) -> None:
    take(command, uow, _projects, lambda one, acting: one.review(command.review, command.paper_no, acting))


def enter_project(command: EnterProject, uow: UnitOfWork) -> None:
    take(command, uow, _projects, lambda one, acting: one.enter(acting, command.reason))


def agree_benefit(command: AgreeBenefit, uow: UnitOfWork) -> None:
    take(command, uow, _projects, lambda one, acting: one.agree_benefit(command.modes, command.ratio, acting))


def arrange_project(command: TakeStep, uow: UnitOfWork, policy: ProjectPolicy) -> None:
    """Put it into the year's plan: it must start by 31 March, or some days later when arranged later."""
    take(
        command, uow, _projects, lambda one, acting: one.arrange(policy.start_by(one.year, acting.on), acting)
    )


def start_project(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _projects, Project.start)


def record_progress(command: RecordProgress, uow: UnitOfWork) -> None:
    take(command, uow, _projects, lambda one, acting: one.progress(command.percent, acting))


def complete_project(command: TakeStep, uow: UnitOfWork, policy: ProjectPolicy) -> None:
    take(command, uow, _projects, lambda one, acting: one.complete(policy.accept_by(acting.on), acting))


def accept_project(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _projects, Project.accept)


def drop_project(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _projects, Project.drop)


def _projects(uow: UnitOfWork) -> Processes[Project]:
    return uow.projects
