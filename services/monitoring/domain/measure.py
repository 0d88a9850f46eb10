"""A household's plan of measures (一户一策): planned, asked of departments, answered (domain 4.2-4.4).

Answers come as events from other departments, in any order and more than once.
Each is kept; what a measure's status *is* folds them, so order never matters.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from services.monitoring.domain.errors import ReasonMissingError
from services.monitoring.domain.measure_errors import (
    AnswerDayError,
    MeasureNotFoundError,
    MeasureOfOtherUnitError,
    MeasureStatusError,
    NothingPlannedError,
    PlanDayError,
    UnknownDeclineReasonError,
)
from services.monitoring.domain.measure_rules import Category, Choice, Planned, Proposal
from shared.kernel.aggregate import Aggregate
from shared.kernel.errors import Language
from shared.kernel.ids import Ids


class MeasureStatus(StrEnum):
    PLANNED = "planned"
    REQUESTED = "requested"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"
    DELIVERED = "delivered"

    @property
    def rank(self) -> int:
        """Of several answers the highest counts: what reached the household cannot be undone by paper."""
        return _RANKS[self]

    def label(self, language: Language = "zh") -> str:
        return _LABELS[self][0 if language == "zh" else 1]


_RANKS = {
    MeasureStatus.PLANNED: -1,
    MeasureStatus.REQUESTED: 0,
    MeasureStatus.ACCEPTED: 1,
    MeasureStatus.DECLINED: 2,
    MeasureStatus.WITHDRAWN: 3,
    MeasureStatus.DELIVERED: 4,
}
_WAITING = (MeasureStatus.REQUESTED, MeasureStatus.ACCEPTED)
CASE_ENDED = "case_ended"
_LABELS = {
    MeasureStatus.PLANNED: ("计划中", "planned"),
    MeasureStatus.REQUESTED: ("已下达，待答复", "requested"),
    MeasureStatus.ACCEPTED: ("已受理", "accepted"),
    MeasureStatus.DECLINED: ("不予受理", "declined"),
    MeasureStatus.WITHDRAWN: ("已撤回", "withdrawn"),
    MeasureStatus.DELIVERED: ("已落实", "delivered"),
}


DECLINE_REASONS: Mapping[str, tuple[str, str]] = {
    "not_eligible": ("不符合政策条件", "not eligible"),
    "conditions_not_met": ("不具备实施条件", "the conditions are not met"),
    "not_willing": ("农户不愿意", "not willing"),
    "not_insured": ("未参保", "not insured"),
    "no_vacancy": ("没有岗位", "no vacancy"),
    "no_funds": ("资金或名额不足", "no funds or places"),
    "has_already": ("已享受同类政策", "has the same already"),
    "left_household": ("已不在本户", "left the household"),
    "other": ("其他", "other"),
}
"""Why a unit declines. The code is published; what else there is to say is a note that stays here."""
OTHER_REASON = "other"


@dataclass(frozen=True, slots=True)
class Answer:
    """What a department said of a measure. *id* is the event's, or new for an answer given here."""

    id: str
    status: MeasureStatus
    on: date
    reason: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Measure:
    """One measure of a plan. After it was requested only its answers grow."""

    id: str
    risk: str
    category: str
    code: str
    department: str
    service: str
    person_id: str | None = None
    replaces: str | None = None
    requested_on: date | None = None
    due_on: date | None = None
    answers: tuple[Answer, ...] = ()

    @property
    def last_answer(self) -> Answer | None:
        """Return the answer that counts: the highest rank, then the latest day, then the id."""
        return max(self.answers, key=lambda a: (a.status.rank, a.on, a.id), default=None)

    @property
    def status(self) -> MeasureStatus:
        if answer := self.last_answer:
            return answer.status
        return MeasureStatus.PLANNED if self.requested_on is None else MeasureStatus.REQUESTED

    @property
    def delivered_on(self) -> date | None:
        """Return the first day it was delivered, or None."""
        days = [answer.on for answer in self.answers if answer.status is MeasureStatus.DELIVERED]
        return min(days, default=None)

    @property
    def counts(self) -> bool:
        """Whether it still is, or may become, help: neither declined nor withdrawn."""
        return self.status not in {MeasureStatus.DECLINED, MeasureStatus.WITHDRAWN}


@dataclass(frozen=True, slots=True)
class PlanRef:
    """Which case's plan, of which household, in which village."""

    case_id: str
    household_id: str
    area_code: str


@dataclass(frozen=True, slots=True)
class Requested:
    """A measure is asked of its department."""

    plan: PlanRef
    measure: Measure
    on: date


@dataclass(frozen=True, slots=True)
class Answered:
    """A department without a service of its own answered here, or the measure was withdrawn."""

    plan: PlanRef
    measure: Measure
    answer: Answer


