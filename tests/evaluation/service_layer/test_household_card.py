from hypothesis import given, settings
from hypothesis import strategies as st

from services.evaluation.service_layer.household_card import HouseholdCard, fold
from tests.evaluation.samples import Year, household, sealed


@settings(max_examples=60, deadline=None)
@given(seed=st.integers(0, 10_000), data=st.data())
def test_order_is_irrelevant(seed, data):
    """A card is the same in whatever order its events come."""
    events = [event for event in sealed(Year(seed, households=1).events) if event.subject == "h0"]
    assert fold("h0", events) == fold("h0", data.draw(st.permutations(events)))


def test_the_household_as_it_now_stands():
    """The newest snapshot gives area, kind and number of people."""
    first, second = sealed(
        [household("h1"), household("h1", version=2, area_code="610327112200", relocated=True)]
    )
    card = fold("h1", [second, first])
    assert "610327112200" == card.area_code
    assert (True, 1) == (card.state["household"]["relocated"], card.state["household"]["people"])


def test_every_event_is_counted():
    """Each kind of event is counted, and the first and last day are known."""
    card = fold("h1", sealed([household("h1"), household("h1", version=2)]))
    assert {"monitoring.household_recorded": 2} == card.state["counts"]
    assert "2022-01-01" == card.state["first_on"] == card.state["last_on"]


def test_a_new_card_knows_nothing():
    """Without events there is nothing on a card."""
    assert HouseholdCard("h1", "", {}) == fold("h1", [])
