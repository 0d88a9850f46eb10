"""The commands on visits, one or a whole village's at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.clue import CluePolicy, Report, report_of
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.risk import DISASTER, OTHER
from services.monitoring.domain.visit import GRID, SCREENING, SOURCE_OF_KIND, Visit
from services.monitoring.service_layer.clue import disaster_in, take_reports
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from shared.contracts.envelope import Envelope


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordVisit:
    """Somebody went to a household. A risk found names one to five risks; each becomes a clue.

    A disaster among them needs its kind, a code of ``disaster``; another risk (其他) needs a *note*.
    """

    household_id: str
    kind: str
    on: date
    result: str = "01"
    risk_found: bool = False
    risks: tuple[str, ...] = ()
    disaster: str = ""
    by: str = ""
    note: str = field(default="", repr=False)


def record_visit(command: RecordVisit, uow: UnitOfWork, policy: CluePolicy) -> str:
    """Record a visit, raise its clues with it, and return its id."""
    return record_visits([command], uow, policy)[0]


def record_visits(commands: Sequence[RecordVisit], uow: UnitOfWork, policy: CluePolicy) -> tuple[str, ...]:
    """Record many visits in one transaction, all or none, and return their ids in order.

    A few statements for any number: give at most some thousands at a time.
    """
    for command in commands:
        _check(command)
    with uow:
        areas = uow.households.areas_of({command.household_id for command in commands})
        rounds = _Rounds(uow)
        grids = uow.grids.of_households([one.household_id for one in commands if one.kind == GRID])
        visits = [_made(command, areas, rounds, uow) for command in commands]
        for visit in visits:
            visit.grid_id = grids.get(visit.household_id) if visit.kind == GRID else None
        uow.visits.add_many([visit for visit in visits if not visit.risks])
        reports: list[Report] = []
        causes: list[Envelope] = []
        for command, visit in zip(commands, visits, strict=True):
            if visit.risks:
                uow.visits.add(visit)
                found = _reports(command, visit, uow, policy)
                reports += found
                causes += [uow.last_told()] * len(found)
        take_reports(reports, uow, causes)
        uow.commit()
    return tuple(visit.id for visit in visits)


def _check(command: RecordVisit) -> None:
    code_in("visit_kind", command.kind)
    code_in("visit_result", command.result)
    for risk in command.risks:
        code_in("risk", risk)
    disaster_in(command.risks, command.disaster, command.note)


class _Rounds:
    """The open round of each day asked for, looked up once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._known: dict[date, str | None] = {}

    def on(self, day: date, kind: str) -> str | None:
        if kind != SCREENING:
            return None
        if day not in self._known:
            found = self._uow.rounds.on(day, day)
            self._known[day] = found.id if found is not None and found.closed_on is None else None
        return self._known[day]


def _made(command: RecordVisit, areas: Mapping[str, str], rounds: _Rounds, uow: UnitOfWork) -> Visit:
    if command.household_id not in areas:
        raise HouseholdNotFoundError
    on = not_after_today(command.on, uow.clock)
    return Visit.make(
        risk_found=command.risk_found,
        id=uow.ids(),
        household_id=command.household_id,
        area_code=areas[command.household_id],
        kind=command.kind,
        made_on=on,
        result=command.result,
        risks=tuple(dict.fromkeys(command.risks)),
        made_by=command.by,
        note=command.note.strip(),
        round_id=rounds.on(on, command.kind),
    )


def _reports(command: RecordVisit, visit: Visit, uow: UnitOfWork, policy: CluePolicy) -> list[Report]:
    kind = disaster_in(command.risks, command.disaster, command.note)
    return [
        report_of(
            policy,
            report_id=uow.ids(),
            household_id=visit.household_id,
            area_code=visit.area_code,
            risk=risk,
            source=SOURCE_OF_KIND[visit.kind],
            reported_on=visit.made_on,
            cause=f"visit:{visit.id}",
            detail=kind if risk == DISASTER else "",
            note=visit.note if risk == OTHER else "",
            by=command.by,
        )
        for risk in visit.risks
    ]
