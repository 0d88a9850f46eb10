"""Two officers at the same moment, on both databases: what one row alone cannot guard is held."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from services.employment.domain.errors import AlreadyOnPostError, JobOverlapsError, NoVacancyError
from services.employment.domain.labourer import HouseholdSnapshot, Member
from services.employment.service_layer.job import StartJob, start_job
from services.employment.service_layer.placement import PlaceOnPost, place_on_post
from services.employment.service_layer.post import OfferPost, offer_post
from shared.kernel.ids import random_ids

DAY = date(2022, 6, 1)


@pytest.fixture(autouse=True)
def _people(service):
    members = tuple(
        Member(f"p{number}", f"N1-{number}", "001", "1", date(1980, 1, 1), "001") for number in range(8)
    )
    with service.uow() as uow:
        uow.labourers.record(
            [HouseholdSnapshot("h1", "N1", 1, "610327102200", "100A03A03", True, False, members)]
        )
        uow.commit()


def at_once(service, commands):
    """Carry out *commands* in threads that start together; return what each raised, or None."""
    together = Barrier(len(commands))

    def carry_out(command):
        uow = service.uow()
        uow.ids = random_ids
        together.wait()
        try:
            command(uow)
        except (JobOverlapsError, NoVacancyError, AlreadyOnPostError) as refusal:
            return type(refusal)
        return None

    with ThreadPoolExecutor(len(commands)) as threads:
        return list(threads.map(carry_out, commands))


def test_one_person_gets_one_job(service):
    """Of four jobs recorded for one person at once, one is kept."""
    start = StartJob("p1", DAY, "610327")
    raised = at_once(service, [lambda uow: start_job(start, uow, service.policy)] * 4)
    assert (1, 3) == (raised.count(None), raised.count(JobOverlapsError))
    with service.uow() as uow:
        assert 1 == len(uow.jobs.of_person("p1"))


def test_the_last_place_is_given_once(service):
    """Of four people placed on a post for two at once, two are kept."""
    offer = OfferPost("610327102200", "003", 60_000, 2, date(2022, 1, 1))
    post = offer_post(offer, service.uow(), service.policy)
    commands = [
        lambda uow, person=f"p{number}": place_on_post(PlaceOnPost(post, person, DAY), uow, service.policy)
        for number in range(4)
    ]
    raised = at_once(service, commands)
    assert (2, 2) == (raised.count(None), raised.count(NoVacancyError))


def test_a_job_and_a_post_see_each_other(service):
    """One person placed on two posts at once holds one."""
    offer = OfferPost("610327102200", "003", 60_000, 9, date(2022, 1, 1))
    posts = [offer_post(offer, service.uow(), service.policy) for _ in range(3)]
    commands = [
        lambda uow, post=post: place_on_post(PlaceOnPost(post, "p1", DAY), uow, service.policy)
        for post in posts
    ]
    raised = at_once(service, commands)
    assert (1, 2) == (raised.count(None), raised.count(AlreadyOnPostError))
