"""What funds, projects, assets, upkeep and co-operation need of where they are kept."""

from collections.abc import Iterable, Sequence
from datetime import date
from types import TracebackType
from typing import Protocol, Self, TypeVar

from services.finance.domain.announcement import Announcement
from services.finance.domain.asset import Asset, AssetInspection, AssetProblem
from services.finance.domain.cooperative import AssociationLoan, FirmProject, StationIncome
from services.finance.domain.fund import FundLine
from services.finance.domain.process import Process
from services.finance.domain.project import Project
from services.finance.domain.upkeep import Facility, KeeperPay
from shared.kernel.clock import Clock
from shared.kernel.ids import Ids
from shared.kernel.period import Month

P = TypeVar("P", bound=Process)


class Processes(Protocol[P]):
    """The processes of one kind."""

    def add(self, one: P, /) -> None: ...
    def add_new(self, several: Sequence[P], /) -> int:
        """Keep those whose id is not kept yet; return how many that were."""

    def save(self, one: P, /) -> None: ...
    def get(self, id_: str, /) -> P: ...
    def several(self, ids: Iterable[str], /) -> list[P]: ...


class Funds(Processes[FundLine], Protocol):
    def arranged(self, *, year: int, area_code: str, project_id: str) -> int:
        """Return the fen arranged for a project, or, without one, in an area for a year."""


class Facilities(Processes[Facility], Protocol):
    def kept_without_pay(self, month: str, since: date) -> list[Facility]:
        """Return the listed ones kept since *since* or before, with a wage and no pay of *month* yet."""

    def newest_pay(self) -> Month | None:
        """Return the last month of which any pay was owed, None when none ever was."""


class UnitOfWork(Protocol):
    """One transaction over the processes of this department."""

    @property
    def clock(self) -> Clock: ...
    @property
    def ids(self) -> Ids: ...
    @property
    def funds(self) -> Funds: ...
    @property
    def projects(self) -> Processes[Project]: ...
    @property
    def announcements(self) -> Processes[Announcement]: ...
    @property
    def assets(self) -> Processes[Asset]: ...
    @property
    def inspections(self) -> Processes[AssetInspection]: ...
    @property
    def problems(self) -> Processes[AssetProblem]: ...
    @property
    def facilities(self) -> Facilities: ...
    @property
    def keeper_pays(self) -> Processes[KeeperPay]: ...
    @property
    def association_loans(self) -> Processes[AssociationLoan]: ...
    @property
    def station_incomes(self) -> Processes[StationIncome]: ...
    @property
    def firm_projects(self) -> Processes[FirmProject]: ...
    def __enter__(self) -> Self: ...
    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None, /
    ) -> None: ...
    def commit(self) -> None: ...
