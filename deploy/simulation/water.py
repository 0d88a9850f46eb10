"""Water: works and their tests, two rounds from door to door, and what is found put right."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial
from itertools import groupby

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import TOWN, VILLAGE, Home, World, batched
from services.monitoring.domain.water.criteria import Judged
from services.monitoring.service_layer.water.problem import (
    ArrangeWater,
    CloseWaterProblem,
    arrange_water,
    close_water_problem,
)
from services.monitoring.service_layer.water.quality_test import (
    FixWaterTest,
    RecordWaterTest,
    fix_water_test,
    record_water_tests,
)
from services.monitoring.service_layer.water.survey_round import (
    CheckedHousehold,
    CloseWaterRound,
    OpenWaterRound,
    RecordWaterChecks,
    close_water_round,
    open_water_round,
    record_water_checks,
)
from services.monitoring.service_layer.water.works import RecordWaterWorks, record_water_works
from shared.areas import areas
from shared.contracts.envelope import Envelope

_WORKS_ON = date(2022, 1, 14)
_OFFICE = "sim-water"
_WORKS_A_VILLAGE = 3
ROUNDS = ((date(2022, 3, 1), date(2022, 6, 30)), (date(2022, 9, 1), date(2022, 12, 20)))
"""The two rounds of plan item 9; their days are the proposal that evaluation's policy names."""


def plan_water(world: World) -> None:
    """Put works, tests and rounds on the calendar; answer every problem."""
    world.courier.listen(partial(_hear, world))
    world.agenda.on(_WORKS_ON, partial(_record_works, world))
    for number, (first, last) in enumerate(ROUNDS, 1):
        world.agenda.on(first, partial(_open_round, world, number, first, last))


def _record_works(world: World, day: date) -> None:
    inhabited = sorted({home.family.area_code for home in world.homes.values()})
    commands = [
        RecordWaterWorks(
            works_no=f"{village}{number}",
            name=f"{areas().get(village).name}示例供水点{number}",
            area_code=village,
            supply="1" if number < _WORKS_A_VILLAGE else "2",
            households=100,
            population=350,
        )
        for village in inhabited
        for number in range(1, _WORKS_A_VILLAGE + 1)
    ]
    ids = record_water_works(commands, day, world.county.monitoring.uow())
    for works, works_id in zip(commands, ids, strict=True):
        chance = world.chance("works", works.works_no)
        if works.supply == "1" and not chance.happens(rates()["places"]["works_untested"]):
            world.agenda.after(day, chance.number(40, 300), partial(_test, world, chance, works_id, None))


def _test(world: World, chance: Chance, works_id: str, retest_of: str | None, day: date) -> None:
    monitoring = world.county.monitoring
    passed = retest_of is not None or not chance.happens(rates()["places"]["test_failed"])
    command = RecordWaterTest(
        works_id=works_id,
        passed=passed,
        on=day,
        failed_items="" if passed else "示例：浑浊度",
        retest_of=retest_of,
        by=_OFFICE,
    )
    (test_id,) = record_water_tests([command], monitoring.uow(), monitoring.water_policy)
    if not passed:
        world.agenda.after(day, chance.number(5, 20), partial(_fix, world, chance, works_id, test_id))


def _fix(world: World, chance: Chance, works_id: str, test_id: str, day: date) -> None:
    fixed = FixWaterTest(test_id=test_id, on=day, by=_OFFICE, note="示例：清洗水池")
    fix_water_test(fixed, world.county.monitoring.uow())
    world.agenda.after(day, chance.number(1, 8), partial(_test, world, chance, works_id, test_id))


def _open_round(world: World, number: int, first: date, last: date, _day: date) -> None:
    monitoring = world.county.monitoring
    round_id = open_water_round(OpenWaterRound(first_on=first, last_on=last), monitoring.uow())
    homes = sorted(world.homes.values(), key=lambda home: home.family.area_code)
    for village, inhabitants in groupby(homes, key=lambda home: home.family.area_code):
        chance = world.chance("water round", str(number), village)
        day = first + timedelta(days=chance.number(2, (last - first).days - 3))
        world.agenda.on(day, partial(_check, world, round_id, list(inhabitants)))
    for town in sorted({home.family.area_code[:9] for home in homes}):
        world.agenda.on(last + timedelta(days=1), partial(_close_round, world, round_id, town))


def _check(world: World, round_id: str, homes: Sequence[Home], day: date) -> None:
    monitoring = world.county.monitoring
    for some in batched(homes):
        checked = [_checked(world, home, day) for home in some]
        command = RecordWaterChecks(
            round_id=round_id, on=day, households=tuple(one for one in checked if one), by=VILLAGE
        )
        record_water_checks(command, monitoring.uow(), monitoring.water_policy)


def _checked(world: World, home: Home, day: date) -> CheckedHousehold | None:
    chance = world.chance("water", home.family.number, str(day))
    if chance.happens(rates()["procedure"]["visit_missed"]):
        return None
    if chance.happens(rates()["places"]["water_unsafe"]):
        return CheckedHousehold(household_id=home.household_id, seen=Judged(convenience="not"))
    return CheckedHousehold(household_id=home.household_id)


def _close_round(world: World, round_id: str, town: str, day: date) -> None:
    close_water_round(CloseWaterRound(round_id=round_id, town=town, on=day), world.county.monitoring.uow())


def _hear(world: World, event: Envelope) -> None:
    home = world.home_of(event)
    if event.fact == "monitoring.water_problem_found" and home is not None:
        chance = world.chance("water problem", home.family.number, event.businessdate)
        late = chance.happens(rates()["procedure"]["late_official"])
        problem_id = str(event.data["problem_id"])
        world.agenda.after(world.today(), chance.number(1, 5), partial(_arrange, world, problem_id))
        days = chance.number(33, 60) if late else chance.number(8, 26)
        world.agenda.after(world.today(), days, partial(_close_problem, world, problem_id))


def _arrange(world: World, problem_id: str, day: date) -> None:
    arrange_water(ArrangeWater(problem_id=problem_id, on=day, by=TOWN), world.county.monitoring.uow())


def _close_problem(world: World, problem_id: str, day: date) -> None:
    close_water_problem(
        CloseWaterProblem(problem_id=problem_id, on=day, by=_OFFICE), world.county.monitoring.uow()
    )
