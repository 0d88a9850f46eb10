"""The county's rounds: two screenings opened and closed, two samples drawn by lot and inspected."""

from datetime import date, timedelta
from functools import partial

from deploy.simulation.village import ROUNDS
from deploy.simulation.world import COUNTY_OFFICE, World
from services.monitoring.adapters.read_models_screening import SampledRow, sampled_in
from services.monitoring.service_layer.sample import (
    CloseSample,
    DrawSample,
    FreezeSampleList,
    InspectHousehold,
    close_sample,
    draw_sample,
    freeze_sample_list,
    inspect_household,
)
from services.monitoring.service_layer.screening import (
    CloseScreeningRound,
    OpenScreeningRound,
    close_screening_round,
    open_screening_round,
)
from shared.contracts.envelope import COUNTY_CODE
from shared.persistence.engine import reading

_SAMPLE_DAYS = (date(2022, 6, 15), date(2022, 11, 8))
_INSPECTED_WITHIN = 20
_MISSED_ONE_IN = 25
_EVERYBODY = 1_000_000


def plan_screening(world: World) -> None:
    """Put both rounds and both samples on the calendar."""
    for number, (first, days) in enumerate(ROUNDS, 1):
        world.agenda.on(first, partial(_open_round, world, number, first, days))
    for day in _SAMPLE_DAYS:
        world.agenda.on(day, partial(_draw, world))


def _open_round(world: World, number: int, first: date, days: int, _day: date) -> None:
    last = first + timedelta(days=days - 1)
    command = OpenScreeningRound(
        name=f"2022年第{number}轮集中排查（示例）", first_on=first, last_on=last, by=COUNTY_OFFICE
    )
    round_id = open_screening_round(command, world.county.monitoring.uow())
    world.agenda.on(last + timedelta(days=1), partial(_close_round, world, round_id))


def _close_round(world: World, round_id: str, _day: date) -> None:
    close_screening_round(CloseScreeningRound(round_id=round_id), world.county.monitoring.uow())


def _draw(world: World, day: date) -> None:
    monitoring = world.county.monitoring
    frozen = FreezeSampleList(title=f"{day:%Y年%m月}抽样检（示例）", by=COUNTY_OFFICE)
    inspection_id = freeze_sample_list(frozen, monitoring.uow(), monitoring.sample_policies)
    lot = str(world.chance("lot", str(day)).number(100_000, 999_999))
    draw_sample(DrawSample(inspection_id=inspection_id, seed=lot, by=COUNTY_OFFICE), monitoring.uow())
    with reading(monitoring.engine) as connection:
        rows, _total = sampled_in(connection, inspection_id, COUNTY_CODE, limit=_EVERYBODY)
    for row in rows:
        chance = world.chance("inspected", row.household_no, str(day))
        world.agenda.after(day, chance.number(1, _INSPECTED_WITHIN), partial(_inspect, world, row))
    world.agenda.after(day, _INSPECTED_WITHIN + 1, partial(_close, world, inspection_id))


def _inspect(world: World, row: SampledRow, day: date) -> None:
    monitoring, home = world.county.monitoring, world.homes[row.household_id]
    chance = world.chance("found", row.household_no, str(day))
    missed = not home.monitored and home.case_id is None and chance.number(1, _MISSED_ONE_IN) == 1
    command = InspectHousehold(
        sampled_id=row.id,
        on=day,
        answers={"identified": not missed, "same_record": True},
        finding="missed" if missed else "",
        risk="100A27001" if missed else "",
        by=COUNTY_OFFICE,
    )
    inspect_household(command, monitoring.uow(), monitoring.clue_policy, monitoring.screening_policy)


def _close(world: World, inspection_id: str, _day: date) -> None:
    close_sample(CloseSample(inspection_id=inspection_id), world.county.monitoring.uow())
