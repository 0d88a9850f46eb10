"""Zero employment of relocated households: surveyed half-yearly, seen from employment's events, swept.

A spell is opened and closed by the sweep, from the whole of what is known on a day, so that
the order in which employment's events arrive changes nothing.
"""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from services.monitoring.domain.errors import HouseholdNotFoundError
from services.monitoring.domain.relocation.errors import NotRelocatedError
from services.monitoring.domain.relocation.finding import (
    LabourSurvey,
    ZeroEmployment,
    to_close,
    to_open,
)
from services.monitoring.domain.relocation.policy import RelocationPolicy
from services.monitoring.domain.relocation.work import WorkSeen
from services.monitoring.service_layer.given import not_after_today
from services.monitoring.service_layer.matter import CloseMatter, close_in
from services.monitoring.service_layer.ports import UnitOfWork
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.contracts.registry import read

_BATCH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class SurveyLabour:
    """The labourers of a relocated household were asked about work in the half-year of *on*."""

    household_id: str
    labourers: int
    surveyed: int
    willing: int
    on: date
    by: str = ""


def survey_labour(command: SurveyLabour, uow: UnitOfWork) -> str:
    """Record one household's survey and return its id."""
    with uow:
        household = uow.households.get(command.household_id)
        if not household.relocated:
            raise NotRelocatedError
        survey = _survey(command, household.area_code, uow)
        uow.labour_surveys.keep([survey])
        uow.commit()
    return survey.id


def survey_many(commands: Sequence[SurveyLabour], uow: UnitOfWork) -> int:
    """Record many surveys in transactions of a thousand; whether each is relocated was known to who asked."""
    for first in range(0, len(commands), _BATCH):
        part = commands[first : first + _BATCH]
        with uow:
            villages = uow.households.areas_of({one.household_id for one in part})
            if any(one.household_id not in villages for one in part):
                raise HouseholdNotFoundError
            uow.labour_surveys.keep([_survey(one, villages[one.household_id], uow) for one in part])
            uow.commit()
    return len(commands)


def _survey(command: SurveyLabour, area_code: str, uow: UnitOfWork) -> LabourSurvey:
    return LabourSurvey.made(
        on=not_after_today(command.on, uow.clock),
        household_id=command.household_id,
        area_code=area_code,
        labourers=command.labourers,
        surveyed=command.surveyed,
        willing=command.willing,
        surveyed_by=command.by,
    )


def note_work(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Keep which spells of work and posts began and ended."""
    uow.work_seen.take([_seen(event) for event in events])


def _seen(event: Envelope) -> WorkSeen:
    body = read(event)
    match body:
        case employment.JobStarted():
            return WorkSeen(
                body.spell_id,
                body.household_id,
                body.person_id,
                started_on=body.occurred_on,
                place=body.place_code,
            )
        case employment.JobEnded():
            return WorkSeen(body.spell_id, body.household_id, body.person_id, ended_on=body.occurred_on)
        case employment.PostPlaced():
            return WorkSeen(
                body.placement_id,
                body.household_id,
                body.person_id,
                started_on=body.occurred_on,
                place=body.area_code,
            )
        case employment.PostEnded():
            return WorkSeen(body.placement_id, body.household_id, body.person_id, ended_on=body.occurred_on)
        case _:
            raise TypeError(event.type)


WORK_TYPES = (
    employment.JobStarted.type,
    employment.JobEnded.type,
    employment.PostPlaced.type,
    employment.PostEnded.type,
)


def sweep_zero_employment(today: date, uow: UnitOfWork, policy: RelocationPolicy) -> int:
    """Close the spells that ended and open those that began, as of *today*; return how many of both."""
    with uow:
        seen = uow.work_seen.willing(today)
        by_way: dict[str, list[str]] = defaultdict(list)
        for one, way in to_close(seen):
            by_way[way].append(str(one.spell_id))
        done = sum(_close(ids, way, today, uow) for way, ids in sorted(by_way.items()))
        opened = [
            ZeroEmployment.seen(
                policy, household_id=one.household_id, on=today, area_code=one.area_code, willing=one.willing
            )
            for one in to_open(seen)
        ]
        done += uow.zero_employments.add_new(opened)
        uow.commit()
    return done


def close_zero_employment(command: CloseMatter, uow: UnitOfWork) -> None:
    """End a spell by what is known of the household; the sweep opens the next one if it is not so."""
    with uow:
        close_in(uow.zero_employments, command, uow)
        uow.commit()


def _close(spell_ids: Sequence[str], way: str, today: date, uow: UnitOfWork) -> int:
    spells = uow.zero_employments.several(spell_ids)
    for spell in spells:
        spell.close(way, on=max(today, spell.opened_on))
    uow.zero_employments.save_closed(spells)
    return len(spells)
