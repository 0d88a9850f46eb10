"""What the routes of this site are given, and how the area of what they touch is found."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from sqlalchemy import Connection

from services.finance.adapters.read_models import Part, borrower_by_id, loan_by_id
from services.finance.adapters.read_models_measure import measure_by_id
from services.finance.adapters.unit_of_work import FinanceUnitOfWork
from services.finance.bootstrap import Finance
from shared.areas import areas
from shared.persistence.engine import reading
from shared.web.asking import Act, Ask
from shared.web.forms import Label

FinanceAsk = Ask[Finance]
FinanceAct = Act[Finance, FinanceUnitOfWork]

OnDay = Annotated[date | None, Label("日期", "Day", hint_zh="不填即为今天", hint_en="today when left empty")]
"""A day a form may leave out."""


@contextmanager
def read(ask: Ask[Finance]) -> Iterator[Connection]:
    """Give a connection for the queries of a page."""
    with reading(ask.service.engine) as connection:
        yield connection


def part_of(ask: FinanceAsk) -> Part:
    """Return the part of a list that is asked for."""
    return Part(ask.paging.size, ask.paging.offset)


def towns(ask: FinanceAsk) -> list[tuple[str, str]]:
    """Return the towns an officer may narrow a list to: code and name; none for a town's own officer."""
    return [(town.code, town.name) for town in areas().towns() if ask.officer.may_see(town.code)]


def eligible_types(ask: FinanceAsk) -> tuple[str, ...]:
    """Return the household types that may borrow today."""
    return tuple(str(each) for each in ask.service.policy.household_types.on(ask.today))


def household_area(ask: FinanceAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the household a page or action names."""
    with read(ask) as connection:
        found = borrower_by_id(connection, given["household_id"])
    return found.area_code if found else None


def loan_area(ask: FinanceAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the loan a page or action names."""
    with read(ask) as connection:
        found = loan_by_id(connection, given["loan_id"])
    return found.loan.area_code if found else None


def measure_area(ask: FinanceAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the measure a page or action names."""
    with read(ask) as connection:
        found = measure_by_id(connection, given["measure_id"])
    return found.measure.request.area_code if found else None
