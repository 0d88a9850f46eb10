"""Commands on what is found at relocated households: returns to the old place, want of room."""

from dataclasses import dataclass, field
from datetime import date

from services.monitoring.domain.household import Household
from services.monitoring.domain.relocation.errors import NotRelocatedError
from services.monitoring.domain.relocation.finding import HousingShortage, RelocationReturn
from services.monitoring.domain.relocation.policy import RelocationPolicy
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.matter import CloseMatter, close_in
from services.monitoring.service_layer.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class FindReturn:
    """A relocated household was found in its old place; *kind* is a code of ``relocation_return_kind``."""

    household_id: str
    kind: str
    on: date
    by: str = ""
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class FindHousingShortage:
    """A relocated family outgrew its house of *floor_area* square metres.

    *persons* None: those on record now.
    """

    household_id: str
    floor_area: int
    on: date
    persons: int | None = None
    by: str = ""
    note: str = field(default="", repr=False)


def find_return(command: FindReturn, uow: UnitOfWork, policy: RelocationPolicy) -> str:
    """Take down that a household went back, and return the finding's id."""
    code_in("relocation_return_kind", command.kind)
    with uow:
        household = _relocated(command.household_id, uow)
        finding = RelocationReturn.found(
            policy,
            on=not_after_today(command.on, uow.clock),
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            site_id=site_of(household),
            kind=command.kind,
            opened_by=command.by,
            note=command.note.strip(),
        )
        uow.relocation_returns.add(finding)
        uow.commit()
    return finding.id


def end_return(command: CloseMatter, uow: UnitOfWork) -> None:
    """Note that the household lives at its site again."""
    with uow:
        close_in(uow.relocation_returns, command, uow)
        uow.commit()


def find_housing_shortage(command: FindHousingShortage, uow: UnitOfWork, policy: RelocationPolicy) -> str:
    """Take down that a family outgrew its house, and return the shortage's id."""
    with uow:
        household = _relocated(command.household_id, uow)
        shortage = HousingShortage.found(
            policy,
            on=not_after_today(command.on, uow.clock),
            floor_area=command.floor_area,
            id=uow.ids(),
            household_id=household.id,
            area_code=household.area_code,
            site_id=site_of(household),
            persons=command.persons if command.persons is not None else len(household.present),
            opened_by=command.by,
            note=command.note.strip(),
        )
        uow.housing_shortages.add(shortage)
        uow.commit()
    return shortage.id


def solve_housing_shortage(command: CloseMatter, uow: UnitOfWork) -> None:
    """Note how a want of room was solved."""
    with uow:
        close_in(uow.housing_shortages, command, uow)
        uow.commit()


def site_of(household: Household) -> str:
    """Return the site a household moved to, empty where none is on record."""
    return household.resettlement_site_id or ""


def _relocated(household_id: str, uow: UnitOfWork) -> Household:
    household = uow.households.get(household_id)
    if not household.relocated:
        raise NotRelocatedError
    return household
