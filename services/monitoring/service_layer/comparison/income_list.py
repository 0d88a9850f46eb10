"""The county bureau's own list: what the register's ledgers say of every household's income (XZ-01)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.clue import CluePolicy
from services.monitoring.domain.comparison.policy import ComparisonPolicy
from services.monitoring.domain.comparison.row import IncomeRow
from services.monitoring.service_layer.comparison.department_list import (
    TakeDepartmentList,
    take_department_list,
)
from services.monitoring.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class ScreenIncomes:
    """Look through the newest ledgers of *month*'s year, beside those of the year before."""

    month: str
    on: date | None = None
    by: str = ""


def screen_incomes(
    command: ScreenIncomes, uow: UnitOfWork, policy: ComparisonPolicy, clues: CluePolicy
) -> str:
    """Make the list out of the ledgers and take it like any department's; once a household and year."""
    with uow:
        rows = list(uow.department_lists.incomes(int(command.month[:4])))
    return take_department_list(
        TakeDepartmentList(
            kind="income",
            month=command.month,
            rows=_rows(rows),
            on=command.on,
            by=command.by,
        ),
        uow,
        policy,
        clues,
    )


def _rows(incomes: list[tuple[str, str, date, str, int, int | None]]) -> Iterator[IncomeRow]:
    for number, name, born_on, area_code, net, before in incomes:
        yield IncomeRow(
            id_number=number, name=name, born_on=born_on, area_code=area_code, net=net, net_before=before
        )
