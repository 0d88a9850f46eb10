import pytest

from services.monitoring.domain.guarantee_errors import AlreadyOpenError
from services.monitoring.service_layer.education.pairing import (
    AddSpecialChild,
    EndPairing,
    ListSpecialChildren,
    PairChild,
    add_special_child,
    end_pairing,
    list_special_children,
    pair_child,
)
from tests.monitoring.guarantee_kit import needy, only
from tests.monitoring.kit import DAY


def listed(service):
    return list_special_children(ListSpecialChildren(on=DAY), service.uow(), service.education)


def add(service, home, **given):
    told = {"household_id": home.id, "person_id": home.members[2].id, "child_class": "orphan", "on": DAY}
    return add_special_child(AddSpecialChild(**told | given), service.uow(), service.education)


def test_the_registry_tells_of_children_of_school_age(service):
    """Both children of the lifted-out family are of school age; found again nobody is new."""
    home = needy(service)
    assert (2, 0) == (listed(service), listed(service))
    with service.uow() as uow:
        found = uow.education.paired_children.matching()
    assert {home.members[2].id, home.members[3].id} == {one.person_id for one in found}
    assert {"poor"} == {one.child_class for one in found}


def test_a_child_the_registry_does_not_tell_of(service):
    """A child is listed by hand once, paired, and taken off the list."""
    home = needy(service)
    child = add(service, home)
    with pytest.raises(AlreadyOpenError):
        add(service, home)
    pair_child(PairChild(child_id=child, teacher="T-1", on=DAY), service.uow())
    end_pairing(EndPairing(child_id=child, on=DAY), service.uow())
    with service.uow() as uow:
        assert ("ended", "T-1") == (only(uow.education.paired_children).state, "T-1")
    assert child != add(service, home)
