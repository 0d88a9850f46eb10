"""Where runs of the rules, cleaning rounds and the villages' own records are kept."""

from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, func, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.records import Records
from services.monitoring.adapters.tables import (
    cleaning_rounds,
    households,
    living_conditions,
    quality_runs,
    village_records,
)
from services.monitoring.domain.quality.cleaning_round import CleaningRound
from services.monitoring.domain.quality.errors import CleaningRoundNotFoundError
from services.monitoring.domain.quality.view import LAND, VillageView
from services.monitoring.domain.quality.village_record import VILLAGE_FIELDS, VillageRecord
from shared.messaging.bulk import insert_new, upsert

_LAND_COLUMNS = {
    "cultivated": "farmland_mu",
    "forest": "forest_mu",
    "returned": "returned_forest_mu",
    "orchard": "orchard_mu",
    "pasture": "grassland_mu",
    "water_area": "water_mu",
}
_DECIMALS = frozenset({*LAND, "hardened_km", "new_road_km", "road_km", "damaged_km"})


class CleaningRounds(Records[CleaningRound]):
    """The county's cleaning rounds, one a month."""

    def __init__(self, connection: Connection, collect: Collect) -> None:
        super().__init__(connection, collect, cleaning_rounds, CleaningRound, CleaningRoundNotFoundError)

    def of_month(self, month: str) -> CleaningRound | None:
        """Return the round of a month (YYYYMM)."""
        query = select(cleaning_rounds).where(cleaning_rounds.c.month == month)
        row = self._connection.execute(query).mappings().first()
        return self.read(row) if row else None


class QualityRuns:
    """What each run found, town by town; only added to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def add(self, row: Mapping[str, Any], *, at: datetime) -> bool:
        """Keep what a run over one town found, once for its id; return whether it is new."""
        return bool(insert_new(self._connection, quality_runs, [{**row, "at": at}]))

    def towns_since(self, day: date) -> set[str]:
        """Return the towns a run has gone through since *day*."""
        query = select(quality_runs.c.area_code).where(quality_runs.c.ran_on >= day).distinct()
        return set(self._connection.execute(query).scalars())

    def hold(self, town: str) -> None:
        """Wait until no other run is at the town, and keep others off until the transaction ends.

        SQLite has one writer at a time anyway.
        """
        if self._connection.dialect.name == "postgresql":
            lock = func.pg_advisory_xact_lock(func.hashtext("quality_run"), func.hashtext(town))
            self._connection.execute(select(lock))


class VillageRecords:
    """The villages' own records, and what their households' land adds up to."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def find(self, area_code: str) -> VillageRecord | None:
        """Return a village's record, with the sums of its households' land; None when none was entered."""
        query = select(village_records).where(village_records.c.area_code == area_code)
        row = self._connection.execute(query).mappings().first()
        if row is None:
            return None
        fields: dict[str, Any] = {
            name: Decimal(value) if name in _DECIMALS and value is not None else value
            for name, value in row["fields"].items()
            if name in VILLAGE_FIELDS
        }
        view = VillageView(area_code=area_code, land_of_households=self.land_of(area_code), **fields)
        return VillageRecord(view, row["year"], row["recorded_on"], row["recorded_by"], row["version"])

    def keep(self, record: VillageRecord) -> None:
        """Keep a village's record; *version* is the one that was read, 0 for the first."""
        given = {name: getattr(record.view, name) for name in VILLAGE_FIELDS}
        fields = {name: str(value) if isinstance(value, Decimal) else value for name, value in given.items()}
        row = {"area_code": record.view.area_code, "year": record.year, "fields": fields}
        row |= {"recorded_on": record.recorded_on, "recorded_by": record.recorded_by}
        upsert(self._connection, village_records, [{**row, "version": record.version + 1}])

    def land_of(self, area_code: str) -> tuple[Decimal, ...]:
        """Return what the land of a village's households adds up to, in the order of ``LAND``."""
        columns = [living_conditions.c[_LAND_COLUMNS[name]] for name in LAND]
        query = select(*columns).join(households, households.c.id == living_conditions.c.household_id)
        rows = self._connection.execute(query.where(households.c.area_code == area_code)).all()
        return tuple(sum((row[at] or Decimal(0) for row in rows), Decimal(0)) for at in range(len(LAND)))
