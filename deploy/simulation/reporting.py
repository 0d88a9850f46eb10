"""Reports: every town hands in what it owes; one in a while comes back once."""

from datetime import date
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import TOWN, World
from services.monitoring.adapters.report.counting import ReportFigures
from services.monitoring.service_layer.report import (
    LockReport,
    ReturnReport,
    SubmitReport,
    lock_report,
    return_report,
    submit_report,
)
from shared.contracts.envelope import Envelope
from shared.persistence.engine import reading


def plan_reports(world: World) -> None:
    """Answer every report that falls due."""
    world.courier.listen(partial(_hear, world))


def _hear(world: World, event: Envelope) -> None:
    if event.fact == "monitoring.report_due":
        unit = str(event.data["unit"])
        chance = world.chance("report", unit, str(event.data["kind"]), str(event.data["period"]))
        late = chance.happens(rates()["reports"]["late"])
        left = date.fromisoformat(str(event.data["due_on"])) - world.today()
        days = left.days + chance.number(1, 4) if late else chance.number(0, max(left.days, 0))
        report_id = str(event.data["report_id"])
        world.agenda.after(world.today(), max(days, 0), partial(_submit, world, report_id, chance))


def _submit(world: World, report_id: str, chance: Chance, day: date) -> None:
    monitoring = world.county.monitoring
    with reading(monitoring.engine) as connection:
        figures = ReportFigures(connection, monitoring.case_policy.limits, monitoring.line)
        submit_report(SubmitReport(report_id=report_id, on=day, by=TOWN), monitoring.uow(), figures)
    if chance.happens(rates()["reports"]["returned"]):
        world.agenda.after(day, 1, partial(_return, world, report_id, chance))
    else:
        world.agenda.after(day, 1, partial(_lock, world, report_id))


def _return(world: World, report_id: str, chance: Chance, day: date) -> None:
    command = ReturnReport(report_id=report_id, reason="incomplete", on=day, note="示例：缺少说明")
    return_report(command, world.county.monitoring.uow())
    world.agenda.after(day, 1, partial(_submit, world, report_id, chance))


def _lock(world: World, report_id: str, day: date) -> None:
    lock_report(LockReport(report_id=report_id, on=day), world.county.monitoring.uow())
