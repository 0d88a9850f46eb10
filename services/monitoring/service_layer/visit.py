"""The command on visits."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.clue import CluePolicy, report_of
from services.monitoring.domain.risk import DISASTER, OTHER
from services.monitoring.domain.visit import SOURCE_OF_KIND, Visit
from services.monitoring.service_layer.clue import disaster_in, take_reports
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork


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
    code_in("visit_kind", command.kind)
    code_in("visit_result", command.result)
    for risk in command.risks:
        code_in("risk", risk)
    kind = disaster_in(command.risks, command.disaster, command.note)
    with uow:
        household = uow.households.get(command.household_id)
        visit = Visit.make(
            risk_found=command.risk_found,
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            kind=command.kind,
            made_on=not_after_today(command.on, uow.clock),
            result=command.result,
            risks=tuple(dict.fromkeys(command.risks)),
            made_by=command.by,
            note=command.note.strip(),
        )
        uow.visits.add(visit)
        made = uow.last_told()
        take_reports(
            [
                report_of(
                    policy,
                    report_id=uow.ids(),
                    household_id=household.id,
                    area_code=household.area_code,
                    risk=risk,
                    source=SOURCE_OF_KIND[command.kind],
                    reported_on=visit.made_on,
                    cause=f"visit:{visit.id}",
                    detail=kind if risk == DISASTER else "",
                    note=visit.note if risk == OTHER else "",
                    by=command.by,
                )
                for risk in visit.risks
            ],
            uow,
            [made] * len(visit.risks),
        )
        uow.commit()
    return visit.id
