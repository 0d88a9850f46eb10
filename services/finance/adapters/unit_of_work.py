"""The repositories, the outbox and the inbox of finance in one transaction."""

from services.finance.adapters import tables_projects as tables
from services.finance.adapters.borrower import SqlBorrowers
from services.finance.adapters.loan import SqlLoans
from services.finance.adapters.measure import SqlMeasures
from services.finance.adapters.process import Processes, SqlFacilities, SqlFunds
from services.finance.domain.announcement import Announcement, AnnouncementNotFoundError
from services.finance.domain.asset import (
    Asset,
    AssetInspection,
    AssetNotFoundError,
    AssetProblem,
    AssetProblemNotFoundError,
)
from services.finance.domain.cooperative import (
    AssociationLoan,
    AssociationLoanNotFoundError,
    FirmProject,
    FirmProjectNotFoundError,
    StationIncome,
    StationIncomeNotFoundError,
)
from services.finance.domain.fund import FundLine, FundLineNotFoundError
from services.finance.domain.project import Project, ProjectNotFoundError
from services.finance.domain.upkeep import Facility, FacilityNotFoundError, KeeperPay, KeeperPayNotFoundError
from services.finance.service_layer.publishing import fixed_id
from shared.contracts.envelope import Envelope, EventData
from shared.persistence.unit_of_work import SqlUnitOfWork


class FinanceUnitOfWork(SqlUnitOfWork):
    """See the port ``UnitOfWork``."""

    borrowers: SqlBorrowers
    loans: SqlLoans
    measures: SqlMeasures
    funds: SqlFunds
    projects: Processes[Project]
    announcements: Processes[Announcement]
    assets: Processes[Asset]
    inspections: Processes[AssetInspection]
    problems: Processes[AssetProblem]
    facilities: SqlFacilities
    keeper_pays: Processes[KeeperPay]
    association_loans: Processes[AssociationLoan]
    station_incomes: Processes[StationIncome]
    firm_projects: Processes[FirmProject]

    def open_repositories(self) -> None:
        self.borrowers = SqlBorrowers(self.connection)
        self.loans = SqlLoans(self.connection, self.collect)
        self.measures = SqlMeasures(self.connection, self.collect)
        self._open_projects()
        self._open_cooperation()

    def _open_projects(self) -> None:
        on = (self.connection, self.collect)
        self.funds = SqlFunds(*on, tables.fund_line, FundLine, FundLineNotFoundError, number="line_no")
        self.projects = Processes(*on, tables.project, Project, ProjectNotFoundError, number="project_no")
        self.announcements = Processes(*on, tables.announcement, Announcement, AnnouncementNotFoundError)
        self.assets = Processes(*on, tables.asset, Asset, AssetNotFoundError, number="asset_no")
        self.inspections = Processes(*on, tables.asset_inspection, AssetInspection)
        self.problems = Processes(*on, tables.asset_problem, AssetProblem, AssetProblemNotFoundError)
        self.facilities = SqlFacilities(
            *on, tables.facility, Facility, FacilityNotFoundError, number="facility_no"
        )
        self.keeper_pays = Processes(*on, tables.keeper_pay, KeeperPay, KeeperPayNotFoundError)

    def _open_cooperation(self) -> None:
        on = (self.connection, self.collect)
        self.association_loans = Processes(
            *on, tables.association_loan, AssociationLoan, AssociationLoanNotFoundError
        )
        self.station_incomes = Processes(
            *on, tables.station_income, StationIncome, StationIncomeNotFoundError
        )
        self.firm_projects = Processes(*on, tables.firm_project, FirmProject, FirmProjectNotFoundError)

    def publish(self, event: EventData, *, cause: Envelope | None = None) -> Envelope:
        """As the base does, but an event that the clock alone causes keeps its own id."""
        fixed = fixed_id(event)
        if fixed is None:
            return super().publish(event, cause=cause)
        ids, self.ids = self.ids, lambda: fixed
        try:
            return super().publish(event, cause=cause)
        finally:
            self.ids = ids
