"""Commands on teaching at home.

::

    begin_home_teaching(BeginHomeTeaching(household_id=…, person_id=…, on=…, teacher="…"), uow, policy) -> id
    record_home_visit(RecordHomeVisit(pupil_id=…, on=…), uow)  -> visit's id
    end_home_teaching(EndHomeTeaching(pupil_id=…, reason="returned", on=…), uow)
"""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.education.home_teaching import HomePupil, HomeVisit
from services.monitoring.domain.guarantee_errors import AlreadyOpenError
from services.monitoring.domain.guarantee_policy import EducationPolicy
from services.monitoring.service_layer.education.dropout import TAUGHT
from services.monitoring.service_layer.given import code_in, expect_version, not_after_today, text_in
from services.monitoring.service_layer.guaranteeing import answer_measures
from services.monitoring.service_layer.ports import UnitOfWork

_TEACHER = ("教师", "teacher")
_MOST = 60


@dataclass(frozen=True, slots=True, kw_only=True)
class BeginHomeTeaching:
    """A child who cannot go to school is taught at home from *on*, by one *teacher*."""

    household_id: str
    person_id: str
    on: date
    teacher: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordHomeVisit:
    """The teacher came; without *teacher* it was the pupil's own."""

    pupil_id: str
    on: date
    lessons: int = 1
    teacher: str = field(default="", repr=False)
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class EndHomeTeaching:
    """*reason* is a code of ``home_teaching_end``."""

    pupil_id: str
    reason: str
    on: date
    version: int | None = None


def begin_home_teaching(command: BeginHomeTeaching, uow: UnitOfWork, policy: EducationPolicy) -> str:
    """Return the pupil's id; refuses one who is being taught at home already."""
    with uow:
        household = uow.households.get(command.household_id)
        person_id = household.member(command.person_id).id
        if uow.education.home_pupils.matching(person_id=person_id, state="running"):
            raise AlreadyOpenError
        on = not_after_today(command.on, uow.clock)
        pupil = HomePupil.begin(
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            person_id=person_id,
            teacher=text_in(command.teacher.strip(), _TEACHER, most=_MOST),
            visits_a_month=policy.home_visits_a_month.on(on),
            began_on=on,
        )
        uow.education.home_pupils.add(pupil)
        uow.commit()
    return pupil.id


def record_home_visit(command: RecordHomeVisit, uow: UnitOfWork) -> str:
    """Return the visit's id; a measure that asked for teaching at home is delivered with the first."""
    with uow:
        pupil = uow.education.home_pupils.get(command.pupil_id)
        on = not_after_today(command.on, uow.clock)
        visit = HomeVisit(
            id=uow.ids(),
            pupil_id=pupil.id,
            visited_on=on,
            teacher=text_in(command.teacher.strip() or pupil.teacher, _TEACHER, most=_MOST),
            lessons=command.lessons,
            note=command.note.strip(),
        )
        pupil.visit(visit)
        uow.education.add_visit(visit)
        uow.education.home_pupils.save(pupil)
        answer_measures([pupil.household_id], [TAUGHT], uow, on=on, persons=[pupil.person_id])
        uow.commit()
    return visit.id


def end_home_teaching(command: EndHomeTeaching, uow: UnitOfWork) -> None:
    code_in("home_teaching_end", command.reason)
    with uow:
        pupil = uow.education.home_pupils.get(command.pupil_id)
        expect_version(pupil, command.version)
        pupil.end(command.reason, on=not_after_today(command.on, uow.clock))
        uow.education.home_pupils.save(pupil)
        uow.commit()
