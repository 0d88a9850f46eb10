"""What the routes of this site are given, and how the area of what they touch is found."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Annotated, Any

from pydantic import Field
from sqlalchemy import Connection

from services.monitoring.adapters.read_models import area_of_change, area_of_household
from services.monitoring.adapters.read_models_clue import area_of_clue
from services.monitoring.adapters.read_models_governance import in_grid_of
from services.monitoring.adapters.unit_of_work import MonitoringUnitOfWork
from services.monitoring.bootstrap import Monitoring
from shared.persistence.engine import reading
from shared.web.asking import Act, Ask
from shared.web.forms import Label

MonitoringAsk = Ask[Monitoring]
MonitoringAct = Act[Monitoring, MonitoringUnitOfWork]

OnDay = Annotated[
    date | None,
    Label("发生日期", "Day", hint_zh="不填即为今天", hint_en="today when left empty"),
]
"""A day a form may leave out."""
AmountFen = Annotated[int, Field(ge=0, le=10**12)]
"""An amount, typed in yuan on pages and kept in fen; the form that uses it says what it is."""


@contextmanager
def read(ask: Ask[Monitoring]) -> Iterator[Connection]:
    """Give a connection for the queries of a page."""
    with reading(ask.service.engine) as connection:
        yield connection


def household_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the household a page or action names; a grid worker finds only the own grids'."""
    with read(ask) as connection:
        household_id = given["household_id"]
        if ask.officer.role == "grid" and not in_grid_of(connection, ask.officer.login, household_id):
            return None
        return area_of_household(connection, given["household_id"])


def clue_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the clue a page or action names."""
    with read(ask) as connection:
        return area_of_clue(connection, given["clue_id"])


def change_area(ask: MonitoringAsk, given: Mapping[str, Any]) -> str | None:
    """Find the village of the change an action names."""
    with read(ask) as connection:
        return area_of_change(connection, given["change_id"])
