import pytest

from services.monitoring.domain.water.works import WorksNumberTakenError
from services.monitoring.service_layer.water.works import (
    CorrectWaterWorks,
    RecordWaterWorks,
    correct_water_works,
    record_water_works,
)
from shared.contracts.codes import UnknownCodeError
from tests.monitoring.kit import DAY, VILLAGE

TOLD = "monitoring.water_works_recorded.v1"


def works(number="GC001", **given):
    return RecordWaterWorks(works_no=number, name="示例供水站", area_code=VILLAGE, **{"supply": "1"} | given)


def test_a_whole_register_at_once(service, outbox):
    """Three hundred works are one transaction; only the centralised ones are told."""
    commands = [works(f"GC{number:03d}", supply="1" if number % 3 else "2") for number in range(300)]
    ids = record_water_works(commands, DAY, service.uow())
    assert (300, 200) == (len(set(ids)), len(outbox(TOLD)))
    assert {True} == {told["in_use"] for told in outbox(TOLD)}


def test_number_is_taken_once(service):
    """A number on record, or twice in one batch, is refused with the whole batch."""
    record_water_works([works()], DAY, service.uow())
    for batch in ([works("GC002"), works()], [works("GC003"), works("GC003")]):
        with pytest.raises(WorksNumberTakenError):
            record_water_works(batch, DAY, service.uow())
    with service.uow() as uow:
        assert [] == uow.water.works.where("works_no", ["GC002", "GC003"])


def test_out_of_use_is_told(service, outbox):
    """A works taken out of use, or made scattered, is told as not in use, with a higher version."""
    (id_,) = record_water_works([works()], DAY, service.uow())
    correct_water_works(CorrectWaterWorks(works_id=id_, changes={"in_use": False}, on=DAY), service.uow())
    correct_water_works(
        CorrectWaterWorks(works_id=id_, changes={"in_use": True, "supply": "2"}, on=DAY), service.uow()
    )
    assert [(1, True), (2, False), (3, False)] == [(told["version"], told["in_use"]) for told in outbox(TOLD)]


def test_old_pipes_and_maintainer_are_noted(service):
    """The renovation of the pipes and who looks after the works are kept; an unknown state is refused."""
    (id_,) = record_water_works([works(pipes="old")], DAY, service.uow())
    changes = {"pipes": "renovated", "pipes_renovated_on": DAY, "maintainer": "周甲九"}
    correct_water_works(CorrectWaterWorks(works_id=id_, changes=changes, on=DAY), service.uow())
    with service.uow() as uow:
        one = uow.water.works.get(id_)
    assert ("renovated", DAY, "周甲九") == (one.pipes, one.pipes_renovated_on, one.maintainer)
    with pytest.raises(UnknownCodeError):
        correct_water_works(
            CorrectWaterWorks(works_id=id_, changes={"pipes": "rusty"}, on=DAY), service.uow()
        )
