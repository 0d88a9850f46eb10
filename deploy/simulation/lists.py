"""What departments send each month, what comes of it, and what is sent back to them."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.people import Person
from deploy.simulation.world import COUNTY_OFFICE, TOWN, Home, World, unless_somebody_was_quicker
from services.monitoring.domain.comparison.difference import DifferenceStep
from services.monitoring.domain.comparison.row import (
    AssistanceRow,
    DisabilityRow,
    FarmLossRow,
    HousingRow,
    MedicalCostRow,
    Row,
    SchoolRollRow,
    WageRow,
)
from services.monitoring.service_layer.comparison.department_list import (
    TakeDepartmentList,
    take_department_list,
)
from services.monitoring.service_layer.comparison.difference import AnswerDifference, answer_difference
from services.monitoring.service_layer.comparison.push import push_to_all
from shared.contracts.envelope import Envelope
from shared.kernel.money import fen
from shared.kernel.period import Month

_COMPARED_WITH = ("县民政局", "县住建局", "县教体局", "县医保局", "县人社局", "县农业农村局", "县残联")
_FIRST_DAY = 3
_PUSHED_ON = 12
_AT_SCHOOL = frozenset({"003", "004", "005", "006", "007", "008", "009"})
_DISABLED = "004"

Maker = Callable[[Chance, Home, Person, Month], Row | None]


def plan_lists(world: World) -> None:
    """Put every department's monthly list on the calendar; answer the differences they make."""
    world.courier.listen(partial(_hear, world))
    for month in range(2, 13):
        for number, kind in enumerate(_MAKERS):
            day = date(2022, month, _FIRST_DAY + number % 3)
            world.agenda.on(day, partial(_deliver, world, kind))
        world.agenda.on(date(2022, month, _PUSHED_ON), partial(_push, world))


def _deliver(world: World, kind: str, day: date) -> None:
    month = Month.of(day).plus(-1)
    if world.chance("list", kind, str(month)).happens(rates()["lists"]["not_delivered"]):
        return
    rows = _rows(world, kind, month, rates()["lists"]["rows"]) or _rows(world, kind, month, Decimal(1))[:1]
    if not rows:
        return
    monitoring = world.county.monitoring
    command = TakeDepartmentList(kind=kind, month=str(month), rows=rows, on=day, by=COUNTY_OFFICE)
    take_department_list(command, monitoring.uow(), monitoring.comparison, monitoring.clue_policy)


def _rows(world: World, kind: str, month: Month, share: Decimal) -> list[Row]:
    """Return a row of *share* of the households, as far as they belong on such a list."""
    rows: list[Row] = []
    for home in world.homes.values():
        chance = world.chance("listed", kind, str(month), home.family.number)
        if chance.happens(share):
            row = _MAKERS[kind](chance, home, chance.one_of(home.family.people), month)
            rows += [row] if row else []
    return rows


def _cost(chance: Chance, _home: Home, person: Person, _month: Month) -> Row:
    serious = chance.number(0, 9) == 0
    return MedicalCostRow(
        id_number=person.id_number,
        inpatient=fen(chance.number(5_000, 45_000) if serious else chance.number(0, 3_000)),
        outpatient=fen(chance.number(0, 300)),
    )


def _assistance(_chance: Chance, home: Home, person: Person, _month: Month) -> Row | None:
    return AssistanceRow(id_number=person.id_number) if home.family.minimum_living else None


def _disability(chance: Chance, _home: Home, person: Person, month: Month) -> Row | None:
    if _DISABLED not in person.health and chance.number(0, 19):
        return None
    issued_on = month.first_day if chance.number(0, 9) == 0 else date(2019, 5, 6)
    return DisabilityRow(
        id_number=person.id_number, kind="4", grade=str(chance.number(1, 4)), issued_on=issued_on
    )


def _school(chance: Chance, _home: Home, person: Person, _month: Month) -> Row | None:
    if person.school_status not in _AT_SCHOOL:
        return None
    return SchoolRollRow(id_number=person.id_number, enrolled=True, attending=chance.number(0, 199) > 0)


def _house(chance: Chance, home: Home, _person: Person, _month: Month) -> Row:
    grade = "C" if chance.number(0, 39) == 0 else chance.one_of(("A", "B"))
    head = home.family.people[0]
    return HousingRow(id_number=head.id_number, house_no=f"H{home.family.number}", grade=grade, sole=True)


def _wage(chance: Chance, _home: Home, person: Person, _month: Month) -> Row | None:
    if not person.works:
        return None
    before = fen(chance.number(2_500, 5_000))
    share = 5 if chance.number(0, 29) == 0 else chance.number(8, 11)
    return WageRow(id_number=person.id_number, wage=before * share // 10, mean_before=before)


def _farm(chance: Chance, home: Home, _person: Person, month: Month) -> Row | None:
    if chance.number(0, 9):
        return None
    loss = fen(chance.number(500, 8_000))
    head = home.family.people[0]
    number = f"F{month}{home.family.number}"
    return FarmLossRow(id_number=head.id_number, event_no=number, kind="crop", loss=loss)


_MAKERS: dict[str, Maker] = {
    "medical_cost": _cost,
    "low_income_aid": _assistance,
    "disability": _disability,
    "school_roll": _school,
    "housing": _house,
    "wage": _wage,
    "farm_loss": _farm,
}


def _hear(world: World, event: Envelope) -> None:
    if event.fact == "monitoring.comparison_difference_found":
        difference_id = str(event.data["difference_id"])
        chance = world.chance("difference", event.subject, event.businessdate, str(event.data["about"]))
        if not chance.happens(rates()["lists"]["difference_left"]):
            days = chance.number(2, 20)
            world.agenda.after(world.today(), days, partial(_explain, world, difference_id))
    elif event.fact == "monitoring.comparison_difference_closed":
        world.answered.add(str(event.data["difference_id"]))


def _explain(world: World, difference_id: str, _day: date) -> None:
    if difference_id in world.answered:
        return
    command = AnswerDifference(
        difference_id=difference_id, step=DifferenceStep.EXPLAIN, by=TOWN, note="示例：口径不同，已核实"
    )
    with unless_somebody_was_quicker():
        answer_difference(command, world.county.monitoring.uow())


def _push(world: World, _day: date) -> None:
    monitoring = world.county.monitoring
    push_to_all(monitoring.uow(), monitoring.comparison, departments=_COMPARED_WITH, by=COUNTY_OFFICE)
