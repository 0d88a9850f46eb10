"""Insurance and hospital: the year's list, who is not on it, and stays settled in three layers."""

from collections.abc import Iterator
from datetime import date, timedelta
from functools import partial

from deploy.simulation.chance import rates
from deploy.simulation.world import Home, World, batched
from services.monitoring.domain.medical.hospital_stay import Bill
from services.monitoring.service_layer.medical.cover import CoverRow, RecordCovers, record_covers
from services.monitoring.service_layer.medical.hospital_stay import SettleStays, StayRow, settle_stays
from shared.contracts.envelope import Envelope
from shared.kernel.money import fen

_LISTS = (date(2022, 1, 25), date(2022, 4, 20))
"""The year's list, and the one after the uninsured were called on."""
_SUBSIDY = fen(150)
_SMALLEST_BILL = fen(2_000)


def plan_insurance(world: World) -> None:
    """Put the lists on the calendar; settle the stay behind every illness that cost enough."""
    world.courier.listen(partial(_hear, world))
    for number, day in enumerate(_LISTS):
        world.agenda.on(day, partial(_take_list, world, number))


def _take_list(world: World, number: int, day: date) -> None:
    monitoring = world.county.monitoring
    homes = [home for home in world.homes.values() if home.family.lifted_out]
    for some in batched(homes):
        rows = tuple(row for home in some for row in _rows(world, home, number))
        record_covers(RecordCovers(year=day.year, on=day, rows=rows), monitoring.uow(), monitoring.checks)


def _rows(world: World, home: Home, number: int) -> Iterator[CoverRow]:
    for index, person in enumerate(home.family.people):
        chance = world.chance("insured", person.id_number)
        first = not chance.happens(rates()["guarantees"]["uninsured_in_january"])
        later = first or not chance.happens(rates()["guarantees"]["uninsured_for_good"])
        insured = later if number else first
        scheme = "resident" if insured else "none"
        yield CoverRow(home.household_id, home.person_ids[index], scheme, _SUBSIDY if insured else 0)


def _hear(world: World, event: Envelope) -> None:
    home = world.home_of(event)
    if event.fact != "monitoring.household_changed" or home is None:
        return
    if event.data["kind"] == "illness" and event.data["amount_fen"] >= _SMALLEST_BILL:
        chance = world.chance("stay", home.family.number, event.businessdate)
        world.agenda.after(world.today(), chance.number(3, 25), partial(_settle, world, home, event))


def _settle(world: World, home: Home, event: Envelope, day: date) -> None:
    chance = world.chance("bill", home.family.number, event.businessdate)
    self_paid = int(event.data["amount_fen"])
    total = self_paid * chance.number(25, 40) // 10
    basic = (total - self_paid) * 7 // 10
    critical = (total - self_paid) * 2 // 10
    late = chance.happens(rates()["guarantees"]["not_settled_at_once"])
    row = StayRow(
        number=f"{home.family.number}-{event.businessdate}",
        household_id=home.household_id,
        person_id=str(event.data["person_id"]),
        hospital="县医院（示例）",
        in_county=not chance.happens(rates()["guarantees"]["out_of_county"]),
        left_on=day - timedelta(days=1 if late else 0),
        settled_on=day,
        bill=Bill(total, basic, critical, total - self_paid - basic - critical),
    )
    monitoring = world.county.monitoring
    settle_stays(SettleStays(rows=(row,)), monitoring.uow(), monitoring.medical)
