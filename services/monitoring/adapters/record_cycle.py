"""Where changed records stand on their way through the gates, with every step they took."""

from collections.abc import Collection, Sequence
from dataclasses import fields
from typing import Any

from sqlalchemy import ColumnElement, Connection, insert, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.inside import inside
from services.monitoring.adapters.tables import record_cycle_steps, record_cycles
from services.monitoring.domain.quality.errors import RecordCycleNotFoundError
from services.monitoring.domain.quality.record_cycle import Gate, GateStep, RecordCycle
from shared.kernel.clock import Clock
from shared.kernel.errors import StaleVersionError
from shared.messaging.bulk import among, upsert

_FIELDS = tuple(one.name for one in fields(RecordCycle) if one.name not in ("version", "facts"))


class RecordCycles:
    """The cycles of all households, on one transaction; many are kept in a few statements."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self._connection = connection
        self._collect = collect
        self._clock = clock

    def open_of(self, household_ids: Collection[str]) -> dict[str, RecordCycle]:
        """Return the cycle each household is in, for those that are in one."""
        if not household_ids:
            return {}
        found = self._read(among(self._connection, record_cycles.c.open_household, sorted(household_ids)))
        return {one.household_id: one for one in found}

    def enterers_of(self, household_ids: Collection[str]) -> dict[str, str]:
        """Return who entered the latest change of each household, where that is known."""
        columns = record_cycles.c
        query = select(columns.household_id, columns.entered_by).where(
            among(self._connection, columns.household_id, sorted(household_ids)), columns.entered_by != ""
        )
        rows = self._connection.execute(query.order_by(columns.last_on, columns.id)) if household_ids else ()
        return {row.household_id: row.entered_by for row in rows}

    def get(self, cycle_id: str) -> RecordCycle:
        """Return the cycle; raises RecordCycleNotFoundError."""
        return self.get_many([cycle_id])[0]

    def get_many(self, cycle_ids: Sequence[str]) -> list[RecordCycle]:
        """Return the cycles, each once, in the order of their ids; raises RecordCycleNotFoundError."""
        found = self._read(among(self._connection, record_cycles.c.id, sorted(set(cycle_ids))))
        if len(found) != len(set(cycle_ids)):
            raise RecordCycleNotFoundError
        return found

    def waiting_to_be_drawn(self, area_code: str, most: int) -> list[RecordCycle]:
        """Return approved records the county has not yet drawn from."""
        columns = record_cycles.c
        where = (
            (columns.state == str(Gate.APPROVED))
            & columns.sampled.is_(None)
            & inside(columns.area_code, area_code)
        )
        return self._read(where, most)

    def keep(self, cycles: Sequence[RecordCycle]) -> None:
        """Keep cycles, each unless somebody else took it a step since it was read."""
        if not cycles:
            return
        self._refuse_stale([one for one in cycles if one.version])
        upsert(self._connection, record_cycles, [{**_row(one), "version": one.version + 1} for one in cycles])
        at = self._clock()
        steps = [
            {**_step(fact), "at": at} for one in cycles for fact in one.facts if isinstance(fact, GateStep)
        ]
        if steps:
            self._connection.execute(insert(record_cycle_steps), steps)
        for one in cycles:
            self._collect(one)
            one.version += 1

    def _refuse_stale(self, cycles: Sequence[RecordCycle]) -> None:
        columns = record_cycles.c
        chosen = among(self._connection, columns.id, [one.id for one in cycles])
        query = select(columns.id, columns.version).where(chosen).with_for_update()
        kept = {row.id: row.version for row in self._connection.execute(query)} if cycles else {}
        if any(kept.get(one.id) != one.version for one in cycles):
            raise StaleVersionError

    def _read(self, where: ColumnElement[bool], most: int | None = None) -> list[RecordCycle]:
        query = select(record_cycles).where(where).order_by(record_cycles.c.id).limit(most)
        return [cycle_from(row) for row in self._connection.execute(query).mappings()]


def cycle_from(row: Any) -> RecordCycle:  # noqa: ANN401  (a row of record_cycles as a mapping)
    """Return the cycle a row keeps."""
    given = {name: row[name] for name in _FIELDS}
    return RecordCycle(**given | {"state": Gate(row["state"]), "version": row["version"]})


def _row(cycle: RecordCycle) -> dict[str, Any]:
    row = {name: getattr(cycle, name) for name in _FIELDS}
    return row | {"state": str(cycle.state), "open_household": cycle.household_id if cycle.is_open else None}


def _step(fact: GateStep) -> dict[str, Any]:
    return {
        "cycle_id": fact.cycle.id,
        "sequence": fact.sequence,
        "gate": str(fact.gate),
        "returned": fact.returned,
        "occurred_on": fact.on,
        "by": fact.by,
        "reason": fact.reason,
        "note": fact.note,
    }
