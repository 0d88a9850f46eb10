"""Associations' loans, stations' income, firms' pilot projects."""

from dataclasses import dataclass

from services.finance.domain.cooperative import AssociationLoan, Distribution, FirmProject, StationIncome
from services.finance.domain.project_policy import ProjectPolicy
from services.finance.service_layer.ports_projects import Processes, UnitOfWork
from services.finance.service_layer.step import Opening, TakeStep, acting, take
from shared.kernel.period import add_days


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyToAssociation(Opening):
    """A member asks for money; *valid* as the association found it."""

    association: str
    member_no: str
    amount_fen: int
    valid: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class RefuseAssociationLoan(TakeStep):
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordStationIncome(Opening):
    """What a station earned in *period* (a year) and can be distributed."""

    station_no: str
    period: str
    income_fen: int


@dataclass(frozen=True, slots=True, kw_only=True)
class DistributeIncome(TakeStep):
    spent: Distribution


@dataclass(frozen=True, slots=True, kw_only=True)
class ApplyForFirmProject(Opening):
    """*kind* is a key of ``CLASSES``; *amount_fen* what the firm invests or gives."""

    firm: str
    name: str
    kind: str
    amount_fen: int


def apply_to_association(command: ApplyToAssociation, uow: UnitOfWork, policy: ProjectPolicy) -> str:
    """Put an application on record and return its id."""
    with uow:
        loan = AssociationLoan.apply(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            association=command.association,
            member_no=command.member_no,
            amount_fen=command.amount_fen,
            valid=command.valid,
            due_on=add_days(command.on, policy.association_answer_days.on(command.on)),
        )
        uow.association_loans.add(loan)
        uow.commit()
    return loan.id


def grant_association_loan(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _loans, AssociationLoan.grant)


def refuse_association_loan(command: RefuseAssociationLoan, uow: UnitOfWork) -> None:
    take(command, uow, _loans, lambda one, acting: one.refuse(command.reason, acting))


def withdraw_association_loan(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _loans, AssociationLoan.withdraw)


def repay_association_loan(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _loans, AssociationLoan.repay)


def record_station_income(command: RecordStationIncome, uow: UnitOfWork, policy: ProjectPolicy) -> str:
    """Put a station's income on record and return its id."""
    with uow:
        income = StationIncome.record(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            station_no=command.station_no,
            period=command.period,
            income_fen=command.income_fen,
            due_on=add_days(command.on, policy.station_distribution_days.on(command.on)),
        )
        uow.station_incomes.add(income)
        uow.commit()
    return income.id


def distribute_income(command: DistributeIncome, uow: UnitOfWork, policy: ProjectPolicy) -> None:
    """Record the distribution; a share for wages below the policy's is marked, not refused."""
    share = policy.station_wage_share.on(command.on)
    take(command, uow, _incomes, lambda one, acting: one.distribute(command.spent, share, acting))


def apply_for_firm_project(command: ApplyForFirmProject, uow: UnitOfWork, policy: ProjectPolicy) -> str:
    """Put a firm's application on record and return its id; it is decided on by 30 June."""
    with uow:
        project = FirmProject.apply(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            firm=command.firm,
            name=command.name,
            kind=command.kind,
            amount_fen=command.amount_fen,
            due_on=policy.decide_by(command.on),
        )
        uow.firm_projects.add(project)
        uow.commit()
    return project.id


def recognise_firm_project(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _firm_projects, FirmProject.recognise)


def reject_firm_project(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _firm_projects, FirmProject.reject)


def land_firm_project(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _firm_projects, FirmProject.land)


def _loans(uow: UnitOfWork) -> Processes[AssociationLoan]:
    return uow.association_loans


def _incomes(uow: UnitOfWork) -> Processes[StationIncome]:
    return uow.station_incomes


def _firm_projects(uow: UnitOfWork) -> Processes[FirmProject]:
    return uow.firm_projects
