"""Commands on resettlement sites: register, settle, plan needs and tasks, sign the duties."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.relocation.errors import (
    NotToBeSettledError,
    SettledElsewhereError,
    SitesRegisteredError,
)
from services.monitoring.domain.relocation.site import FacilityTask, ResettlementSite, SiteDuty
from services.monitoring.service_layer.given import code_in, not_after_today, text_in
from services.monitoring.service_layer.household import village_in
from services.monitoring.service_layer.matter import CloseMatter, close_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.kernel.ids import derived_id

_NAME, _ADDRESS = ("安置点名称", "name of the site"), ("安置点地址", "address of the site")
_UNIT, _NEED = ("责任单位", "unit that answers"), ("需求说明", "what is needed")


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordSite:
    """A site as it stands; without *site_id* a new one."""

    name: str
    area_code: str
    address: str = ""
    invented: bool = False
    on: date
    by: str = ""
    site_id: str = ""
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SettleHouseholds:
    """Relocated households, by id or number, live at a site.

    *own_area* is the town that links them, empty for who acts for the whole county: a town moves no
    household of another town from the site where it lives.
    """

    site_id: str
    household_ids: tuple[str, ...] = ()
    household_nos: tuple[str, ...] = ()
    own_area: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanSiteNeeds:
    """What a site needs, by kind (``site_need``); the plan as a whole replaces the one before."""

    site_id: str
    needs: Mapping[str, str]
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SignSiteDuties:
    """The list of who answers for which duty at a site, residence or registration."""

    site_id: str
    duties: tuple[SiteDuty, ...]
    on: date
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class PlanFacilityTask:
    """Something is to be there by *due_on*; *kind* is a code of ``site_need``."""

    site_id: str
    kind: str
    due_on: date
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


def record_site(command: RecordSite, uow: UnitOfWork) -> str:
    """Record a new site, or how one stands now, and return its id."""
    name = text_in(command.name.strip(), _NAME, most=60, least=2)
    address = text_in(command.address.strip(), _ADDRESS, most=200)
    village_in(command.area_code)
    with uow:
        on = not_after_today(command.on, uow.clock)
        if command.site_id:
            site = uow.sites.get(command.site_id)
            site.expect_version(command.version)
            site.name, site.address, site.invented = name, address, command.invented
            site.area_code, site.recorded_on, site.recorded_by = command.area_code, on, command.by
            uow.sites.save(site)
        else:
            site = _new(uow.ids(), command, name, address, on)
            uow.sites.add(site)
        uow.commit()
    return site.id


def register_sites(sites: Sequence[RecordSite], uow: UnitOfWork) -> int:
    """Fill an empty register with *sites* and return how many; their ids follow from village and name."""
    with uow:
        if uow.sites.count():
            raise SitesRegisteredError
        for one in sites:
            village_in(one.area_code)
            site_id = derived_id("resettlement_site", one.area_code, one.name)
            on = not_after_today(one.on, uow.clock)
            uow.sites.add(_new(site_id, one, one.name, one.address, on))
        uow.commit()
    return len(sites)


def settle_households(command: SettleHouseholds, uow: UnitOfWork) -> int:
    """Link relocated households to the site they moved to and return how many; all of them or none."""
    with uow:
        site = uow.sites.get(command.site_id)
        named = dict.fromkeys((*command.household_ids, *uow.grids.ids_of(command.household_nos)))
        if command.own_area and (others := uow.sites.settled_elsewhere(site, list(named), command.own_area)):
            raise SettledElsewhereError(count=others)
        settled = uow.sites.settle(site, list(named))
        asked = max(len(named), len({*command.household_ids}) + len({*command.household_nos}))
        if settled != asked:
            raise NotToBeSettledError(count=asked - settled)
        uow.households.keep_rewritten()
        uow.commit()
    return settled


def plan_site_needs(command: PlanSiteNeeds, uow: UnitOfWork) -> None:
    """Keep what a site needs."""
    for kind, needed in command.needs.items():
        code_in("site_need", kind)
        text_in(needed, _NEED, most=500)
    with uow:
        site = uow.sites.get(command.site_id)
        site.expect_version(command.version)
        site.plan(dict(command.needs), on=not_after_today(command.on, uow.clock))
        uow.sites.save(site)
        uow.commit()


def sign_site_duties(command: SignSiteDuties, uow: UnitOfWork) -> None:
    """Put a site's list of duties in force."""
    for one in command.duties:
        code_in("site_duty", one.duty)
        code_in("duty_side", one.side)
        text_in(one.unit, _UNIT, most=40, least=2)
    with uow:
        site = uow.sites.get(command.site_id)
        site.expect_version(command.version)
        site.sign_duties(command.duties, on=not_after_today(command.on, uow.clock))
        uow.sites.save(site)
        uow.commit()


def plan_facility_task(command: PlanFacilityTask, uow: UnitOfWork) -> str:
    """Plan something for a site and return the task's id."""
    code_in("site_need", command.kind)
    with uow:
        site = uow.sites.get(command.site_id)
        task = FacilityTask.planned(
            id=uow.ids(),
            area_code=site.area_code,
            site_id=site.id,
            kind=command.kind,
            opened_on=not_after_today(command.on, uow.clock),
            due_on=command.due_on,
            opened_by=command.by,
            note=command.note.strip(),
        )
        uow.facility_tasks.add(task)
        uow.commit()
    return task.id


def finish_facility_task(command: CloseMatter, uow: UnitOfWork) -> None:
    """Note that a task is done."""
    with uow:
        close_in(uow.facility_tasks, command, uow)
        uow.commit()


def _new(site_id: str, command: RecordSite, name: str, address: str, on: date) -> ResettlementSite:
    return ResettlementSite(
        id=site_id,
        name=name,
        area_code=command.area_code,
        address=address,
        invented=command.invented,
        needs={},
        recorded_on=on,
        recorded_by=command.by,
    )
