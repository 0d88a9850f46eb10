from datetime import date

import pytest

from services.employment.domain.errors import JobNotFoundError, JobOverlapsError, LabourerNotFoundError
from services.employment.domain.job import Channel
from services.employment.service_layer.job import EndJob, StartJob, end_job, start_job
from services.employment.service_layer.placement import PlaceOnPost, place_on_post
from services.employment.service_layer.post import OfferPost, offer_post

START = StartJob(
    "p1", date(2022, 3, 1), "440305", Channel.ORGANISED, 450_000, "示例电子厂", "制造业", point_to_point=True
)


@pytest.fixture(autouse=True)
def _household(told, make_household):
    told(make_household("h1", p1={}, p2={}))


def test_a_job_started_is_published(service, outbox):
    """The event carries the figures of the register, the region and the household's standing."""
    job_id = start_job(START, service.uow(), service.policy)
    (event,) = outbox()
    expected = {
        "occurred_on": "2022-03-01",
        "household_id": "h1",
        "area_code": "610327102200",
        "spell_id": job_id,
        "person_id": "p1",
        "place_code": "440305",
        "region": "country",
        "monthly_pay_fen": 450_000,
        "channel": "organised",
        "lifted_out": True,
        "complete": True,
    }
    assert ("employment.job_started.v1", expected) == (event.type, event.data)


def test_what_is_refused_publishes_nothing(service, outbox):
    """A second overlapping job is refused and leaves the outbox as it was."""
    start_job(START, service.uow(), service.policy)
    with pytest.raises(JobOverlapsError):
        start_job(START, service.uow(), service.policy)
    assert 1 == len(outbox())


def test_an_unknown_person_is_refused(service):
    """Nobody works whom monitoring never told of."""
    with pytest.raises(LabourerNotFoundError):
        start_job(StartJob("nobody", date(2022, 3, 1), "610327"), service.uow(), service.policy)


def test_an_unknown_job_cannot_end(service):
    """There is nothing to end."""
    with pytest.raises(JobNotFoundError):
        end_job(EndJob("nothing", date(2022, 3, 1), "lost"), service.uow())


def test_the_last_job_lost_leaves_without_work(service, outbox):
    """With no other job or post the person is without work."""
    job_id = start_job(START, service.uow(), service.policy)
    end_job(EndJob(job_id, date(2022, 6, 10), "lost"), service.uow())
    assert ("lost", True) == (outbox()[-1].data["reason"], outbox()[-1].data["without_work"])


def test_with_a_post_the_person_still_has_work(service, outbox):
    """Somebody on a post is not without work when a job ends; another person's post does not count."""
    job_id = start_job(START, service.uow(), service.policy)
    post = offer_post(
        OfferPost("610327102200", "003", 60_000, 2, date(2022, 1, 1)), service.uow(), service.policy
    )
    place_on_post(PlaceOnPost(post, "p1", date(2022, 4, 1), None, "夜班"), service.uow(), service.policy)
    end_job(EndJob(job_id, date(2022, 6, 10), "lost"), service.uow())
    assert outbox()[-1].data["without_work"] is False


def test_another_persons_post_does_not_count(service, outbox):
    """A neighbour's post gives nobody else work."""
    job_id = start_job(START, service.uow(), service.policy)
    post = offer_post(
        OfferPost("610327102200", "003", 60_000, 2, date(2022, 1, 1)), service.uow(), service.policy
    )
    place_on_post(PlaceOnPost(post, "p2", date(2022, 4, 1)), service.uow(), service.policy)
    end_job(EndJob(job_id, date(2022, 6, 10), "lost"), service.uow())
    assert outbox()[-1].data["without_work"] is True
