"""Jobs: one spell of work for pay (务工) of one person, from the day it started."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from services.employment.domain.errors import (
    EndBeforeStartError,
    JobEndedError,
    JobOverlapsError,
    LabourerLeftError,
    NotYetError,
    PayInvalidError,
    PlaceCodeError,
    UnderWorkingAgeError,
)
from services.employment.domain.labourer import Labourer
from services.employment.domain.policy import EmploymentPolicy
from shared.kernel.aggregate import Aggregate

COUNTY = "610327"
_PROVINCE = COUNTY[:2]

Region = Literal["county", "province", "country", "abroad"]
EndReason = Literal["lost", "changed", "returned", "retired", "other"]
END_REASONS: tuple[EndReason, ...] = ("lost", "changed", "returned", "retired", "other")


class Channel(StrEnum):
    """How the person came to the work (就业渠道); code list ``employment_channel`` of the contracts."""

    PUBLIC_POST = "public_post"
    WORKSHOP = "workshop"
    AWAY = "away"
    LOCAL = "local"
    FACTORY = "factory"
    ORGANISED = "organised"
    ENTERPRISE = "enterprise"
    SELF = "self"
    FARM = "farm"
    BUSINESS = "business"
    OTHER = "other"


_LOCAL = {Channel.PUBLIC_POST, Channel.WORKSHOP, Channel.FACTORY}


@dataclass(frozen=True, slots=True)
class Work:
    """What the work is, by the items of the real-name register; None or empty where not known.

    *monthly_pay_fen* is in fen. *place_code* is the six-digit county; a code
    ending in 00 is a province or city, accepted and marked. Work *abroad* has none.
    """

    place_code: str
    channel: Channel | None
    monthly_pay_fen: int | None = None
    employer: str = ""
    industry: str = ""
    point_to_point: bool | None = None
    abroad: bool = False
    full_time: bool = True

    @property
    def region(self) -> Region:
        """Derive the statistical region from the place, as the county does instead of asking (domain 6.1)."""
        if self.abroad:
            return "abroad"
        if self.place_code == COUNTY:
            return "county"
        return "province" if self.place_code.startswith(_PROVINCE) else "country"

    @property
    def placed_to_county(self) -> bool:
        return self.abroad or not self.place_code.endswith("00")

    @property
    def complete(self) -> bool:
        """Whether every item of the real-name register is filled (domain 6.3)."""
        filled = self.employer and self.industry and self.channel is not None
        known = self.monthly_pay_fen is not None and self.point_to_point is not None
        return bool(filled) and known and self.placed_to_county


@dataclass(frozen=True, slots=True)
class Started:
    job_id: str
    person_id: str
    household_id: str
    area_code: str
    started_on: date
    work: Work
    lifted_out: bool


@dataclass(frozen=True, slots=True)
class Ended:
    job_id: str
    person_id: str
    household_id: str
    area_code: str
    ended_on: date
    reason: EndReason
    without_work: bool


@dataclass(kw_only=True)
class Job(Aggregate):
    """A spell is open until it is ended; two spells of a person never overlap."""

    id: str
    person_id: str
    household_id: str
    area_code: str
    started_on: date
    work: Work
    lifted_out: bool
    remarks: tuple[str, ...] = ()
    ended_on: date | None = None
    end_reason: EndReason | None = None

    @property
    def open(self) -> bool:
        return self.ended_on is None

    def end(self, *, on: date, reason: EndReason, today: date, without_work: bool) -> None:
        """End the spell: its last day is *on*, not before the start and not in the future."""
        if self.ended_on is not None:
            raise JobEndedError(ended_on=self.ended_on.isoformat())
        if on > today:
            raise NotYetError(day=on.isoformat())
        if on < self.started_on:
            raise EndBeforeStartError(ended_on=on.isoformat(), started_on=self.started_on.isoformat())
        self.ended_on, self.end_reason = on, reason
        self.raise_fact(
            Ended(self.id, self.person_id, self.household_id, self.area_code, on, reason, without_work)
        )


def start(
    *,
    job_id: str,
    labourer: Labourer,
    started_on: date,
    work: Work,
    others: Sequence[Job],
    on_post: bool,
    today: date,
    policy: EmploymentPolicy,
) -> Job:
    """Return the new job; *others* are all other jobs of the person.

    Refuses what law or logic rule out; what another county's rules only doubt
    becomes a remark.
    """
    _refuse_impossible(labourer, started_on, work, today, policy)
    for other in others:
        if other.ended_on is None or other.ended_on >= started_on:
            raise JobOverlapsError(started_on=other.started_on.isoformat())
    job = Job(
        id=job_id,
        person_id=labourer.person_id,
        household_id=labourer.household_id,
        area_code=labourer.area_code,
        started_on=started_on,
        work=work,
        lifted_out=labourer.lifted_out,
        remarks=tuple(_remarks(labourer, started_on, work, on_post=on_post, policy=policy)),
    )
    job.raise_fact(
        Started(job_id, job.person_id, job.household_id, job.area_code, started_on, work, job.lifted_out)
    )
    return job


def _refuse_impossible(
    labourer: Labourer, started_on: date, work: Work, today: date, policy: EmploymentPolicy
) -> None:
    if labourer.member.left:
        raise LabourerLeftError(person_id=labourer.person_id)
    if started_on > today:
        raise NotYetError(day=started_on.isoformat())
    if not work.abroad and not (
        len(work.place_code) == len(COUNTY) and work.place_code.isascii() and work.place_code.isdigit()
    ):
        raise PlaceCodeError(place_code=work.place_code[:20])
    if work.monthly_pay_fen is not None and work.monthly_pay_fen < 0:
        raise PayInvalidError
    ensure_working_age(labourer, started_on, policy)


def ensure_working_age(labourer: Labourer, day: date, policy: EmploymentPolicy) -> None:
    """Refuse anybody below the working age on *day* (Labour Law article 15)."""
    lowest, age = policy.working_age.on(day), labourer.age_on(day)
    if age < lowest:
        raise UnderWorkingAgeError(age=age, lowest=lowest)


def _remarks(
    labourer: Labourer, day: date, work: Work, *, on_post: bool, policy: EmploymentPolicy
) -> Iterable[str]:
    lowest, highest = policy.pay_lowest.on(day), policy.pay_highest.on(day)
    pay = work.monthly_pay_fen
    if pay is not None and not lowest <= pay <= highest:
        yield "pay_outside_range"
    if labourer.in_school:
        yield "student_working"
    if not labourer.can_work:
        yield "no_labour"
    if work.channel in _LOCAL and work.region != "county":
        yield "local_channel_outside"
    if not work.placed_to_county:
        yield "place_not_to_county"
    if not work.complete:
        yield "items_missing"
    if on_post:
        yield "on_post"
