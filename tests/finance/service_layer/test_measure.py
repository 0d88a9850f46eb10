from datetime import date
from decimal import Decimal

import pytest

from services.finance.domain.errors import (
    DeliveryMismatchError,
    LoanNotFoundError,
    MeasureNotFoundError,
    MeasureStepError,
)
from services.finance.service_layer.loan import (
    ApplyForLoan,
    ApproveLoan,
    DisburseLoan,
    apply_for_loan,
    approve_loan,
    disburse_loan,
)
from services.finance.service_layer.measure import (
    AcceptMeasure,
    DeclineMeasure,
    DeliverMeasure,
    accept_measure,
    decline_measure,
    deliver_measure,
)
from shared.contracts.monitoring import v1

DAY = date(2022, 6, 10)


def state(service, measure_id="m1"):
    with service.uow() as uow:
        return uow.measures.get(measure_id).state


def recorded(measure_id, status):
    return v1.MeasureRecorded(
        occurred_on=DAY,
        household_id="h1",
        measure_id=measure_id,
        case_id="c1",
        risk="100A27008",
        category="100A41",
        code="001",
        department="县乡村振兴局",
        status=status,
        due_on=DAY,
        version=2,
    )


def paid_out(service, household_id="h1", person_id="p1", day=DAY):
    command = ApplyForLoan(
        household_id, person_id, day, 3_000_000, 12, Decimal("0.0370"), "planting", rated=True
    )
    loan_id = apply_for_loan(command, service.uow(), service.policy)
    approve_loan(ApproveLoan(loan_id, day), service.uow(), service.policy)
    disburse_loan(DisburseLoan(loan_id, day), service.uow(), service.policy)
    return loan_id


def test_answers_name_the_request_as_cause(service, told, make_request, make_household, outbox):
    """Accepting and delivering by a loan are published as consequences of the request."""
    request, _ = told(make_request(), make_household())
    loan_id = paid_out(service)
    accept_measure(AcceptMeasure("m1"), service.uow())
    deliver_measure(DeliverMeasure("m1", "loan", loan_id, DAY), service.uow())
    accepted, delivered = outbox()[-2:]
    assert ("finance.measure_accepted.v1", request.id, request.correlationid) == (
        accepted.type,
        accepted.causationid,
        accepted.correlationid,
    )
    assert (loan_id, "2022-06-10", request.id) == (
        delivered.data["by"],
        delivered.data["occurred_on"],
        delivered.causationid,
    )


def test_declining_says_why(service, told, make_request, outbox):
    """The reason's code travels with the event; the typed note stays in this department's database."""
    told(make_request())
    decline_measure(DeclineMeasure("m1", "other", "全家在外省"), service.uow())
    assert ("other", "", "h1", "610327102200") == tuple(
        outbox()[0].data[name] for name in ("reason", "note", "household_id", "area_code")
    )
    with service.uow() as uow:
        assert "全家在外省" == uow.measures.get("m1").note


def test_another_households_loan_delivers_nothing(service, told, make_request, make_household):
    """The loan named must be of the household the measure is for."""
    told(make_request(), make_household("h2", p9={}))
    loan_id = paid_out(service, "h2", "p9")
    accept_measure(AcceptMeasure("m1"), service.uow())
    with pytest.raises(DeliveryMismatchError):
        deliver_measure(DeliverMeasure("m1", "loan", loan_id, DAY), service.uow())
    with pytest.raises(LoanNotFoundError):
        deliver_measure(DeliverMeasure("m1", "loan", "nothing", DAY), service.uow())
    assert "accepted" == state(service)


def test_another_departments_request_is_not_ours(service, told, make_request):
    """A request to employment is not kept here."""
    told(make_request(service="employment", category="100A40"))
    with pytest.raises(MeasureNotFoundError):
        accept_measure(AcceptMeasure("m1"), service.uow())


def test_a_withdrawn_request_takes_no_answer(service, told, make_request):
    """Monitoring's plan took it back: nothing can be answered any more."""
    told(make_request(), recorded("m1", "withdrawn"))
    with pytest.raises(MeasureStepError):
        accept_measure(AcceptMeasure("m1"), service.uow())
    assert "withdrawn" == state(service)


def test_a_replacement_withdraws_the_old_request(service, told, make_request):
    """The new request is open, the one it replaces is withdrawn, though it arrived second."""
    told(make_request("m2", replaces="m1"))
    told(make_request("m1"))
    assert ("withdrawn", "requested") == (state(service, "m1"), state(service, "m2"))


def test_the_echo_of_our_own_answer_changes_nothing(service, told, make_request):
    """Monitoring records our acceptance; that record is no withdrawal."""
    told(make_request())
    accept_measure(AcceptMeasure("m1"), service.uow())
    told(recorded("m1", "accepted"))
    assert "accepted" == state(service)
