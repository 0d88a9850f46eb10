"""Answers of other departments to measures, as events: kept, and told on.

The outcome does not depend on order, repetition or batching: each answer is kept
under its event's id, a measure's status folds all of them, and what is published
is a function of the one event and of the request, which never changes.
"""

from collections.abc import Sequence

from services.monitoring.domain.measure import Answer, Answered, MeasureStatus
from services.monitoring.domain.measure_errors import MeasureNotFoundError
from services.monitoring.service_layer.ports import UnitOfWork
from services.monitoring.service_layer.publishing import publish
from shared.contracts.employment import v1 as employment
from shared.contracts.envelope import Envelope
from shared.contracts.finance import v1 as finance
from shared.contracts.registry import read

STATUS_BY_TYPE: dict[str, MeasureStatus] = {
    employment.MeasureAccepted.type: MeasureStatus.ACCEPTED,
    employment.MeasureDelivered.type: MeasureStatus.DELIVERED,
    employment.MeasureDeclined.type: MeasureStatus.DECLINED,
    finance.MeasureAccepted.type: MeasureStatus.ACCEPTED,
    finance.MeasureDelivered.type: MeasureStatus.DELIVERED,
    finance.MeasureDeclined.type: MeasureStatus.DECLINED,
}


def take_answers(events: Sequence[Envelope], uow: UnitOfWork) -> None:
    """Keep the answers of one type, and tell the county of each.

    Raises ``MeasureNotFoundError`` for a measure nobody asked that department
    for, so that the event is set aside.
    """
    answers = [_answer(event) for event in events]
    requests = uow.plans.requests({measure_id for measure_id, _, _ in answers})
    for event, (measure_id, household_id, _) in zip(events, answers, strict=True):
        known = requests.get(measure_id)
        if known is None or known[0].household_id != household_id or known[1].service != event.publisher:
            raise MeasureNotFoundError
    uow.plans.take_answers([(measure_id, answer) for measure_id, _, answer in answers])
    for event, (measure_id, _, answer) in zip(events, answers, strict=True):
        plan, measure = requests[measure_id]
        for told in publish(Answered(plan, measure, answer)):
            uow.publish(told, cause=event)


def _answer(event: Envelope) -> tuple[str, str, Answer]:
    """Return measure id, household id and the answer an event gives."""
    body = read(event)
    measure_id: str = getattr(body, "measure_id", "")
    reason: str = getattr(body, "reason", "")
    note: str = getattr(body, "note", "")
    answer = Answer(event.id, STATUS_BY_TYPE[event.type], body.occurred_on, reason, note)
    return measure_id, body.household_id, answer
