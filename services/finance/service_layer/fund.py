"""Money arranged, issued and paid."""

from dataclasses import dataclass

from services.finance.domain.fund import FundLine, Source
from services.finance.domain.project_policy import ProjectPolicy
from services.finance.service_layer.ports_projects import Processes, UnitOfWork
from services.finance.service_layer.step import Opening, TakeStep, acting, take


@dataclass(frozen=True, slots=True, kw_only=True)
class ArrangeFund(Opening):
    """*unit* answers for it; of a line for a project, kind and place are the project's."""

    line_no: str
    year: int
    source: Source
    amount_fen: int
    unit: str
    project_id: str = ""
    industry: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveFund(TakeStep):
    """Issue or pay *amount_fen* of a line, in addition to what was before."""

    amount_fen: int


def arrange_fund(command: ArrangeFund, uow: UnitOfWork, policy: ProjectPolicy) -> str:
    """Put a line on record and return its id; county matching must be issued by 30 April."""
    with uow:
        project = uow.projects.get(command.project_id) if command.project_id else None
        line = FundLine.arrange(
            acting(command, uow),
            id=uow.ids(),
            area_code=project.area_code if project else command.area_code,
            line_no=command.line_no,
            year=command.year,
            source=command.source,
            industry=project.industry if project else command.industry,
            unit=command.unit,
            project_id=command.project_id,
            arranged_fen=command.amount_fen,
            due_on=policy.issue_by(command.source, command.year, command.on),
        )
        uow.funds.add(line)
        uow.commit()
    return line.id


def issue_fund(command: MoveFund, uow: UnitOfWork) -> None:
    take(command, uow, _funds, lambda line, acting: line.issue(command.amount_fen, acting))


def pay_fund(command: MoveFund, uow: UnitOfWork) -> None:
    take(command, uow, _funds, lambda line, acting: line.pay(command.amount_fen, acting))


def withdraw_fund(command: TakeStep, uow: UnitOfWork) -> None:
    """Take back a line of which nothing was issued."""
    take(command, uow, _funds, FundLine.withdraw)


def _funds(uow: UnitOfWork) -> Processes[FundLine]:
    return uow.funds
