"""Commands on rounds of door-to-door checks; a whole village or more is recorded in a few statements."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date

from services.monitoring.domain.case_facts import Acting
from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.water.criteria import Judged, Measured, judge
from services.monitoring.domain.water.policy import WaterPolicy
from services.monitoring.domain.water.problem import WaterProblem
from services.monitoring.domain.water.survey_round import (
    HouseholdChecked,
    TownClosed,
    TownRoundClosedError,
    WaterCheck,
    WaterRound,
)
from services.monitoring.service_layer.given import code_in, not_after_today
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.publishing import publish
from shared.areas import town_of
from shared.contracts.envelope import Envelope
from shared.kernel.ids import derived_id


@dataclass(frozen=True, slots=True, kw_only=True)
class OpenWaterRound:
    """The next round of the county, both days included."""

    first_on: date
    last_on: date


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckedHousehold:
    """One household's water. Where a value was measured, it decides; else what was *seen*.

    *supply* is a code of ``water_supply``.
    """

    household_id: str
    seen: Judged = field(default_factory=Judged)
    measured: Measured = field(default_factory=Measured)
    supply: str = "1"
    note: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWaterChecks:
    """Any number of households on one day of a round: one, a village, a town."""

    round_id: str
    on: date
    households: tuple[CheckedHousehold, ...] = field(repr=False)
    by: str = ""


@dataclass(frozen=True, slots=True)
class ChecksRecorded:
    """What came of it: *known* were checked on that day already and stay as they are.

    *corrected*: one household's check differed from the one of that day and was kept beside it.
    """

    recorded: int
    known: int
    unsafe: int
    corrected: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class CloseWaterRound:
    """A town (9-digit code) ends the round."""

    round_id: str
    town: str
    on: date


def open_water_round(command: OpenWaterRound, uow: UnitOfWork) -> str:
    """Open the next round and return its id; its number counts from 1 in the year."""
    with uow:
        before = uow.water.latest_round()
        same_year = before is not None and before.year == command.first_on.year
        opened = WaterRound.open(
            after=before,
            id=uow.ids(),
            year=command.first_on.year,
            number=before.number + 1 if before is not None and same_year else 1,
            first_on=command.first_on,
            last_on=command.last_on,
        )
        uow.water.rounds.add(opened)
        uow.commit()
    return opened.id


def record_water_checks(command: RecordWaterChecks, uow: UnitOfWork, policy: WaterPolicy) -> ChecksRecorded:
    """Record checks; each criterion that is not met becomes a problem with its own limit.

    Give at most some thousands at once: everything is one transaction. Of one
    household a check that says otherwise than the day's first corrects it; of
    many, what was checked on the day stays, so that a list can be sent again.
    """
    for supply in {one.supply for one in command.households}:
        code_in("water_supply", supply)
    with uow:
        round_ = uow.water.rounds.get(command.round_id)
        on = not_after_today(command.on, uow.clock)
        round_.expect_inside(on)
        checks = _checks(command, on, uow, policy)
        new = uow.water.add_checks(checks)
        correcting = [] if new or len(checks) != 1 else _correcting(checks[0], uow)
        new += uow.water.add_checks(correcting)
        told = [_tell(check, uow) for check in new]
        unsafe = [(check, event) for check, event in zip(new, told, strict=True) if not check.judged.safe]
        _find_problems(unsafe, Acting(on, command.by), uow, policy)
        uow.commit()
    known = len(command.households) - len(new)
    return ChecksRecorded(len(new), known, len(unsafe), corrected=bool(new and correcting))


def close_water_round(command: CloseWaterRound, uow: UnitOfWork) -> None:
    """End a round for a town: until its last day only when every household was reached."""
    with uow:
        round_ = uow.water.rounds.get(command.round_id)
        households, checked = uow.water.coverage(round_.id, command.town)
        on = not_after_today(command.on, uow.clock)
        closing = round_.closing(command.town, households=households, checked=checked, on=on)
        uow.water.close_town(closing)
        for event in publish(TownClosed(closing)):
            uow.publish(event)
        uow.commit()


def _checks(command: RecordWaterChecks, on: date, uow: UnitOfWork, policy: WaterPolicy) -> list[WaterCheck]:
    areas = uow.households.areas_of({one.household_id for one in command.households})
    closed = uow.water.closed_towns(command.round_id)
    if closed and any(town_of(area) in closed for area in areas.values()):
        raise TownRoundClosedError
    basic, met = policy.tiers(on)
    checks = []
    for one in command.households:
        if one.household_id not in areas:
            raise HouseholdNotFoundError
        checks.append(
            WaterCheck(
                id=derived_id("water_check", command.round_id, one.household_id, on.isoformat()),
                round_id=command.round_id,
                household_id=one.household_id,
                area_code=areas[one.household_id],
                checked_on=on,
                supply=one.supply,
                judged=judge(one.seen, one.measured, basic, met),
                measured=one.measured.document(),
                checked_by=command.by,
                note=one.note.strip(),
            )
        )
    return checks


def _correcting(check: WaterCheck, uow: UnitOfWork) -> list[WaterCheck]:
    if check.says_the_same(uow.water.check_of(check.id)):
        return []
    found = json.dumps([asdict(check.judged), check.supply, check.measured], sort_keys=True)
    return [replace(check, id=derived_id("water_check", check.id, found))]


def _tell(check: WaterCheck, uow: UnitOfWork) -> Envelope:
    (event,) = publish(HouseholdChecked(check))
    return uow.publish(event)


def _find_problems(
    unsafe: Sequence[tuple[WaterCheck, Envelope]], acting: Acting, uow: UnitOfWork, policy: WaterPolicy
) -> None:
    open_now = uow.water.open_problems({check.household_id for check, _ in unsafe}) if unsafe else []
    known = {(one.household_id, one.criterion) for one in open_now}
    for check, event in unsafe:
        found = [
            WaterProblem.find(
                acting,
                policy,
                id=derived_id("water_problem", check.id, criterion),
                household_id=check.household_id,
                area_code=check.area_code,
                criterion=criterion,
                cause=f"check:{check.id}",
            )
            for criterion in check.judged.failing
            if (check.household_id, criterion) not in known
        ]
        with uow.caused_by(event):
            uow.water.problems.add_all(found)
