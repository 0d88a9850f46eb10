"""What the rules see of a household's case: risks, days, measures, the snapshot of its elimination."""

from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, select

from services.monitoring.adapters.tables import (
    cases,
    eliminations,
    households,
    income_ledgers,
    measure_answers,
    measures,
)
from services.monitoring.domain.measure import MeasureStatus
from services.monitoring.domain.quality.view import IncomeView, Safeguards
from services.monitoring.domain.risk import DISASTER, OTHER
from shared.kernel.period import Month

_NO_HELP = (str(MeasureStatus.DECLINED), str(MeasureStatus.WITHDRAWN))
_INCOME = {
    "wage": "wage_fen",
    "property_income": "property_fen",
    "transfer": "transfer_fen",
    "operating": "operating_fen",
    "operating_cost": "operating_cost_fen",
    "net": "net_fen",
    "net_per_head": "net_per_head_fen",
    "claim": "compensation_fen",
    "self_paid": "rigid_spending_fen",
}


@dataclass(frozen=True, slots=True)
class CaseSeen:
    """The case that counts: the one identified last. *fields* are those of a HouseholdView."""

    case_id: str
    identified_on: date
    fields: Mapping[str, Any]


def cases_seen(connection: Connection, where: Callable[[], ColumnElement[bool]]) -> dict[str, CaseSeen]:
    """Return by household the case identified last, of the households *where* chooses."""
    inside = select(households.c.id).where(where())
    query = select(cases).where(cases.c.household_id.in_(inside), cases.c.identified_on.is_not(None))
    seen: dict[str, CaseSeen] = {}
    for row in connection.execute(query.order_by(cases.c.identified_on, cases.c.id)):
        seen[row.household_id] = CaseSeen(row.id, row.identified_on, _fields(row))
    if not seen:
        return seen
    helped = _measures(connection, where)
    ended = _eliminations(connection, where)
    return {
        household_id: replace(
            one, fields={**one.fields, **helped.get(one.case_id, {}), **ended.get(one.case_id, {})}
        )
        for household_id, one in seen.items()
    }


def _fields(row: Any) -> dict[str, Any]:  # noqa: ANN401
    return {
        "identified": Month.of(row.identified_on),
        "eliminated": row.eliminated_on is not None,
        "eliminated_in": Month.of(row.eliminated_on) if row.eliminated_on else None,
        "risks": tuple(row.risks),
        "other_note": row.risk_details.get(OTHER, ""),
        "disaster": row.risk_details.get(DISASTER, ""),
    }


def _measures(
    connection: Connection, where: Callable[[], ColumnElement[bool]]
) -> dict[str, dict[str, frozenset[tuple[str, str]]]]:
    inside = select(cases.c.id).join(households, households.c.id == cases.c.household_id).where(where())
    refused = select(measure_answers.c.measure_id).where(measure_answers.c.status.in_(_NO_HELP))
    delivered = select(measure_answers.c.measure_id).where(
        measure_answers.c.status == str(MeasureStatus.DELIVERED)
    )
    columns = measures.c
    query = select(columns.case_id, columns.category, columns.code, columns.person_id).where(
        columns.case_id.in_(inside), columns.id.not_in(refused) | columns.id.in_(delivered)
    )
    found: dict[str, dict[str, set[tuple[str, str]]]] = defaultdict(lambda: defaultdict(set))
    for row in connection.execute(query):
        found[row.case_id]["measures"].add((row.category, row.code))
        if row.person_id:
            found[row.case_id]["measured_persons"].add((row.person_id, row.category))
    return {case: {name: frozenset(pairs) for name, pairs in sets.items()} for case, sets in found.items()}


def _eliminations(
    connection: Connection, where: Callable[[], ColumnElement[bool]]
) -> dict[str, dict[str, Any]]:
    inside = select(households.c.id).where(where())
    columns = eliminations.c
    query = select(columns.case_id, columns.household_id, columns.way, columns.snapshot, columns.last_step_on)
    query = query.where(columns.household_id.in_(inside), columns.snapshot.is_not(None))
    rows = connection.execute(query.order_by(columns.proposed_on)).all()
    lines = _lines(connection, [row.household_id for row in rows])
    return {
        row.case_id: {
            "elimination_way": row.way,
            "after": _safeguards(row.snapshot),
            "income_after": _income(row.snapshot, lines.get(row.household_id, {}), row.last_step_on),
        }
        for row in rows
        if row.snapshot
    }


def _lines(connection: Connection, household_ids: list[str]) -> dict[str, dict[date, int]]:
    lines: dict[str, dict[date, int]] = defaultdict(dict)
    columns = income_ledgers.c
    query = select(columns.household_id, columns.recorded_on, columns.line_fen)
    for row in connection.execute(query.where(columns.household_id.in_(household_ids))):
        lines[row.household_id][row.recorded_on] = row.line_fen
    return lines


def _safeguards(snapshot: Mapping[str, Any]) -> Safeguards:
    return Safeguards(
        dropout=snapshot["dropout"],
        house=snapshot["house_damaged"],
        water=snapshot["water_damaged"],
        uninsured=snapshot["uninsured"],
    )


def _income(snapshot: Mapping[str, Any], lines: Mapping[date, int], on: date) -> IncomeView:
    """Return the snapshot's income, with the line of the last ledger before it: that of its own year."""
    before = [day for day in lines if day <= on]
    line = lines[max(before)] if before else 0
    return IncomeView(**{name: snapshot[column] for name, column in _INCOME.items()}, line=line)
