from datetime import date
from typing import Any

import pytest

from services.monitoring.domain.relocation.errors import (
    NotToBeSettledError,
    SettledElsewhereError,
    SiteNameTakenError,
    SitesRegisteredError,
)
from services.monitoring.domain.relocation.site import SiteDuty
from services.monitoring.service_layer.household import register_household
from services.monitoring.service_layer.matter import CloseMatter
from services.monitoring.service_layer.relocation.site import (
    PlanFacilityTask,
    PlanSiteNeeds,
    RecordSite,
    SettleHouseholds,
    SignSiteDuties,
    finish_facility_task,
    plan_facility_task,
    plan_site_needs,
    record_site,
    register_sites,
    settle_households,
    sign_site_duties,
)
from shared.kernel.errors import StaleVersionError
from tests.monitoring.kit import DAY, VILLAGE, family


def site(service, **given):
    told: dict[str, Any] = {"name": "上岔安置点", "area_code": VILLAGE, "on": DAY} | given
    return record_site(RecordSite(**told), service.uow())


def read(service, site_id):
    with service.uow() as uow:
        return uow.sites.get(site_id)


def test_a_site_from_register_to_duties(service):
    """Needs and duties are kept with their days; an older page is refused."""
    one = site(service)
    plan_site_needs(PlanSiteNeeds(site_id=one, needs={"living": "幼儿园"}, on=DAY, version=1), service.uow())
    duties = (SiteDuty("schooling", "residence", "固关镇"), SiteDuty("land", "registration", "河北镇"))
    sign_site_duties(SignSiteDuties(site_id=one, duties=duties, on=DAY, version=2), service.uow())
    kept = read(service, one)
    assert ({"living": "幼儿园"}, duties, DAY) == (kept.needs, kept.duties, kept.duties_signed_on)
    with pytest.raises(StaleVersionError):
        site(service, site_id=one, version=1)


def test_a_village_has_a_name_once(service):
    """Two sites of one village are told apart by their names."""
    site(service)
    with pytest.raises(SiteNameTakenError):
        site(service)


def test_invented_sites_fill_only_an_empty_register(service):
    """Invented names never stand beside real ones."""
    told = [RecordSite(name=f"示例安置点{n}", area_code=VILLAGE, on=DAY, invented=True) for n in (1, 2)]
    assert 2 == register_sites(told, service.uow())
    with pytest.raises(SitesRegisteredError):
        register_sites(told, service.uow())


def test_a_facility_task_is_told_twice(service, outbox):
    """Once when it is planned and once when it is done, of the site's village."""
    planned = PlanFacilityTask(site_id=site(service), kind="living", due_on=date(2022, 6, 30), on=DAY)
    task = plan_facility_task(planned, service.uow())
    finish_facility_task(CloseMatter(matter_id=task, way="done", on=date(2022, 6, 29)), service.uow())
    told = outbox("monitoring.facility_task_planned.v1") + outbox("monitoring.facility_task_done.v1")
    assert [(task, VILLAGE)] * 2 == [(event["task_id"], event["area_code"]) for event in told]


def test_only_relocated_households_settle(service, household):
    """A household that was not relocated refuses the whole list."""
    one = site(service)
    moved = register_household(family("H002", relocated=True, persons=()), service.uow(), service.checks)
    with pytest.raises(NotToBeSettledError):
        settle_households(SettleHouseholds(site_id=one, household_ids=(moved, household)), service.uow())
    assert 1 == settle_households(SettleHouseholds(site_id=one, household_nos=("H002",)), service.uow())
    with service.uow() as uow:
        assert one == uow.households.get(moved).resettlement_site_id


def test_a_town_links_its_own_and_who_lives_nowhere_yet(service):
    """From another site a town takes its own households; another town's only while they live at none."""
    here, there = site(service), site(service, name="远方安置点")
    moved = register_household(family("H002", relocated=True, persons=()), service.uow(), service.checks)
    settle: dict[str, Any] = {"site_id": here, "household_ids": (moved,)}
    assert 1 == settle_households(SettleHouseholds(**settle, own_area="610327100"), service.uow())
    assert 1 == settle_households(SettleHouseholds(**settle | {"site_id": there}), service.uow())
    with pytest.raises(SettledElsewhereError):
        settle_households(SettleHouseholds(**settle, own_area="610327100"), service.uow())
    assert 1 == settle_households(SettleHouseholds(**settle, own_area=VILLAGE[:9]), service.uow())
