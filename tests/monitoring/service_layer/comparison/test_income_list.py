"""The ledgers are screened like a department's list."""

from datetime import date

import pytest

from services.monitoring.adapters.tables import department_list_rows, department_warnings
from services.monitoring.domain.comparison.errors import EmptyListError
from services.monitoring.service_layer.comparison.income_list import ScreenIncomes, screen_incomes
from services.monitoring.service_layer.income import RecordIncome, record_income
from tests.monitoring.comparison_kit import kept


def screen(service, month="202206"):
    return screen_incomes(ScreenIncomes(month=month), service.uow(), service.comparison, service.clue_policy)


def test_low_income_is_warned_of_once_a_year(service, household):
    """Three people on 2,000 yuan a year between them: below the focus line, once in the year."""
    record_income(
        RecordIncome(household_id=household, items={"A1": 600_000}, on=date(2022, 6, 20)),
        service.uow(),
        service.line,
    )
    screen(service)
    screen(service, "202207")
    assert [("XZ-01", "202206")] == kept(service, department_warnings, "rule", "month")
    assert {("number",)} == set(kept(service, department_list_rows, "matched"))


def test_without_ledgers_there_is_no_list(service, household):
    """Nothing recorded is nothing to screen."""
    with pytest.raises(EmptyListError):
        screen(service)
