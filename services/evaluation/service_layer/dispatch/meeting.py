"""The quarterly meeting: recording it with its minutes and its decisions."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date

from services.evaluation.domain.dispatch.action import DispatchPolicy
from services.evaluation.domain.dispatch.errors import MeetingEnteredError, NotOwedError
from services.evaluation.domain.dispatch.meeting import QuarterlyMeeting
from services.evaluation.domain.dispatch.undertaking import Undertaking
from services.evaluation.domain.supervision import SupervisionPolicy
from services.evaluation.service_layer.dispatch.given import past_day
from services.evaluation.service_layer.dispatch.undertaking import MakeUndertaking, undertake
from services.evaluation.service_layer.order import IssueOrder, issue_inside
from services.evaluation.service_layer.ports import UnitOfWork
from shared.kernel.clock import at_hour
from shared.kernel.ids import derived_id


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided: who does what by which day; *action* is the code it belongs to."""

    action: str
    unit: str
    due_on: date
    text: str = field(repr=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldMeeting:
    """A meeting was held on *actions* (codes) for *quarter* (2022Q1); *attended* names units, no person."""

    quarter: str
    actions: Sequence[str]
    held_on: date
    minutes: str = field(repr=False)
    attended: str = ""
    decisions: Sequence[Decision] = ()
    by: str = ""


@dataclass(frozen=True, slots=True)
class MeetingKept:
    """The ids of a meeting and of its decisions, in their order."""

    meeting_id: str
    decision_ids: tuple[str, ...]


def hold_meeting(
    command: HoldMeeting,
    uow: UnitOfWork,
    policy: DispatchPolicy,
    orders: SupervisionPolicy,
    units: Collection[str],
) -> MeetingKept:
    """Keep the meeting, note each action's duty as met, keep its decisions and issue an order for each.

    An order is due at the end of work of the decision's day; for a meeting entered so late that
    the day is over none is issued, and the decision is shown as overdue.

    A second meeting of a quarter is kept too; a duty met stays met by the first. Raises
    NotOwedError where the quarter has none for an action, and MeetingEnteredError for a
    meeting of that day on these very actions that is kept already.
    """
    with uow:
        held_on = past_day(command.held_on, uow.clock)
        meeting = QuarterlyMeeting(
            id=_new_id(command, held_on, uow),
            quarter=command.quarter,
            held_on=held_on,
            actions=sorted(set(command.actions)),
            attended=command.attended.strip(),
            minutes=command.minutes.strip(),
            recorded_by=command.by,
        )
        _meet(meeting, uow)
        uow.dispatch.meetings.add(meeting)
        decided = undertake(
            [_decided(one, meeting, policy, held_on) for one in command.decisions], uow, units
        )
        for one in decided:
            _order(one, uow, units, orders)
        uow.commit()
    return MeetingKept(meeting.id, tuple(one.id for one in decided))


def _new_id(command: HoldMeeting, held_on: date, uow: UnitOfWork) -> str:
    meeting_id = QuarterlyMeeting.id_of(command.quarter, command.actions, held_on)
    if uow.dispatch.meetings.many([meeting_id]):
        raise MeetingEnteredError(held_on=held_on.isoformat(), number=meeting_id[:8], id=meeting_id)
    return meeting_id


def _order(one: Undertaking, uow: UnitOfWork, units: Collection[str], orders: SupervisionPolicy) -> None:
    due_at = at_hour(one.due_on, _END_OF_WORK)
    if due_at <= uow.clock():
        return
    command = IssueOrder(
        unit=one.unit,
        matter=one.text,
        due_at=due_at,
        origin="meeting",
        origin_id=one.id,
        order_id=derived_id("order", one.id),
    )
    one.order_id = issue_inside(command, uow, units, orders)
    uow.dispatch.undertakings.save(one)


_END_OF_WORK = 18
"""The hour of the decision's day by which its order is answered."""


def _meet(meeting: QuarterlyMeeting, uow: UnitOfWork) -> None:
    ids = {action: derived_id("quarter_meeting", meeting.quarter, action) for action in meeting.actions}
    duties = uow.dispatch.duties.many(list(ids.values()))
    for action, duty_id in ids.items():
        if duty_id not in duties:
            raise NotOwedError(quarter=meeting.quarter, action=action)
        duty = duties[duty_id]
        if not duty.meeting_id:
            duty.meet(meeting.id, on=meeting.held_on)
            uow.dispatch.duties.save(duty)


def _decided(
    one: Decision, meeting: QuarterlyMeeting, policy: DispatchPolicy, held_on: date
) -> MakeUndertaking:
    return MakeUndertaking(
        kind="decision",
        text=one.text,
        unit=one.unit,
        made_on=held_on,
        due_on=one.due_on,
        lead=policy.action(one.action, held_on).lead if one.action else "",
        source_id=meeting.id,
    )
