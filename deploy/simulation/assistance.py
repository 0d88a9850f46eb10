"""Social assistance: who is on the rolls, who is found, what is paid each month, relief in need."""

from datetime import date
from functools import partial

from deploy.simulation.chance import Chance, rates
from deploy.simulation.world import Home, World, batched
from services.monitoring.service_layer.assistance.allowance import PayAllowances, pay_allowances
from services.monitoring.service_layer.assistance.entitlement import (
    FindEntitlements,
    GrantEntitlement,
    RefuseEntitlement,
    RollRow,
    TakeRoll,
    find_entitlements,
    grant_entitlement,
    refuse_entitlement,
    take_roll,
)
from services.monitoring.service_layer.assistance.relief import (
    ApplyForRelief,
    GrantRelief,
    RefuseRelief,
    apply_for_relief,
    grant_relief,
    refuse_relief,
)
from shared.contracts.envelope import Envelope
from shared.kernel.money import fen

_ROLL_ON = date(2022, 1, 17)
_COMPARED_ON = date(2022, 2, 10)
_KINDS = ("disability_living", "disability_care")
_CAUSES = {"accident": "accident", "disaster": "disaster", "illness": "illness"}
_MONTHLY = fen(350)


def plan_assistance(world: World) -> None:
    """Put the rolls, the comparison and each month's payment on the calendar; answer who is found."""
    world.courier.listen(partial(_hear, world))
    world.agenda.on(_ROLL_ON, partial(_take_roll, world))
    world.agenda.on(_COMPARED_ON, partial(_compare, world))
    for month in range(2, 13):
        world.agenda.on(date(2022, month, 25), partial(_pay, world))


def _take_roll(world: World, day: date) -> None:
    monitoring = world.county.monitoring
    homes = [home for home in world.homes.values() if home.family.minimum_living]
    for some in batched(homes):
        rows = tuple(RollRow(home.household_id, _MONTHLY * len(home.family.people)) for home in some)
        command = TakeRoll(kind="low_income", on=day, rows=rows)
        take_roll(command, monitoring.uow(), monitoring.assistance, monitoring.checks)


def _compare(world: World, day: date) -> None:
    monitoring = world.county.monitoring
    for kind in _KINDS:
        find_entitlements(FindEntitlements(kind=kind, on=day), monitoring.uow(), monitoring.assistance)


def _pay(world: World, day: date) -> None:
    pay_allowances(PayAllowances(month=day.strftime("%Y%m"), on=day), world.county.monitoring.uow())


def _hear(world: World, event: Envelope) -> None:
    home = world.home_of(event)
    if home is None:
        return
    if event.fact == "monitoring.assistance_due" and event.data["kind"] in _KINDS:
        chance = world.chance("assistance", home.family.number, str(event.data["kind"]))
        late = chance.happens(rates()["procedure"]["late_official"])
        days = chance.number(40, 60) if late else chance.number(3, 18)
        entitlement_id = str(event.data["entitlement_id"])
        world.agenda.after(world.today(), days, partial(_decide, world, chance, entitlement_id))
    elif event.fact == "monitoring.household_changed" and event.data["kind"] in _CAUSES:
        _maybe_ask(world, home, event)


def _decide(world: World, chance: Chance, entitlement_id: str, day: date) -> None:
    monitoring = world.county.monitoring
    if chance.happens(rates()["guarantees"]["assistance_refused"]):
        refused = RefuseEntitlement(entitlement_id=entitlement_id, reason="income_above", on=day)
        refuse_entitlement(refused, monitoring.uow())
        return
    granted = GrantEntitlement(entitlement_id=entitlement_id, monthly_fen=fen(100), on=day)
    grant_entitlement(granted, monitoring.uow(), monitoring.checks)


def _maybe_ask(world: World, home: Home, event: Envelope) -> None:
    kind = str(event.data["kind"])
    chance = world.chance("relief", home.family.number, kind, event.businessdate)
    if chance.happens(rates()["guarantees"]["relief_asked"]):
        world.agenda.after(
            world.today(), chance.number(1, 10), partial(_ask, world, home, _CAUSES[kind], chance)
        )


def _ask(world: World, home: Home, cause: str, chance: Chance, day: date) -> None:
    monitoring = world.county.monitoring
    command = ApplyForRelief(
        household_id=home.household_id, tier="town", cause=cause, on=day, asked_fen=fen(3_000)
    )
    relief_id = apply_for_relief(command, monitoring.uow(), monitoring.assistance)
    late = chance.happens(rates()["procedure"]["late_official"])
    days = chance.number(12, 30) if late else chance.number(1, 5)
    world.agenda.after(day, days, partial(_answer, world, relief_id, chance))


def _answer(world: World, relief_id: str, chance: Chance, day: date) -> None:
    monitoring = world.county.monitoring
    if chance.happens(rates()["guarantees"]["assistance_refused"]):
        refused = RefuseRelief(relief_id=relief_id, reason="not_eligible", on=day)
        refuse_relief(refused, monitoring.uow())
        return
    granted = GrantRelief(relief_id=relief_id, amount_fen=fen(1_000), on=day)
    grant_relief(granted, monitoring.uow(), monitoring.assistance)
