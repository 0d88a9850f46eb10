"""The monthly samples in SQL, and what can be drawn."""

from collections import defaultdict
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection, insert, select

from services.evaluation.adapters.tables import household_card, inspection_sample, inspection_sample_household
from services.evaluation.domain.inspection_sample import Drawn, InspectionSample, Pool
from shared.kernel.aggregate import Aggregate

_ORDINARY = "100A03A01"
"""The household type (100A03) of those that were never registered as poor."""
_VILLAGE = 12
"""Digits of a village's code."""


class SqlInspectionSamples:
    """The samples inside one transaction; one that was drawn stays as it is."""

    def __init__(self, connection: Connection, collect: Callable[[Aggregate], None]) -> None:
        self._connection = connection
        self._collect = collect

    def add(self, sample: InspectionSample) -> None:
        """Keep a sample and tell of it."""
        row = {"id": sample.id, "month": sample.month, "seed": sample.seed, "drawn_on": sample.drawn_on}
        self._connection.execute(insert(inspection_sample).values(**row, villages=list(sample.villages)))
        rows = [
            {
                "sample_id": sample.id,
                "household_id": one.household_id,
                "village": one.village,
                "registered": one.registered,
            }
            for one in sample.households
        ]
        if rows:
            self._connection.execute(insert(inspection_sample_household), rows)
        self._collect(sample)

    def of_month(self, month: str) -> InspectionSample | None:
        """Return the sample of *month*, None while there is none."""
        return sample_of(self._connection, month)

    def pool(self) -> Pool:
        """Return every household with a village, by village, and what was drawn before."""
        registered: dict[str, list[str]] = defaultdict(list)
        others: dict[str, list[str]] = defaultdict(list)
        columns = household_card.c
        query = select(columns.household_id, columns.area_code, columns.state)
        for household_id, area_code, state in self._connection.execute(query):
            if len(area_code) == _VILLAGE:
                (registered if _is_registered(state) else others)[area_code].append(household_id)
        drawn = self._connection.execute(
            select(inspection_sample_household.c.village, inspection_sample_household.c.household_id)
        ).all()
        villages = self._connection.execute(select(inspection_sample.c.villages)).scalars()
        return Pool(
            registered,
            others,
            frozenset(village for every in villages for village in every),
            frozenset(row.household_id for row in drawn),
        )


def sample_of(connection: Connection, month: str) -> InspectionSample | None:
    """Return the sample of *month* with its households, by village; None while there is none."""
    found = (
        connection.execute(select(inspection_sample).where(inspection_sample.c.month == month))
        .mappings()
        .first()
    )
    if found is None:
        return None
    columns = inspection_sample_household.c
    rows = connection.execute(
        select(columns.village, columns.household_id, columns.registered)
        .where(columns.sample_id == found["id"])
        .order_by(columns.village, columns.registered.desc(), columns.household_id)
    )
    households = tuple(Drawn(*row) for row in rows)
    return InspectionSample(**{**found, "villages": tuple(found["villages"]), "households": households})


def _is_registered(state: dict[str, Any]) -> bool:
    household = state.get("household") or {}
    return bool(household.get("lifted_out")) or household.get("type", _ORDINARY) != _ORDINARY
