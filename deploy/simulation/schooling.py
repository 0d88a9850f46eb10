"""Pupils: aid of each term, teaching at home, and who left school."""

from datetime import date
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.people import Person
from deploy.simulation.world import Home, World
from services.monitoring.service_layer.education.home_teaching import (
    BeginHomeTeaching,
    RecordHomeVisit,
    begin_home_teaching,
    record_home_visit,
)
from services.monitoring.service_layer.education.student_aid import (
    GenerateStudentAid,
    PayStudentAid,
    generate_student_aid,
    pay_student_aid,
)
from shared.areas import areas

_TERMS = (("20221", date(2022, 3, 5)), ("20222", date(2022, 9, 10)))
_AT_SCHOOL = frozenset({"003", "004", "005", "006"})
_DISABLED = "004"
_VISIT_DAYS = (6, 20)


def plan_schooling(world: World) -> None:
    """Put both terms' aid and the lessons at home on the calendar."""
    for term, day in _TERMS:
        world.agenda.on(day, partial(_generate, world, term))
    for home in world.homes.values():
        for index, person in enumerate(home.family.people):
            if person.school_status in _AT_SCHOOL and _DISABLED in person.health:
                _plan_teaching(world, home, index, person)


def _generate(world: World, term: str, day: date) -> None:
    monitoring = world.county.monitoring
    generate_student_aid(GenerateStudentAid(term=term, on=day), monitoring.uow(), monitoring.education.aid)
    for town in areas().towns():
        chance = world.chance("student aid", term, town.code)
        world.agenda.after(day, chance.number(20, 90), partial(_pay, world, term, town.code))


def _pay(world: World, term: str, town: str, day: date) -> None:
    pay_student_aid(PayStudentAid(term=term, on=day, area_code=town), world.county.monitoring.uow())


def _plan_teaching(world: World, home: Home, index: int, person: Person) -> None:
    chance = world.chance("home teaching", person.id_number)
    if chance.happens(rates()["guarantees"]["taught_at_home"]):
        world.agenda.on(date(2022, 2, 20), partial(_begin_teaching, world, home, index, chance))


def _begin_teaching(world: World, home: Home, index: int, chance: Chance, day: date) -> None:
    monitoring = world.county.monitoring
    command = BeginHomeTeaching(
        household_id=home.household_id, person_id=home.person_ids[index], on=day, teacher="示例教师"
    )
    pupil_id = begin_home_teaching(command, monitoring.uow(), monitoring.education)
    for month in range(3, 13):
        for number in _VISIT_DAYS:
            if not chance.happens(rates()["procedure"]["visit_missed"]):
                world.agenda.on(date(2022, month, number), partial(_teach, world, pupil_id))


def _teach(world: World, pupil_id: str, day: date) -> None:
    record_home_visit(RecordHomeVisit(pupil_id=pupil_id, on=day), world.county.monitoring.uow())
