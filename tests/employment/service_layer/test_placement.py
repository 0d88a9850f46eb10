from datetime import date

import pytest

from services.employment.domain.errors import NoVacancyError, PlacementNotFoundError
from services.employment.service_layer.placement import (
    EndPlacement,
    PlaceOnPost,
    RecordAttendance,
    end_expired_placements,
    end_placement,
    place_on_post,
    record_attendance,
)
from services.employment.service_layer.post import OfferPost, offer_post
from shared.contracts.envelope import Envelope
from shared.kernel.clock import at_hour
from shared.kernel.period import Month
from shared.messaging.intake import take_in


@pytest.fixture(name="post")
def _post(service, told, make_household):
    told(make_household("h1", p1={}, p2={}))
    offer = OfferPost("610327102200", "003", 60_000, 1, date(2022, 1, 1))
    return offer_post(offer, service.uow(), service.policy)


def test_placement_attendance_and_end_are_published(service, post, outbox):
    """Each step is one event with the placement, the person and the household."""
    placement = place_on_post(
        PlaceOnPost(post, "p1", date(2022, 3, 1), date(2022, 12, 31)), service.uow(), service.policy
    )
    record_attendance(RecordAttendance(placement, Month(2022, 3), passed=True), service.uow())
    end_placement(EndPlacement(placement, date(2022, 5, 31), "job_found"), service.uow())
    assert [
        ("employment.post_placed.v1", "2022-12-31"),
        ("employment.post_attendance_recorded.v1", "202203"),
        ("employment.post_ended.v1", "job_found"),
    ] == [
        (event.type, event.data.get("ends_on") or event.data.get("month") or event.data.get("reason"))
        for event in outbox()
    ]
    assert {(placement, "p1", "h1")} == {
        (event.data["placement_id"], event.data["person_id"], event.data["household_id"])
        for event in outbox()
    }


def test_a_place_is_free_again_after_the_end(service, post):
    """A full post refuses until somebody leaves it."""
    first = place_on_post(PlaceOnPost(post, "p1", date(2022, 3, 1)), service.uow(), service.policy)
    with pytest.raises(NoVacancyError):
        place_on_post(PlaceOnPost(post, "p2", date(2022, 3, 1)), service.uow(), service.policy)
    end_placement(EndPlacement(first, date(2022, 3, 31), "resigned"), service.uow())
    assert place_on_post(PlaceOnPost(post, "p2", date(2022, 4, 1)), service.uow(), service.policy)


def test_an_unknown_placement_is_refused(service):
    """There is nothing to end."""
    with pytest.raises(PlacementNotFoundError):
        end_placement(EndPlacement("nothing", date(2022, 3, 1), "other"), service.uow())


def test_the_clock_ends_a_placement_on_the_day_after(service, post, outbox):
    """On its last day a placement runs; the day after it is ended as of that last day, once."""
    place_on_post(PlaceOnPost(post, "p1", date(2022, 3, 1), date(2022, 6, 20)), service.uow(), service.policy)
    service.clock.set(at_hour(date(2022, 6, 20), 23))
    assert 0 == service.sweep()
    service.clock.set(at_hour(date(2022, 6, 21), 0))
    assert [1, 0] == [service.sweep(), service.sweep()]
    ended = outbox()[-1]
    assert ("term_over", "2022-06-20") == (ended.data["reason"], ended.data["occurred_on"])


def test_the_event_of_the_clock_has_one_id(new_service, make_household):
    """Two workers that find the same placement expired would publish the same event."""

    def ended_id():
        service = new_service()
        household = Envelope.seal(make_household(), ids=lambda: "e1", at=service.clock())
        take_in([household], service.uow(), service.reader, at=service.clock())
        offer = OfferPost("610327102200", "003", 60_000, 1, date(2022, 1, 1))
        post = offer_post(offer, service.uow(), service.policy)
        place_on_post(
            PlaceOnPost(post, "p1", date(2022, 3, 1), date(2022, 6, 1)), service.uow(), service.policy
        )
        end_expired_placements(service.uow())
        with service.uow() as uow:
            return uow.outbox.take(10)[-1].id

    assert ended_id() == ended_id()
