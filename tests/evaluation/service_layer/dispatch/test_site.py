import pytest

from services.evaluation.domain.dispatch.errors import WrongPlaceError
from services.evaluation.domain.dispatch.site import Elements
from services.evaluation.service_layer.dispatch.site import (
    RegisterSite,
    SetElements,
    WithdrawSite,
    register_sites,
    set_elements,
    site_id_of,
    withdraw_site,
)
from tests.evaluation.samples import TODAY
from tests.evaluation.service_layer.dispatch.told import told

SITE = site_id_of(2023, "a01", "610327109")


@pytest.fixture(name="owed")
def _owed(service):
    service.sweep()
    return service


def place(site_id=SITE, **about):
    """Return the choice of a place."""
    return RegisterSite(
        **{"site_id": site_id, "name": "苹果园", "area_code": "610327109203", "on": TODAY, **about}
    )


def test_the_ids_are_those_owed(owed):
    """Ten actions with ten towns and the city: each id can be worked out."""
    ids = {one["site_id"] for one in told(owed, "site_planned")}
    assert {SITE, site_id_of(2023, "a10")} <= ids
    assert 10 * (len(owed.towns) + 1) == len(ids)


def test_from_choice_to_giving_up(owed):
    """Choice, elements and giving up are told, without words."""
    register_sites([place()], owed.uow())
    elements = Elements("标准", "固关镇", "制度", TODAY)
    set_elements(SetElements(site_id=SITE, on=TODAY, elements=elements), owed.uow())
    withdraw_site(WithdrawSite(site_id=SITE, on=TODAY, reason="水毁"), owed.uow())
    sets = sorted(
        (one["number"], one["standard"], one["date_set"]) for one in told(owed, "site_elements_set")
    )
    assert [(1, False, False), (2, True, True)] == sets
    assert [1] == [one["number"] for one in told(owed, "site_withdrawn")]
    assert "苹果园" not in str(told(owed, "site_registered"))


def test_all_or_none(owed):
    """One place outside its town, and none is chosen."""
    with pytest.raises(WrongPlaceError):
        register_sites([place(), place(site_id_of(2023, "a02", "610327100"))], owed.uow())
    assert [] == told(owed, "site_registered")
