"""What the village sees: rounds of visits, and what befalls its families."""

from collections.abc import Sequence
from datetime import date, timedelta
from functools import partial

from deploy.simulation.chance import rates
from deploy.simulation.fate import Blow, blows
from deploy.simulation.world import VILLAGE, Home, World, batched
from services.monitoring.domain.education.dropout import RETURNED
from services.monitoring.service_layer.change import (
    DROPOUT,
    RecordChange,
    ResolveChange,
    record_change,
    resolve_change,
)
from services.monitoring.service_layer.education.dropout import EndDropout, end_dropout
from services.monitoring.service_layer.visit import RecordVisit, record_visits

ROUNDS = ((date(2022, 3, 1), 45), (date(2022, 9, 1), 45))
"""Two screenings of every household in the year, each within so many days (working proposal)."""

_GRID_MONTHS = range(1, 13)


def plan_visits(world: World) -> None:
    """Put the two screenings, and a monthly visit to each lifted-out household, on the calendar."""
    rounds: dict[tuple[date, str], list[Home]] = {}
    for home in world.homes.values():
        for number, (first, days) in enumerate(ROUNDS):
            _choose(rounds, world, home, "screening", str(number), first, days)
        if home.family.lifted_out:
            for month in _GRID_MONTHS:
                _choose(rounds, world, home, "grid", str(month), date(2022, month, 3), 24)
    for (day, kind), homes in sorted(rounds.items(), key=lambda planned: planned[0]):
        world.agenda.on(day, partial(visit, world, homes, kind))


def plan_fate(world: World) -> None:
    """Put what befalls each family on the calendar."""
    for home in world.homes.values():
        for blow in blows(world.seed, home.family):
            late = world.chance("noticed", home.family.number, blow.kind).number(0, 2)
            world.agenda.on(blow.on + timedelta(days=late), partial(_record, world, home, blow))


def visit(world: World, homes: Sequence[Home], kind: str, day: date) -> None:
    """Go there and find nothing new; now and then nobody is at home and one telephones."""
    monitoring = world.county.monitoring
    for some in batched(homes):
        record_visits(
            [
                RecordVisit(
                    household_id=home.household_id,
                    kind=kind,
                    on=day,
                    result="01" if _at_home(world, home, kind, day) else "02",
                    by=VILLAGE,
                )
                for home in some
            ],
            monitoring.uow(),
            monitoring.clue_policy,
        )


def _at_home(world: World, home: Home, kind: str, day: date) -> bool:
    return world.chance("at home", home.family.number, kind, str(day)).number(0, 9) > 0


def _choose(
    rounds: dict[tuple[date, str], list[Home]],
    world: World,
    home: Home,
    kind: str,
    which: str,
    first: date,
    days: int,
) -> None:
    chance = world.chance("visit", home.family.number, kind, which)
    if not chance.happens(rates()["procedure"]["visit_missed"]):
        day = first + timedelta(days=chance.number(0, days - 1))
        rounds.setdefault((day, kind), []).append(home)


def _record(world: World, home: Home, blow: Blow, day: date) -> None:
    monitoring = world.county.monitoring
    command = RecordChange(
        household_id=home.household_id,
        kind=blow.kind,
        detail=blow.detail,
        on=blow.on,
        person_id=None if blow.person is None else home.person_ids[blow.person],
        amount_fen=blow.cost,
        by=VILLAGE,
    )
    recorded = record_change(command, monitoring.uow(), monitoring.thresholds, monitoring.clue_policy)
    if blow.mended_after is None:
        return
    if recorded.followed_by is None:
        world.agenda.after(day, blow.mended_after, partial(_mend, world, recorded.change_id))
    elif blow.kind == DROPOUT:
        world.agenda.after(day, blow.mended_after, partial(_return_to_school, world, recorded.followed_by))


def _mend(world: World, change_id: str, day: date) -> None:
    resolve_change(ResolveChange(change_id, day), world.county.monitoring.uow())


def _return_to_school(world: World, dropout_id: str, day: date) -> None:
    """The child is back: the education bureau ends its case, which puts the change right."""
    monitoring = world.county.monitoring
    command = EndDropout(dropout_id=dropout_id, result=RETURNED, on=day)
    end_dropout(command, monitoring.uow(), monitoring.education, monitoring.checks)
