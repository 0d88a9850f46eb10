from datetime import date

import pytest

from services.employment.domain.errors import (
    DeliveryMismatchError,
    DeliveryNotRunningError,
    JobNotFoundError,
    MeasureNotFoundError,
    MeasureStepError,
)
from services.employment.domain.job import Channel
from services.employment.service_layer.job import EndJob, StartJob, end_job, start_job
from services.employment.service_layer.measure import (
    AcceptMeasure,
    DeclineMeasure,
    DeliverMeasure,
    accept_measure,
    decline_measure,
    deliver_measure,
)
from services.employment.service_layer.placement import PlaceOnPost, place_on_post
from services.employment.service_layer.post import OfferPost, offer_post
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
        risk="100A27009",
        category="100A40",
        code="005",
        department="县人社局",
        status=status,
        due_on=DAY,
        version=2,
    )


def test_answers_name_the_request_as_cause(service, told, make_request, make_household, outbox):
    """Accepting and delivering by a job are published as consequences of the request."""
    request, _ = told(make_request(), make_household())
    job_id = start_job(
        StartJob("p1", date(2022, 6, 5), "440305", Channel.SELF), service.uow(), service.policy
    )
    accept_measure(AcceptMeasure("m1"), service.uow())
    deliver_measure(DeliverMeasure("m1", "job", job_id, date(2022, 6, 5)), service.uow())
    accepted, delivered = outbox()[1:]
    assert [("employment.measure_accepted.v1", request.id, request.correlationid)] == [
        (accepted.type, accepted.causationid, accepted.correlationid)
    ]
    assert (job_id, "2022-06-05", request.id) == (
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


def test_a_typed_reference_is_not_published(service, told, make_request, outbox):
    """What an officer types as the number of a course may name somebody: the event says only the kind."""
    told(make_request())
    accept_measure(AcceptMeasure("m1"), service.uow())
    deliver_measure(DeliverMeasure("m1", "training", "周丁四的培训班", DAY), service.uow())
    assert "training" == outbox()[-1].data["by"]
    with service.uow() as uow:
        assert "周丁四的培训班" == uow.measures.get("m1").delivered_by


def test_a_post_is_delivered_by_a_placement(service, told, make_request, make_household):
    """A measure of category 100A42 ends with the placement of its person."""
    told(make_household(), make_request(category="100A42", code="003", person_id="p1"))
    offer = OfferPost("610327102200", "003", 60_000, 1, date(2022, 1, 1))
    post = offer_post(offer, service.uow(), service.policy)
    placement = place_on_post(PlaceOnPost(post, "p1", DAY), service.uow(), service.policy)
    accept_measure(AcceptMeasure("m1"), service.uow())
    deliver_measure(DeliverMeasure("m1", "placement", placement, DAY), service.uow())
    assert "delivered" == state(service)


def test_another_households_job_delivers_nothing(service, told, make_request, make_household):
    """The job named must be of the household the measure is for."""
    told(make_request(), make_household("h2", p9={}))
    job_id = start_job(StartJob("p9", DAY, "610327"), service.uow(), service.policy)
    accept_measure(AcceptMeasure("m1"), service.uow())
    with pytest.raises(DeliveryMismatchError):
        deliver_measure(DeliverMeasure("m1", "job", job_id, DAY), service.uow())
    with pytest.raises(JobNotFoundError):
        deliver_measure(DeliverMeasure("m1", "job", "nothing", DAY), service.uow())
    assert "accepted" == state(service)


def test_another_departments_request_is_not_ours(service, told, make_request):
    """A request to finance is not kept here."""
    told(make_request(service="finance", category="100A41"))
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


@pytest.mark.parametrize(("day", "refused"), [(4, True), (5, False), (8, False), (9, True)])
def test_a_job_delivers_only_while_it_runs(service, told, make_request, make_household, day, refused):
    """A job is no delivery before its first day, nor after its last."""
    told(make_request(), make_household())
    start = StartJob("p1", date(2022, 6, 5), "440305", Channel.SELF)
    job_id = start_job(start, service.uow(), service.policy)
    end_job(EndJob(job_id, date(2022, 6, 8), "returned"), service.uow())
    accept_measure(AcceptMeasure("m1"), service.uow())
    deliver = DeliverMeasure("m1", "job", job_id, date(2022, 6, day))
    if refused:
        with pytest.raises(DeliveryNotRunningError):
            deliver_measure(deliver, service.uow())
    else:
        deliver_measure(deliver, service.uow())
    assert ("accepted" if refused else "delivered") == state(service)
