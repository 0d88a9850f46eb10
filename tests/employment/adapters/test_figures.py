from datetime import date

from services.employment.service_layer.placement import PlaceOnPost, place_on_post
from services.employment.service_layer.post import OfferPost, offer_post


def test_an_empty_department_counts_zero(service):
    """Before anything happened the figures are there, at zero."""
    assert {"jobs_open": 0, "placements_active": 0} == {one.name: one.value for one in service.figures()}


def test_placements_and_measures(service, told, make_household, make_request):
    """A post held counts until its agreement has run out; a measure counts under its answer."""
    told(make_household("h1", p1={}), make_request("m1"))
    offer = OfferPost("610327102200", "003", 60_000, 1, date(2022, 1, 1))
    post = offer_post(offer, service.uow(), service.policy)
    place_on_post(
        PlaceOnPost(post, "p1", date(2022, 3, 1), date(2022, 12, 31)), service.uow(), service.policy
    )
    figures = {(one.name, *one.labels.values()): one.value for one in service.figures()}
    assert 1 == figures["placements_active",]
    assert 1 == sum(value for (name, *_), value in figures.items() if name == "measures")
