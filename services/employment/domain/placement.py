"""Placements: one person on one public-service post, with the monthly check that pay follows."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from services.employment.domain.errors import (
    AlreadyOnPostError,
    AttendanceMonthError,
    AttendanceRecordedError,
    EndBeforeStartError,
    FullTimeJobError,
    LabourerLeftError,
    NotYetError,
    NoVacancyError,
    PlacementEndedError,
)
from services.employment.domain.job import ensure_working_age
from services.employment.domain.labourer import Labourer
from services.employment.domain.policy import EmploymentPolicy
from services.employment.domain.post import Post
from shared.kernel.aggregate import Aggregate
from shared.kernel.period import Month, add_months

PlacementEndReason = Literal[
    "job_found",
    "aged_out",
    "failed_check",
    "absent",
    "moved_away",
    "died",
    "resigned",
    "term_over",
    "other",
]
PLACEMENT_END_REASONS: tuple[PlacementEndReason, ...] = (
    "job_found",
    "aged_out",
    "failed_check",
    "absent",
    "moved_away",
    "died",
    "resigned",
    "term_over",
    "other",
)


@dataclass(frozen=True, slots=True)
class Placed:
    placement_id: str
    person_id: str
    household_id: str
    area_code: str
    started_on: date
    ends_on: date
    post_kind: str
    monthly_pay_fen: int


@dataclass(frozen=True, slots=True)
class Ended:
    placement_id: str
    person_id: str
    household_id: str
    area_code: str
    ended_on: date
    reason: PlacementEndReason


@dataclass(frozen=True, slots=True)
class AttendanceRecorded:
    placement_id: str
    person_id: str
    household_id: str
    area_code: str
    month: str
    passed: bool
    recorded_on: date


@dataclass(kw_only=True)
class Placement(Aggregate):
    """*ends_on* is the last day of the agreement; the placement runs until *ended_on* is known.

    *attendance* maps a month (``YYYYMM``) to whether its check was passed.
    """

    id: str
    post_id: str
    person_id: str
    household_id: str
    area_code: str
    started_on: date
    ends_on: date
    override_reason: str = ""
    remarks: tuple[str, ...] = ()
    ended_on: date | None = None
    end_reason: PlacementEndReason | None = None
    attendance: dict[str, bool] = field(default_factory=dict)

    @property
    def open(self) -> bool:
        return self.ended_on is None

    def end(self, *, on: date, reason: PlacementEndReason, today: date) -> None:
        """End it: its last day is *on*, not before the start and not in the future."""
        if self.ended_on is not None:
            raise PlacementEndedError(ended_on=self.ended_on.isoformat())
        if on > today:
            raise NotYetError(day=on.isoformat())
        if on < self.started_on:
            raise EndBeforeStartError(ended_on=on.isoformat(), started_on=self.started_on.isoformat())
        self.ended_on, self.end_reason = on, reason
        self.raise_fact(Ended(self.id, self.person_id, self.household_id, self.area_code, on, reason))

    def expire(self, *, today: date) -> None:
        """End a placement whose agreement has run out, on its last day."""
        self.end(on=self.ends_on, reason="term_over", today=today)

    def record_attendance(self, month: Month, *, passed: bool, today: date) -> None:
        """Record the check of *month* once; the month must have begun and overlap the placement."""
        last = self.ended_on or self.ends_on
        if month.first_day > min(last, today) or month.last_day < self.started_on:
            raise AttendanceMonthError(month=str(month))
        if str(month) in self.attendance:
            raise AttendanceRecordedError(month=str(month))
        self.attendance[str(month)] = passed
        self.raise_fact(
            AttendanceRecorded(
                self.id, self.person_id, self.household_id, self.area_code, str(month), passed, today
            )
        )


def place(  # noqa: PLR0913  (everything the rules of domain 6.5 look at)
    *,
    placement_id: str,
    post: Post,
    labourer: Labourer,
    started_on: date,
    ends_on: date | None,
    held: int,
    earlier: Sequence[Placement],
    full_time_job: bool,
    override_reason: str,
    today: date,
    policy: EmploymentPolicy,
) -> Placement:
    """Return the new placement; *held* is how many hold the post now, *earlier* are the person's others.

    Without *ends_on* the agreement runs for the usual term. Full-time work and a
    second post ask for *override_reason*, since those rules are inferred.
    """
    post.ensure_open()
    _refuse_impossible(labourer, started_on, today=today, policy=policy)
    if held >= post.vacancies:
        raise NoVacancyError(vacancies=post.vacancies)
    _ask_for_reason(_overlapping(started_on, earlier), full_time_job, override_reason)
    last = ends_on or _last_day(started_on, policy.post_term_months.on(started_on))
    if last < started_on:
        raise EndBeforeStartError(ended_on=last.isoformat(), started_on=started_on.isoformat())
    marks = _remarks(labourer, started_on, last, earlier, full_time_job=full_time_job, policy=policy)
    placement = Placement(
        id=placement_id,
        post_id=post.id,
        person_id=labourer.person_id,
        household_id=labourer.household_id,
        area_code=labourer.area_code,
        started_on=started_on,
        ends_on=last,
        override_reason=override_reason.strip(),
        remarks=tuple(marks),
    )
    placement.raise_fact(_placed(placement, post))
    return placement


def _placed(placement: Placement, post: Post) -> Placed:
    return Placed(
        placement.id,
        placement.person_id,
        placement.household_id,
        placement.area_code,
        placement.started_on,
        placement.ends_on,
        post.kind,
        post.monthly_pay_fen,
    )


def _ask_for_reason(other: Placement | None, full_time_job: bool, override_reason: str) -> None:  # noqa: FBT001
    """Both rules are inferred: they never refuse by themselves, but an officer says why."""
    if override_reason.strip():
        return
    if other is not None:
        raise AlreadyOnPostError(placement_id=other.id)
    if full_time_job:
        raise FullTimeJobError


def _refuse_impossible(
    labourer: Labourer,
    started_on: date,
    *,
    today: date,
    policy: EmploymentPolicy,
) -> None:
    if labourer.member.left:
        raise LabourerLeftError(person_id=labourer.person_id)
    if started_on > today:
        raise NotYetError(day=started_on.isoformat())
    ensure_working_age(labourer, started_on, policy)


def _overlapping(started_on: date, earlier: Sequence[Placement]) -> Placement | None:
    """Return the post the person is on at that time, if any."""
    running = (each for each in earlier if each.ended_on is None or each.ended_on >= started_on)
    return next(running, None)


def _last_day(started_on: date, months: int) -> date:
    return date.fromordinal(add_months(started_on, months).toordinal() - 1)


def _remarks(
    labourer: Labourer,
    started_on: date,
    ends_on: date,
    earlier: Sequence[Placement],
    *,
    full_time_job: bool,
    policy: EmploymentPolicy,
) -> Iterable[str]:
    if labourer.age_on(started_on) >= policy.post_highest_age.on(started_on):
        yield "post_age_high"
    if not labourer.can_work:
        yield "no_labour"
    if labourer.in_school:
        yield "student_working"
    if full_time_job:
        yield "full_time_job"
    if _overlapping(started_on, earlier) is not None:
        yield "second_post"
    days = sum(((other.ended_on or other.ends_on) - other.started_on).days + 1 for other in earlier)
    longest = (add_months(started_on, policy.post_total_months.on(started_on)) - started_on).days
    if days + (ends_on - started_on).days + 1 > longest:
        yield "post_time_long"
