"""Where income ledgers are kept: only ever added to."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, and_, desc, func, insert, select

from services.monitoring.adapters.household import Collect
from services.monitoring.adapters.tables import households, income_ledgers, members
from services.monitoring.domain.income import Income, IncomeLedger
from shared.kernel.clock import Clock
from shared.kernel.period import Days
from shared.messaging.bulk import among
from shared.parameters.figure import FigureInForce


class IncomeLedgers:
    """The ledgers of all households, on one transaction."""

    def __init__(self, connection: Connection, collect: Collect, clock: Clock) -> None:
        self._connection = connection
        self._collect = collect
        self._clock = clock

    def add_all(self, ledgers: Sequence[IncomeLedger]) -> None:
        """Keep new ledgers with the sums pages search by."""
        if ledgers:
            rows = [{**self._row(ledger), "version": 1} for ledger in ledgers]
            self._connection.execute(insert(income_ledgers), rows)
        for ledger in ledgers:
            self._collect(ledger)

    def _row(self, ledger: IncomeLedger) -> dict[str, Any]:
        income, line = ledger.income, ledger.line
        return {
            "id": ledger.id,
            "household_id": ledger.household_id,
            "area_code": ledger.area_code,
            "period_first": ledger.period.first,
            "period_last": ledger.period.last,
            "persons": income.persons,
            "items": dict(income.items),
            "claim_fen": income.claim,
            "self_paid_fen": income.self_paid,
            "operating_fen": income.operating,
            "net_per_head_fen": income.net_per_head,
            "reference_per_head_fen": income.reference_per_head,
            "line_fen": line.value,
            "line_confirmed": line.confirmed,
            "line_source": line.source,
            "line_since": line.since,
            "recorded_on": ledger.recorded_on,
            "recorded_by": ledger.recorded_by,
            "recorded_at": self._clock(),
            "note": ledger.note,
        }

    def households(self, household_ids: Sequence[str]) -> dict[str, tuple[str, int]]:
        """Return the village of each household on record and how many persons belong to it."""
        present = and_(members.c.household_id == households.c.id, members.c.left_on.is_(None))
        query = (
            select(households.c.id, households.c.area_code, func.count(members.c.id))
            .select_from(households.outerjoin(members, present))
            .where(among(self._connection, households.c.id, household_ids))
            .group_by(households.c.id, households.c.area_code)
        )
        return {id_: (area, persons) for id_, area, persons in self._connection.execute(query)}

    def latest_of(self, household_id: str) -> IncomeLedger | None:
        """Return the ledger of the latest months, or None when the household has none."""
        found = latest_ledgers(self._connection, household_id, limit=1)
        return found[0] if found else None


def latest_ledgers(connection: Connection, household_id: str, *, limit: int) -> list[IncomeLedger]:
    """Return up to *limit* ledgers of a household, the latest months first; of those, the last recorded."""
    columns = income_ledgers.c
    query = (
        select(income_ledgers)
        .where(columns.household_id == household_id)
        .order_by(desc(columns.period_last), desc(columns.recorded_at), columns.id)
        .limit(limit)
    )
    return [
        IncomeLedger(
            id=row.id,
            version=row.version,
            household_id=row.household_id,
            area_code=row.area_code,
            period=Days(row.period_first, row.period_last),
            income=Income(row.items, row.persons, row.claim_fen, row.self_paid_fen),
            line=FigureInForce(row.line_fen, row.line_source, row.line_confirmed, row.line_since),
            recorded_on=row.recorded_on,
            recorded_by=row.recorded_by,
            note=row.note,
        )
        for row in connection.execute(query)
    ]
