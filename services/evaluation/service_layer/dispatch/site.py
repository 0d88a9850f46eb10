"""Commands on demonstration sites: choosing a place, its four elements, giving it up."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.dispatch.site import Elements
from services.evaluation.service_layer.dispatch.given import past_day
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.ids import derived_id


def site_id_of(year: int, action: str, town: str = "") -> str:
    """Return the id of the site an action owes in *town*, or the city's where *town* is empty."""
    return derived_id("site", str(year), action, "county" if town else "city", town)


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterSite:
    """A place is chosen; *area_code* is its village, *elements* what is fixed of the four so far."""

    site_id: str
    name: str
    area_code: str
    on: date
    elements: Elements = field(default=Elements(), repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SetElements:
    site_id: str
    on: date
    elements: Elements = field(repr=False)
    version: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WithdrawSite:
    site_id: str
    on: date
    reason: str = field(repr=False)
    version: int | None = None


def register_sites(commands: Sequence[RegisterSite], uow: UnitOfWork) -> None:
    """Choose places in one transaction: all or none."""
    with uow:
        found = uow.dispatch.sites.many([command.site_id for command in commands])
        for command in commands:
            site = found.get(command.site_id) or uow.dispatch.sites.get(command.site_id)
            site.expect_version(command.version)
            on = past_day(command.on, uow.clock)
            site.register(command.name, command.area_code, command.elements, on=on)
            uow.dispatch.sites.save(site)
        uow.commit()


def set_elements(command: SetElements, uow: UnitOfWork) -> None:
    """Set the four elements of an active site anew."""
    with uow:
        site = uow.dispatch.sites.get(command.site_id)
        site.expect_version(command.version)
        site.set_elements(command.elements, on=past_day(command.on, uow.clock))
        uow.dispatch.sites.save(site)
        uow.commit()


def withdraw_site(command: WithdrawSite, uow: UnitOfWork) -> None:
    """Give a place up; the plan still asks for one."""
    with uow:
        site = uow.dispatch.sites.get(command.site_id)
        site.expect_version(command.version)
        site.withdraw(command.reason, on=past_day(command.on, uow.clock))
        uow.dispatch.sites.save(site)
        uow.commit()