@dataclass(kw_only=True)
class Plan(Aggregate):
    """The plan of one case; its id is the case's."""

    id: str
    household_id: str
    area_code: str
    measures: tuple[Measure, ...] = field(default=())

    @property
    def ref(self) -> PlanRef:
        return PlanRef(self.id, self.household_id, self.area_code)

    @property
    def choices(self) -> tuple[Choice, ...]:
        """What is planned or asked for and not declined or withdrawn."""
        return tuple(Choice(m.category, m.code) for m in self.measures if m.counts)

    @property
    def planned(self) -> tuple[Planned, ...]:
        """Return the choices with the risk each is against."""
        return tuple((m.risk, Choice(m.category, m.code)) for m in self.measures if m.counts)

    @property
    def declined(self) -> tuple[Planned, ...]:
        """Return what was declined, with the risk each was against, replaced or not."""
        of_no_use = (m for m in self.measures if m.status is MeasureStatus.DECLINED)
        return tuple((m.risk, Choice(m.category, m.code)) for m in of_no_use)

    @property
    def to_replan(self) -> tuple[Measure, ...]:
        """The declined measures that nothing replaces yet."""
        replaced = {m.replaces for m in self.measures}
        return tuple(m for m in self.measures if m.status is MeasureStatus.DECLINED and m.id not in replaced)

    def get(self, measure_id: str) -> Measure:
        """Return a measure of this plan; raises MeasureNotFoundError."""
        for measure in self.measures:
            if measure.id == measure_id:
                return measure
        raise MeasureNotFoundError

    def add(
        self, proposal: Proposal, category: Category, ids: Ids, *, replaces: str | None = None
    ) -> Measure:
        """Put a measure into the plan; nobody is asked yet."""
        measure = Measure(
            id=ids(),
            risk=proposal.risk,
            category=category.code,
            code=proposal.choice.code,
            department=category.department,
            service=category.service,
            person_id=proposal.person_id,
            replaces=replaces,
        )
        self.measures = (*self.measures, measure)
        return measure

    def change(self, measure_id: str, proposal: Proposal, category: Category) -> None:
        """Change a measure nobody was asked for yet."""
        measure = self._in(measure_id, MeasureStatus.PLANNED)
        self._put(
            replace(
                measure,
                risk=proposal.risk,
                category=category.code,
                code=proposal.choice.code,
                department=category.department,
                service=category.service,
                person_id=proposal.person_id,
            )
        )

    def remove(self, measure_id: str) -> None:
        """Take a measure out of the plan that nobody was asked for yet."""
        self._in(measure_id, MeasureStatus.PLANNED)
        self.measures = tuple(m for m in self.measures if m.id != measure_id)

    def request(self, on: date, due_on: date) -> tuple[Measure, ...]:
        """Ask the departments for everything planned; refuses when nothing is."""
        planned = [m for m in self.measures if m.status is MeasureStatus.PLANNED]
        if not planned:
            raise NothingPlannedError
        return tuple(self._request(measure, on, due_on) for measure in planned)

    def replan(
        self,
        measure_id: str,
        proposal: Proposal,
        category: Category,
        ids: Ids,
        *,
        on: date,
        due_on: date,
    ) -> Measure:
        """Put another measure in the place of a declined one, and ask for it."""
        declined = self.get(measure_id)
        if declined not in self.to_replan:
            raise _status_error(declined)
        if declined.last_answer is not None and on < declined.last_answer.on:
            raise PlanDayError(first=declined.last_answer.on.isoformat())
        return self._request(self.add(proposal, category, ids, replaces=measure_id), on, due_on)

    def answer(self, measure_id: str, answer: Answer, *, unit: str) -> None:
        """Record what *unit* says; only the unit asked, and only one that answers here."""
        measure = self._in(measure_id, MeasureStatus.REQUESTED, MeasureStatus.ACCEPTED)
        if measure.service != "monitoring" or measure.department != unit:
            raise MeasureOfOtherUnitError(department=measure.department)
        if answer.status is MeasureStatus.ACCEPTED and measure.status is MeasureStatus.ACCEPTED:
            raise _status_error(measure)
        if answer.status is MeasureStatus.DECLINED:
            _check_decline(answer)
        self._answered(measure, answer)

    def withdraw(self, measure_id: str, answer: Answer) -> None:
        """Take back what was asked; must say why."""
        measure = self._in(measure_id, MeasureStatus.REQUESTED, MeasureStatus.ACCEPTED)
        if not answer.note.strip():
            raise ReasonMissingError(least=1)
        self._answered(measure, answer)

    def end(self, ids: Ids, *, on: date, note: str) -> None:
        """Take back everything asked for and not answered for good: the case ended without identification."""
        for measure in self.measures:
            if measure.status in _WAITING and measure.requested_on is not None:
                day = max(on, measure.requested_on)
                self.withdraw(measure.id, Answer(ids(), MeasureStatus.WITHDRAWN, day, CASE_ENDED, note))

    def _answered(self, measure: Measure, answer: Answer) -> None:
        if measure.requested_on is not None and answer.on < measure.requested_on:
            raise AnswerDayError(first=measure.requested_on.isoformat())
        self._put(replace(measure, answers=(*measure.answers, answer)))
        self.raise_fact(Answered(self.ref, measure, answer))

    def _request(self, measure: Measure, on: date, due_on: date) -> Measure:
        requested = replace(measure, requested_on=on, due_on=due_on)
        self._put(requested)
        self.raise_fact(Requested(self.ref, requested, on))
        return requested

    def _in(self, measure_id: str, *statuses: MeasureStatus) -> Measure:
        measure = self.get(measure_id)
        if measure.status not in statuses:
            raise _status_error(measure)
        return measure

    def _put(self, measure: Measure) -> None:
        self.measures = tuple(measure if m.id == measure.id else m for m in self.measures)


def _check_decline(answer: Answer) -> None:
    if not answer.reason.strip():
        raise ReasonMissingError(least=1)
    if answer.reason not in DECLINE_REASONS:
        raise UnknownDeclineReasonError
    if answer.reason == OTHER_REASON and not answer.note.strip():
        raise ReasonMissingError(least=1)


def _status_error(measure: Measure) -> MeasureStatusError:
    return MeasureStatusError(status_zh=measure.status.label(), status_en=measure.status.label("en"))


def first_deliveries(measures: Sequence[Measure]) -> dict[str, date]:
    """Return, per risk, the first day any measure against it was delivered."""
    days: dict[str, date] = {}
    for measure in measures:
        if measure.delivered_on is not None:
            days[measure.risk] = min(measure.delivered_on, days.get(measure.risk, measure.delivered_on))
    return days
