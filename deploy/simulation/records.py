"""The quality of records: errors answered, gates signed off, a cleaning round each month."""

from datetime import date
from functools import partial

from deploy.simulation.chance import rates
from deploy.simulation.world import COUNTY_OFFICE, TOWN, World, unless_somebody_was_quicker
from services.monitoring.adapters.read_models_quality import CycleRow, find_cycles
from services.monitoring.service_layer.quality.answering import (
    AnswerError,
    AskCorrection,
    answer_error,
    ask_correction,
)
from services.monitoring.service_layer.quality.cleaning import CloseRound, OpenRound, close_round, open_round
from services.monitoring.service_layer.quality.gates import (
    DrawRecords,
    SignOff,
    approve_records,
    check_alerts,
    draw_records,
    inspect_records,
    review_records,
)
from shared.contracts.envelope import COUNTY_CODE, Envelope
from shared.persistence.engine import reading

_MANY = 200_000
_CHECKED_BACK = (date(2022, 4, 12), date(2022, 10, 12))
"""When the province sends back what its comparison found wrong."""
_GATES_EVERY = range(5, 29, 7)


def plan_records(world: World) -> None:
    """Put cleaning rounds and the weekly sign-offs on the calendar; explain what is doubtful."""
    world.courier.listen(partial(_hear, world))
    for month in range(1, 13):
        world.agenda.on(date(2022, month, 2), partial(_open_round, world))
        for day in _GATES_EVERY:
            world.agenda.on(date(2022, month, day), partial(_sign_off, world))
    for day_of_list in _CHECKED_BACK:
        world.agenda.on(day_of_list, partial(_check_back, world))


def _open_round(world: World, day: date) -> None:
    round_id = open_round(OpenRound(on=day, by=COUNTY_OFFICE), world.county.monitoring.uow())
    world.agenda.after(day, 25, partial(_close_round, world, round_id))


def _close_round(world: World, round_id: str, day: date) -> None:
    close_round(CloseRound(round_id=round_id, on=day, by=COUNTY_OFFICE), world.county.monitoring.uow())


def _check_back(world: World, day: date) -> None:
    monitoring = world.county.monitoring
    for home in world.homes.values():
        if world.chance("check back", home.family.number, str(day)).happens(
            rates()["records"]["checked_back"]
        ):
            asked = AskCorrection(
                household_id=home.household_id,
                note="示例：与行业数据不一致",
                on=day,
                origin="check_back",
                by=COUNTY_OFFICE,
            )
            ask_correction(asked, monitoring.uow(), monitoring.quality)


def _waiting(world: World, state: str, *, sampled: bool | None = None) -> list[str]:
    with reading(world.county.monitoring.engine) as connection:
        rows: list[CycleRow]
        rows, _total = find_cycles(
            connection, area_code=COUNTY_CODE, state=state, sampled=sampled, limit=_MANY
        )
    return [row.id for row in rows]


def _sign_off(world: World, day: date) -> None:
    monitoring = world.county.monitoring
    uow, policy = monitoring.uow, monitoring.quality
    review_records(SignOff(cycle_ids=_waiting(world, "entered"), on=day, by=TOWN), uow())
    approve_records(SignOff(cycle_ids=_waiting(world, "reviewed"), on=day, by=COUNTY_OFFICE), uow())
    lot = str(world.chance("records", str(day)).number(100_000, 999_999))
    drawn = DrawRecords(area_code=COUNTY_CODE, seed=lot, on=day, by=COUNTY_OFFICE)
    while any(draw_records(drawn, uow(), policy)):
        pass  # a call takes a thousand at most
    inspect_records(
        SignOff(cycle_ids=_waiting(world, "approved", sampled=True), on=day, by=COUNTY_OFFICE), uow()
    )
    check_alerts(SignOff(cycle_ids=_waiting(world, "inspected"), on=day, by=COUNTY_OFFICE), uow(), policy)


def _hear(world: World, event: Envelope) -> None:
    if event.fact == "monitoring.data_error_found":
        error_id = str(event.data["error_id"])
        chance = world.chance("error", event.subject, str(event.data["rule"]), event.businessdate)
        if not chance.happens(rates()["records"]["error_left"]):
            world.agenda.after(world.today(), chance.number(1, 24), partial(_explain, world, error_id))
    elif event.fact == "monitoring.data_error_fixed":
        world.answered.add(str(event.data["error_id"]))


def _explain(world: World, error_id: str, day: date) -> None:
    if error_id in world.answered:
        return
    monitoring = world.county.monitoring
    command = AnswerError(error_id=error_id, how="explained", on=day, answer="示例：入户核实无误", by=TOWN)
    with unless_somebody_was_quicker():
        answer_error(command, monitoring.uow(), monitoring.quality)
