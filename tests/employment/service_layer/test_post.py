from datetime import date

import pytest

from services.employment.domain.errors import PostClosedError, PostNotFoundError
from services.employment.service_layer.placement import PlaceOnPost, place_on_post
from services.employment.service_layer.post import ClosePost, OfferPost, close_post, offer_post
from shared.areas import UnknownAreaError

OFFER = OfferPost("610327102200", "003", 60_000, 1, date(2022, 1, 1), "衔接资金")


def test_a_closed_post_takes_nobody(service, told, make_household):
    """After closing, a placement is refused."""
    told(make_household())
    post_id = offer_post(OFFER, service.uow(), service.policy)
    close_post(ClosePost(post_id), service.uow())
    with pytest.raises(PostClosedError):
        place_on_post(PlaceOnPost(post_id, "p1", date(2022, 6, 1)), service.uow(), service.policy)


def test_an_area_elsewhere_is_refused(service):
    """A post lies in this county."""
    with pytest.raises(UnknownAreaError):
        offer_post(
            OfferPost("610326102200", "003", 60_000, 1, date(2022, 1, 1)), service.uow(), service.policy
        )


def test_an_unknown_post_is_refused(service):
    """There is nothing to close."""
    with pytest.raises(PostNotFoundError):
        close_post(ClosePost("nothing"), service.uow())
