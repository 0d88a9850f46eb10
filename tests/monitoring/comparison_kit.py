"""Lists of departments about the invented family, and the policy they are read by."""

from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import select

from services.monitoring.adapters.comparison_policy import load_comparison_policy
from services.monitoring.adapters.tables import comparison_differences, department_lists, department_warnings
from services.monitoring.domain.comparison import catalogue  # noqa: F401  (fills RULES)
from services.monitoring.domain.comparison import row as rows
from services.monitoring.domain.comparison.matching import Registered
from services.monitoring.domain.comparison.rule import RULES, Asked
from services.monitoring.service_layer.comparison.department_list import (
    TakeDepartmentList,
    take_department_list,
)
from services.monitoring.settings import Settings
from shared.kernel.period import Month
from tests.monitoring.kit import VILLAGE, id_number

HEAD_NUMBER = id_number(date(1978, 3, 5), "1")
WIFE_NUMBER = id_number(date(1980, 9, 12), "2")
SON_NUMBER = id_number(date(2011, 2, 1), "1")
ILLNESS = "100A27001"


@lru_cache(maxsize=1)
def policy():
    """Return the policy the service runs on."""
    return load_comparison_policy(Settings.model_fields["policy_dir"].default)


def registered(**given: Any) -> Registered:
    """Return a man the register knows, or what *given* makes of him."""
    told: dict[str, Any] = {"person_id": "p1", "household_id": "h1", "area_code": VILLAGE}
    told["born_on"] = date(1978, 3, 5)
    return Registered(**told | given)


def cost(number: str = HEAD_NUMBER, inpatient: int = 0, outpatient: int = 0, **given: Any):
    return rows.MedicalCostRow(id_number=number, inpatient=inpatient, outpatient=outpatient, **given)


def insured(number: str = HEAD_NUMBER, *, yes: Any = True):
    return rows.InsuredRow(id_number=number, insured=yes)


def deliver(service, kind: str, *given, month: str = "202206", **told) -> str:
    """Deliver a list with the rows *given* and return its id."""
    command = TakeDepartmentList(kind=kind, month=month, rows=given, **told)
    return take_department_list(command, service.uow(), service.comparison, service.clue_policy)


def kept(service, table, *columns):
    """Return the rows of *table*, or of some of its columns."""
    query = select(*(table.c[name] for name in columns)) if columns else select(table)
    with service.engine.connect() as connection:
        return [tuple(row) for row in connection.execute(query)]


def warnings(service) -> list[tuple]:
    """Return rule, state and month of the warnings."""
    return sorted(kept(service, department_warnings, "rule", "state", "month"))


def differences(service) -> list[tuple]:
    """Return matter, what each side says, whose turn and how it ended."""
    return sorted(kept(service, comparison_differences, "about", "listed", "registered", "side", "how"))


def lists(service, *columns):
    return kept(service, department_lists, *columns)


def fires(rule: str, row, month: str = "202206", **person):
    """Return what the warning is once for when *rule* fires on *row* about a person, else None."""
    entry = policy().rules[rule].entry_on(date(2022, 6, 30))
    asked = Asked(row, registered(**person), Month(int(month[:4]), int(month[4:])), entry.value)
    return RULES[rule].fires(asked)
