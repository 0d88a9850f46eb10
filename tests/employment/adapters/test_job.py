from datetime import date

import pytest

from services.employment.domain.errors import JobNotFoundError
from services.employment.domain.job import Channel, Job, Work
from shared.kernel.errors import StaleVersionError

DAY = date(2022, 3, 1)


def job(**other) -> Job:
    work = Work("440305", Channel.ORGANISED, 450_000, "示例厂", "制造业", point_to_point=False)
    about = {"id": "j1", "person_id": "p1", "household_id": "h1", "area_code": "610327102200"}
    return Job(**{**about, "started_on": DAY, "work": work, "lifted_out": True, "remarks": ("a",), **other})


def test_gives_back_what_was_added(service):
    """What is added is read back, equal, with blanks as blanks."""
    blank = job(id="j2", work=Work("", None, abroad=True), ended_on=DAY, end_reason="lost")
    with service.uow() as uow:
        uow.jobs.add(job())
        uow.jobs.add(blank)
        assert [
            job(version=1),
            job(id="j2", version=1, work=blank.work, ended_on=DAY, end_reason="lost"),
        ] == [
            uow.jobs.get("j1"),
            uow.jobs.get("j2"),
        ]
        assert ["j1", "j2"] == [each.id for each in uow.jobs.of_person("p1")]
        assert [] == uow.jobs.of_person("p2")


def test_second_writer_loses(service):
    """Of two officers who read the same version, the second save is refused."""
    with service.uow() as uow:
        uow.jobs.add(job())
        first, second = uow.jobs.get("j1"), uow.jobs.get("j1")
        uow.jobs.save(first)
        with pytest.raises(StaleVersionError):
            uow.jobs.save(second)


def test_unknown_is_refused(service):
    """An id nobody gave is not found."""
    with service.uow() as uow, pytest.raises(JobNotFoundError):
        uow.jobs.get("j1")
