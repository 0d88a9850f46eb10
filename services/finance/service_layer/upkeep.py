"""Facilities on the upkeep list, their keepers, and the keepers' pay month by month."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.finance.domain.process import Acting
from services.finance.domain.project_policy import ProjectPolicy
from services.finance.domain.upkeep import Facility, KeeperPay
from services.finance.service_layer.ports_projects import Processes, UnitOfWork
from services.finance.service_layer.step import Opening, TakeStep, acting, take
from shared.kernel.clock import day_of
from shared.kernel.ids import derived_id
from shared.kernel.period import Month


@dataclass(frozen=True, slots=True, kw_only=True)
class ListFacility(Opening):
    facility_no: str
    name: str
    kind: str


@dataclass(frozen=True, slots=True, kw_only=True)
class NameKeepers(TakeStep):
    """*keepers* maps county, town or village to who keeps it; *wage_fen* is the village's, a month."""

    keepers: Mapping[str, str] = field(repr=False)
    wage_fen: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SampleFacility(TakeStep):
    passed: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PayKeepers:
    """Pay the months of *ids* on one day."""

    ids: Sequence[str]
    on: date
    by: str = ""


def list_facility(command: ListFacility, uow: UnitOfWork) -> str:
    """Put a facility on the list and return its id."""
    with uow:
        one = Facility.put_on_list(
            acting(command, uow),
            id=uow.ids(),
            area_code=command.area_code,
            facility_no=command.facility_no,
            name=command.name,
            kind=command.kind,
        )
        uow.facilities.add(one)
        uow.commit()
    return one.id


def name_keepers(command: NameKeepers, uow: UnitOfWork) -> None:
    take(
        command,
        uow,
        _facilities,
        lambda one, acting: one.name_keepers(command.keepers, command.wage_fen, acting),
    )


def sample_facility(command: SampleFacility, uow: UnitOfWork) -> None:
    take(command, uow, _facilities, lambda one, acting: one.sample(acting, passed=command.passed))


def remove_facility(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _facilities, Facility.remove)


def owe_keepers(uow: UnitOfWork, policy: ProjectPolicy) -> int:
    """Owe last month's pay to every keeper who kept all of it; asked again, it owes nothing twice.

    Months since the last one owed in which nobody asked are owed as well, at the wage of now.
    """
    today = day_of(uow.clock())
    last = Month.of(today).plus(-1)
    with uow:
        newest = uow.facilities.newest_pay()
        missed = max(last.since(newest) - 1, 0) if newest else 0
        months = [last.plus(-back) for back in range(missed, -1, -1)]
        count = uow.keeper_pays.add_new([pay for month in months for pay in _owed(uow, month, today, policy)])
        if count:
            uow.commit()
    return count


def pay_keepers(command: PayKeepers, uow: UnitOfWork) -> None:
    """Record that keepers were paid, all on one day."""
    with uow:
        act = Acting(command.on, day_of(uow.clock()), command.by)
        for pay in uow.keeper_pays.several(command.ids):
            pay.pay(act)
            uow.keeper_pays.save(pay)
        uow.commit()


def pay_keeper(command: TakeStep, uow: UnitOfWork) -> None:
    take(command, uow, _pays, KeeperPay.pay)


def _owed(uow: UnitOfWork, month: Month, today: date, policy: ProjectPolicy) -> list[KeeperPay]:
    kept = uow.facilities.kept_without_pay(str(month), month.first_day)
    # The day from which it is owed, whenever this is found: the first after the month.
    act = Acting(month.plus(1).first_day, today)
    return [_pay(one, month, act, policy) for one in kept]


def _pay(facility: Facility, month: Month, act: Acting, policy: ProjectPolicy) -> KeeperPay:
    return KeeperPay.owe(
        act,
        id=derived_id("keeper_pay", facility.id, str(month)),
        area_code=facility.area_code,
        facility_id=facility.id,
        month=str(month),
        amount_fen=facility.wage_fen,
        due_on=policy.pay_by(month, act.on),
    )


def _facilities(uow: UnitOfWork) -> Processes[Facility]:
    return uow.facilities


def _pays(uow: UnitOfWork) -> Processes[KeeperPay]:
    return uow.keeper_pays
