import pytest

from services.evaluation.domain.field_work.errors import FieldWorkStepError, UnknownFieldWorkError
from services.evaluation.service_layer.field_work.cadre import EnrolCadre, enrol_cadres
from services.evaluation.service_layer.field_work.training import (
    Attended,
    CancelClass,
    HoldClass,
    PlanClass,
    cancel_class,
    hold_class,
    plan_classes,
)
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.dispatch.told import told, units


@pytest.fixture(name="class_id")
def _class_id(service):
    command = PlanClass(name="政策培训", unit="县委组织部", method="online", due_on=TODAY)
    (made,) = plan_classes([command], service.uow(), units(service))
    return made


def test_a_class_tells_of_everybody_who_attended(service, class_id):
    """One event for the class and one for each who attended, with the test where there was one."""
    people = [EnrolCadre(number=one, unit="610327109", since=TODAY) for one in ("a", "b")]
    first, second = enrol_cadres(people, service.uow(), service.field_work, units(service))
    attended = [Attended(first, passed=True), Attended(second)]
    assert 2 == hold_class(HoldClass(class_id=class_id, on=TODAY, attended=attended), service.uow())
    events = {one["cadre_id"]: one.get("passed") for one in told(service, "training_attended")}
    assert {first: True, second: None} == events
    assert [2] == [one["attended"] for one in told(service, "training_class_held")]


def test_a_stranger_did_not_attend(service, class_id):
    """An id nobody has is refused, and the class was not held."""
    command = HoldClass(class_id=class_id, on=TODAY, attended=[Attended("nobody")])
    with pytest.raises(UnknownFieldWorkError):
        hold_class(command, service.uow())
    assert [] == told(service, "training_class_held")


def test_a_cancelled_class_is_not_held(service, class_id):
    """Cancelled it is told once, and cannot be held."""
    cancel_class(CancelClass(class_id=class_id), service.uow())
    with pytest.raises(FieldWorkStepError):
        hold_class(HoldClass(class_id=class_id, on=TODAY, attended=[]), service.uow())
    assert 1 == len(told(service, "training_class_cancelled"))
