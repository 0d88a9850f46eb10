"""What is published of loans and of the measures asked for."""

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import TypedDict

from services.finance.domain import loan, measure
from services.finance.service_layer.publishing.publish import publish
from shared.contracts.envelope import Envelope, EventData
from shared.contracts.finance import v1
from shared.kernel.ids import derived_id


class _About(TypedDict):
    household_id: str
    area_code: str


class _AboutLoan(_About):
    loan_id: str


class _AboutMeasure(_About):
    measure_id: str


@publish.register
def _(fact: loan.Applied) -> Iterable[EventData]:
    yield v1.LoanApplied(
        **_loan(fact.loan),
        occurred_on=fact.on,
        amount_fen=fact.amount_fen,
        use_code=fact.use_code,
        eligible=fact.eligible,
    )


@publish.register
def _(fact: loan.Approved) -> Iterable[EventData]:
    yield v1.LoanApproved(**_loan(fact.loan), occurred_on=fact.on, amount_fen=fact.amount_fen)


@publish.register
def _(fact: loan.Refused) -> Iterable[EventData]:
    yield v1.LoanRefused(**_loan(fact.loan), occurred_on=fact.on, reason=fact.reason)


@publish.register
def _(fact: loan.Disbursed) -> Iterable[EventData]:
    yield v1.LoanDisbursed(
        **_loan(fact.loan),
        occurred_on=fact.on,
        amount_fen=fact.amount_fen,
        annual_rate=fact.annual_rate,
        due_on=fact.due_on,
    )


@publish.register
def _(fact: loan.Repaid) -> Iterable[EventData]:
    yield v1.LoanRepaid(
        **_loan(fact.loan),
        occurred_on=fact.on,
        amount_fen=fact.amount_fen,
        balance_fen=fact.balance_fen,
        sequence=fact.sequence,
    )


@publish.register
def _(fact: loan.Overdue) -> Iterable[EventData]:
    yield v1.LoanOverdue(
        **_loan(fact.loan), occurred_on=fact.on, balance_fen=fact.balance_fen, due_on=fact.due_on
    )


@publish.register
def _(fact: measure.Accepted) -> Iterable[EventData]:
    yield v1.MeasureAccepted(**_measure(fact.request), occurred_on=fact.on)


@publish.register
def _(fact: measure.Delivered) -> Iterable[EventData]:
    yield v1.MeasureDelivered(**_measure(fact.request), occurred_on=fact.on, by=_by(fact))


@publish.register
def _(fact: measure.Declined) -> Iterable[EventData]:
    # The note is typed text, which may name somebody: it stays in this department's own database.
    yield v1.MeasureDeclined(**_measure(fact.request), occurred_on=fact.on, reason=fact.reason)


def _loan(key: loan.LoanKey) -> _AboutLoan:
    return {"household_id": key.household_id, "area_code": key.area_code, "loan_id": key.loan_id}


def _measure(request: measure.Request) -> _AboutMeasure:
    return {
        "household_id": request.household_id,
        "area_code": request.area_code,
        "measure_id": request.measure_id,
    }


def _by(fact: measure.Delivered) -> str:
    """Return the id of the record it was delivered by; a typed reference stays here, its kind is told."""
    return fact.by if fact.kind == "loan" else fact.kind


def cause_of(request: measure.Request) -> Envelope:
    """Return the event that asked for the measure, as far as an answer has to name it."""
    return Envelope(
        id=request.event_id,
        source="",
        type="monitoring.measure_requested.v1",
        subject=request.household_id,
        time=datetime.min.replace(tzinfo=UTC),
        data={},
        correlationid=request.correlation_id,
    )


def fixed_id(event: EventData) -> str | None:
    """Return the id of an event that the clock alone causes: found twice, it is the same event."""
    if isinstance(event, v1.LoanOverdue):
        return derived_id(event.type, event.loan_id, event.due_on.isoformat())
    if isinstance(event, v1.KeeperPayDue):
        return derived_id(event.type, event.pay_id)
    return None
