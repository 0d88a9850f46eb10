from datetime import date

import pytest

from services.monitoring.adapters.read_models_guarantee import visits_in
from services.monitoring.domain.errors import MemberNotFoundError
from services.monitoring.domain.guarantee_errors import AlreadyOpenError, StepRefusedError
from services.monitoring.service_layer.education.home_teaching import (
    BeginHomeTeaching,
    EndHomeTeaching,
    RecordHomeVisit,
    begin_home_teaching,
    end_home_teaching,
    record_home_visit,
)
from shared.kernel.period import Month
from tests.monitoring.guarantee_kit import needy
from tests.monitoring.kit import DAY


def begin(service, home, **given):
    told = {"household_id": home.id, "person_id": home.members[2].id, "on": DAY, "teacher": "T-1"} | given
    return begin_home_teaching(BeginHomeTeaching(**told), service.uow(), service.education)


def test_lessons_are_counted_by_month(service, outbox):
    """Two lessons in June are two of June and none of July; each is told."""
    pupil = begin(service, needy(service))
    for day in (DAY, date(2022, 6, 30), date(2022, 7, 1)):
        record_home_visit(RecordHomeVisit(pupil_id=pupil, on=day), service.uow())
    with service.engine.connect() as connection:
        made = [visits_in(connection, Month(2022, number)).get(pupil, 0) for number in (5, 6, 7)]
    assert [0, 2, 1] == made
    assert 3 == len(outbox("monitoring.home_teaching_visited.v1"))


def test_one_to_one(service):
    """A child taught at home is not begun a second time; after the end it may be."""
    home = needy(service)
    pupil = begin(service, home)
    with pytest.raises(AlreadyOpenError):
        begin(service, home)
    end_home_teaching(EndHomeTeaching(pupil_id=pupil, reason="returned", on=DAY), service.uow())
    assert pupil != begin(service, home)


def test_no_lesson_after_the_end(service, outbox):
    """An ended pupil has no more lessons."""
    pupil = begin(service, needy(service))
    end_home_teaching(EndHomeTeaching(pupil_id=pupil, reason="moved", on=DAY), service.uow())
    with pytest.raises(StepRefusedError):
        record_home_visit(RecordHomeVisit(pupil_id=pupil, on=DAY), service.uow())
    assert [] == outbox("monitoring.home_teaching_visited.v1")


def test_only_a_member_of_the_household(service):
    """Somebody else cannot be taught there."""
    with pytest.raises(MemberNotFoundError):
        begin(service, needy(service), person_id="nobody")
